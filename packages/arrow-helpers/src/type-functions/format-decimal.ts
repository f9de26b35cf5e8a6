import { leadingZeros } from '../array-input/scan-text.js';

/**
 * Digits and where the decimal point stands among them, before any, between or behind, written out in full with `scale`
 * digits after the point. Digits beyond the scale must have been cut off. Zeros are added by repetition, which V8 does
 * not write out before somebody reads the text: a few hostile bytes may ask for 131,072 of them.
 */
export function formatDecimal(negative: boolean, digits: string, point: number, scale: number): string {
  const leading = leadingZeros(digits);
  const significant = digits.slice(leading);
  if (significant === '') return scale === 0 ? '0' : `0.${'0'.repeat(scale)}`;
  const integerLength = point - leading;
  const integer = integerLength > 0 ? padded(significant.slice(0, integerLength), integerLength) : '0';
  const zeros = '0'.repeat(Math.max(0, -integerLength));
  const fraction = padded(zeros + significant.slice(Math.max(0, integerLength)), scale);
  return (negative ? '-' : '') + integer + (scale === 0 ? '' : `.${fraction}`);
}

function padded(digits: string, length: number): string {
  return digits + '0'.repeat(length - digits.length);
}
