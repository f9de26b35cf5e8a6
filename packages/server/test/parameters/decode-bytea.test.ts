import { describe, expect, test } from 'vitest';
import { readParameter } from './read-parameter.js';
import { expectSameInput } from './same-as-oracle.js';
import { scribble } from './scribble.js';

describe('bytea', () => {
  test('is read as PostgreSQL reads it, in hex and in escape format', async () => {
    const inputs = [
      ...['', '\\x', '\\x00Ff', '\\x00 \n\r\tff ', '\\x0', '\\x0 0', '\\x0g', '\\xé1', '\\x0😀', '\\x00\v00', ' \\x00'],
      ...['abc', 'é😀', 'a\\\\b\\001c\\377', '\\1', '\\12', '\\400', '\\08', '\\', 'abc\\', '\\X00', '\\\\x00'],
      ...scribble(['\\', '0', '37', '4', 'x', 'a', 'F', ' ', '\\x', '\\\\', '\n', 'é'], 1000, 8),
      ...scribble(['0', 'f', 'A9', ' ', '\n', '\f', 'g'], 300, 8).map((digits) => `\\x${digits}`),
    ];
    await expectSameInput('bytea', inputs, (output) => new Uint8Array(Buffer.from(output.slice(2), 'hex')));
  });

  test('has memory of its own, which the next message does not overwrite', () => {
    const frame = Buffer.from('abc');
    const value = readParameter('bytea', frame);
    frame.fill(0);
    expect(value).toEqual(new Uint8Array([97, 98, 99]));
  });
});
