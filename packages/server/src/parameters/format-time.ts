import { twoDigits } from './format-date.js';

/** So many microseconds as `hh:mm:ss`, with a fraction if there is one. Hours may exceed 24, as in intervals. */
export function formatTime(microseconds: number): string {
  const fraction = microseconds % 1_000_000;
  const seconds = (microseconds - fraction) / 1_000_000;
  const clock = [Math.trunc(seconds / 3600), Math.trunc(seconds / 60) % 60, seconds % 60].map(twoDigits).join(':');
  return fraction === 0 ? clock : `${clock}.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`;
}
