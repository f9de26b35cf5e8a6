import { describe, test } from 'vitest';
import { expectSameBinding, expectSameInput } from './same-as-oracle.js';
import { scribble } from './scribble.js';

describe('"char"', () => {
  test('is the byte that PostgreSQL makes of a text, written as PostgreSQL writes it', async () => {
    const inputs = [
      '',
      'a',
      'abc',
      ' ',
      'é',
      '😀',
      '\\',
      '\\303',
      '\\101',
      '\\000',
      '\\400',
      '\\777',
      '\\38',
      '\\1011',
    ];
    await expectSameInput(
      '"char"',
      [...inputs, ...scribble(['\\', '0', '3', '7', '8', 'é'], 200, 4)],
      (output) => output,
    );
  });

  test('every byte has the text that PostgreSQL gives it', async () => {
    const every = Array.from({ length: 256 }, (_, byte) => Buffer.of(byte));
    await expectSameBinding('"char"', [...every, Buffer.of(), Buffer.of(97, 97)]);
  });
});
