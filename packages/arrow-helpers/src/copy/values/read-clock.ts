/** Times of day as PostgreSQL writes them: `12:30:00`, `12:30:00.123456`. */
import { digitCount, digitsValue, POWERS, twoDigits } from './read-digits.js';

const POINT = 0x2e;
/** What was read last: a number in an object would be one on the heap. */
export const clockMicroseconds = new Float64Array(1);

/** Reads the time at `position` into {@link clockMicroseconds}; returns its end, or -1 if it is written otherwise. */
export function readClock(bytes: Buffer, view: DataView, position: number): number {
  const front = view.getInt32(position);
  const back = view.getInt32(position + 4);
  if ((front & 0xff00) !== 0x3a00 || (back & 0xff_0000) !== 0x3a_0000) return -1;
  const hour = twoDigits(front >>> 16);
  const minute = twoDigits(((front & 0xff) << 8) | (back >>> 24));
  const second = twoDigits(back & 0xffff);
  // Negative ones are no digits.
  if ((hour | minute | second | (23 - hour) | (59 - minute) | (59 - second)) < 0) return -1;
  const seconds = hour * 3600 + minute * 60 + second;
  let at = position + 8;
  let fraction = 0;
  if (bytes[at] === POINT) {
    const start = ++at;
    for (let count = 4; count === 4 && at - start < 8; at += count) {
      const word = view.getInt32(at);
      count = digitCount(word);
      if (count > 0) fraction = fraction * POWERS[count]! + digitsValue(word, count);
    }
    // None, or one that has to be rounded.
    if (at === start || at - start > 6) return -1;
    fraction *= POWERS[6 + start - at]!;
  }
  clockMicroseconds[0] = seconds * 1_000_000 + fraction;
  return at;
}
