import { describe, test } from 'vitest';
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
});
