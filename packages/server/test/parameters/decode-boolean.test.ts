import { describe, test } from 'vitest';
import { expectSameBinding, expectSameInput } from './same-as-oracle.js';
import { scribble } from './scribble.js';

const words = ['true', 'FALSE', 'Yes', 'no', 'on', 'off', '1', '0'];

describe('bool', () => {
  test('is read as PostgreSQL reads it: words, their beginnings, digits', async () => {
    const beginnings = words.flatMap((word) => Array.from({ length: word.length + 1 }, (_, end) => word.slice(0, end)));
    const others = ['2', ' t ', '\u00a0t', 'truee', 'y e s', '\tOFF\n', 't\u0131'];
    const inputs = [...beginnings, ...others, ...scribble(['t', 'r', 'ue', 'o', 'n', 'f', 'F', '1', ' '], 300, 4)];
    await expectSameInput('bool', inputs, (output) => output === 't');
  });

  test('is true in binary for every byte but 0, as in PostgreSQL', async () => {
    await expectSameBinding('bool', [Buffer.of(0), Buffer.of(1), Buffer.of(2), Buffer.of(), Buffer.of(1, 1)]);
  });
});
