import { expect, test } from 'vitest';
import { parseBytea } from '../../src/parameters/bytea-text.js';

test.each([
  ['\\x', []],
  ['\\xDEADbeef', [0xde, 0xad, 0xbe, 0xef]],
  ['abc', [97, 98, 99]],
  ['a\\\\b\\000\\377', [97, 92, 98, 0, 255]],
])('%s', (text, bytes) => {
  expect(Array.from(parseBytea(text) ?? [])).toEqual(bytes);
});

test.each(['\\xA', '\\xZZ', 'a\\b', '\\999'])('%s is no bytea', (text) => {
  expect(parseBytea(text)).toBeUndefined();
});
