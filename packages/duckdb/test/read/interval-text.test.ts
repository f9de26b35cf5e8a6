import { expect, test } from 'vitest';
import { intervalText } from '../../src/read/interval-text.js';

/** What PostgreSQL 18 prints for `make_interval`. */
test.each([
  [0, 0, 0n, '00:00:00'],
  [14, 3, 14706700000n, '1 year 2 mons 3 days 04:05:06.7'],
  [12, 1, 0n, '1 year 1 day'],
  [-1, 0, 0n, '-1 mons'],
  [-14, 3, 0n, '-1 years -2 mons +3 days'],
  [0, -1, 3600000000n, '-1 days +01:00:00'],
  [0, 1, -1n, '1 day -00:00:00.000001'],
  [0, 0, 360000000000n, '100:00:00'],
])('%i months, %i days, %i microseconds', (months, days, micros, text) => {
  expect(intervalText({ months, days, micros })).toBe(text);
});
