import { expect, test } from 'vitest';

test('passes', () => {
  expect([]).toEqual([]);
});
