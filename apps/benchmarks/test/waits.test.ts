import { expect, test } from 'vitest';
import { waitsOf } from '../src/waits.js';

test('of 101 answers half, 99 and 100 came within so many milliseconds', () => {
  const times = Array.from({ length: 101 }, (_, number) => 100 - number);
  expect(waitsOf(times)).toEqual({ best: 0, p50: 50, p99: 99, longest: 100 });
});

test('without answers nothing is known', () => {
  expect(waitsOf([])).toEqual({ best: Number.NaN, p50: Number.NaN, p99: Number.NaN, longest: Number.NaN });
});
