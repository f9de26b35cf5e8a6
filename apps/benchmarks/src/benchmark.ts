/** One thing that was measured. */
export interface Measure {
  readonly what: string;
  readonly value: string;
  /** What it has to be, and whether it is; nothing is asked of some. */
  readonly bar?: { readonly text: string; readonly passed: boolean };
}

/** A program that measures; each can be run alone, by its name. */
export interface Benchmark {
  readonly name: string;
  readonly title: string;
  measure(): Promise<readonly Measure[]>;
}

/** A ratio, and the bar that it has to reach. */
export function ratioAtLeast(what: string, ratio: number, bar: number): Measure {
  return { what, value: ratio.toFixed(2), bar: { text: `>= ${bar}`, passed: ratio >= bar } };
}

/** A ratio of which nothing is asked; undefined where it cannot be known. */
export function plainRatio(what: string, ratio: number | undefined): Measure {
  return { what, value: ratio === undefined ? 'unknown' : ratio.toFixed(2) };
}

/** A number of bytes that may not be more than the bar. */
export function bytesAtMost(what: string, bytes: number, bar: number, unit: keyof typeof units): Measure {
  const size = units[unit];
  const text = `<= ${bar / size} ${unit}`;
  return { what, value: `${(bytes / size).toFixed(1)} ${unit}`, bar: { text, passed: bytes <= bar } };
}

/** A time that may not be longer than the bar. */
export function millisecondsAtMost(what: string, milliseconds: number, bar: number): Measure {
  const shown = `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
  return { what, value: shown, bar: { text: `<= ${bar} ms`, passed: milliseconds <= bar } };
}

const units = { B: 1, KB: 1024, MB: 1024 * 1024 };

/** What went wrong if the sentence does not hold. */
export function holds(what: string, passed: boolean): Measure {
  return { what, value: passed ? 'yes' : 'no', bar: { text: 'yes', passed } };
}
