/** Milliseconds that answers took. */
export interface Waits {
  readonly best: number;
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
}

/** Puts times in order; NaN where there are none. */
export function waitsOf(times: readonly number[]): Waits {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return { best: at(0), p50: at(0.5), p99: at(0.99), longest: at(1) };
}
