import { formatAt } from '@riffq/wire';
import { expect, test } from 'vitest';

test('no format means text', () => {
  expect(formatAt([], 0)).toBe('text');
  expect(formatAt([], 7)).toBe('text');
});

test('one format is for all', () => {
  expect(formatAt(['binary'], 0)).toBe('binary');
  expect(formatAt(['binary'], 7)).toBe('binary');
});

test('several formats are for one each', () => {
  expect([0, 1].map((index) => formatAt(['text', 'binary'], index))).toEqual(['text', 'binary']);
});
