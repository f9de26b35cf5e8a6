import { test } from 'vitest';
import { expectSameBinding } from './same-as-oracle.js';
import { int64 } from './wire-bytes.js';

test('binary money becomes the text that PostgreSQL writes in the C locale', async () => {
  const amounts = [0n, 1n, -1n, 99n, 100n, 99_999n, 100_000n, -123_456_789n, 2n ** 63n - 1n, -(2n ** 63n)];
  await expectSameBinding('money', [...amounts.map((cents) => int64(cents)), Buffer.alloc(7), Buffer.alloc(9)]);
});
