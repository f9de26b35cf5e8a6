/** Timers of Node take what is longer for one millisecond. */
const longest = 2_147_483_647;

/** What a timer of Node can be set to: the same, or, for what is longer or `Infinity`, 24 days. */
export function timerDelay(milliseconds: number): number {
  return Math.min(milliseconds, longest);
}
