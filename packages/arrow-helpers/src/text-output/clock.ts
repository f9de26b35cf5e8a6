import { writeSixDigits, writeTwoDigits } from './digits.js';

const COLON = 0x3a;

/** Writes `HH:MM:SS`, and the fraction without trailing zeros if there is one. */
export function writeClock(
  target: Uint8Array,
  view: DataView,
  position: number,
  secondOfDay: number,
  microseconds: number,
): number {
  const hour = (secondOfDay / 3600) | 0;
  const secondOfHour = secondOfDay - hour * 3600;
  const minute = (secondOfHour / 60) | 0;
  writeTwoDigits(view, position, hour);
  target[position + 2] = COLON;
  writeTwoDigits(view, position + 3, minute);
  target[position + 5] = COLON;
  let end = writeTwoDigits(view, position + 6, secondOfHour - minute * 60);
  if (microseconds !== 0) {
    target[end] = 0x2e;
    end = writeSixDigits(view, end + 1, microseconds);
    while (target[end - 1] === 0x30) end--;
  }
  return end;
}
