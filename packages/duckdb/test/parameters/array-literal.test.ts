import { expect, test } from 'vitest';
import { parseArrayLiteral } from '../../src/parameters/array-literal.js';

test.each([
  ['{}', []],
  ['{1,2}', ['1', '2']],
  [' { a , NULL , "NULL" } ', ['a', null, 'NULL']],
  ['{"a b","c,d","e\\"f","\\\\",""}', ['a b', 'c,d', 'e"f', '\\', '']],
  [
    '{{1,2},{3,4}}',
    [
      ['1', '2'],
      ['3', '4'],
    ],
  ],
  ['{🦆}', ['🦆']],
])('%s', (text, items) => {
  expect(parseArrayLiteral(text)).toEqual(items);
});

test.each(['', '{', '{1', '{1,}', '1,2', '{1}2', '{"a}', '{{1}'])('"%s" is no array', (text) => {
  expect(parseArrayLiteral(text)).toBeUndefined();
});
