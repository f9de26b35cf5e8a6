import { expect, test } from 'vitest';
import { decimalValue } from '../../src/parameters/decimal-value.js';

test.each([
  ['0', 0n, 1, 0],
  ['-12.340', -12340n, 5, 3],
  ['+.5', 5n, 1, 1],
  ['00012.', 12n, 2, 0],
  ['0.001', 1n, 3, 3],
  ['1.5e3', 1500n, 4, 0],
  ['15e-4', 15n, 4, 4],
  [' 7 ', 7n, 1, 0],
  ['99999999999999999999999999999999999999', 10n ** 38n - 1n, 38, 0],
])('%s keeps its digits', (text, value, width, scale) => {
  expect(decimalValue(text)).toMatchObject({ value, width, scale });
});

test.each(['', '.', 'abc', '1.2.3', '1e', '0x10', '--1', '1 2'])('"%s" is no number', (text) => {
  expect(decimalValue(text)).toBeUndefined();
});

test.each(['123456789012345678901234567890123456789', '1e38', '1e-39'])('%s has more digits than a DECIMAL', (text) => {
  expect(decimalValue(text)).toBe('outOfRange');
});
