import { describe, expect, test } from 'vitest';
import { readParameter } from './read-parameter.js';
import { expectSameBinding } from './same-as-oracle.js';

describe('hardware addresses', () => {
  test.each(['macaddr', 'macaddr8'])(
    'binary %s becomes the text that PostgreSQL writes, if it is as long as it must be',
    async (type) => {
      const lengths = [0, 1, 3, 5, 6, 7, 8, 9];
      await expectSameBinding(
        type,
        lengths.map((length) => Buffer.from([8, 0, 43, 255, 2, 3, 4, 5, 6].slice(0, length))),
      );
    },
  );

  test('text is passed on as the client wrote it', () => {
    expect(readParameter('macaddr', '08-00-2b-01-02-03')).toBe('08-00-2b-01-02-03');
    expect(readParameter('macaddr8', '08002b:0102030405')).toBe('08002b:0102030405');
  });
});
