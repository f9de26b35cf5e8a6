import type { Bar } from './bars.js';

/** One thing that was measured. */
export interface Measure {
  readonly what: string;
  readonly value: string;
  /** The same as a number, to be compared with what it was the last time. */
  readonly figure?: number;
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
export function ratioMeasure(what: string, ratio: number, bar: Bar): Measure {
  return judged(what, ratio, bar, String);
}

/** A ratio of which nothing is asked; undefined where it cannot be known. */
export function plainRatio(what: string, ratio: number | undefined): Measure {
  if (ratio === undefined) return { what, value: 'unknown' };
  return { what, value: ratio.toFixed(2), figure: ratio };
}

/** A ratio that has to reach a bar, if there is one; what cannot be known has missed it. */
export function ratioIfKnown(what: string, ratio: number | undefined, bar: Bar | undefined): Measure {
  if (bar === undefined) return plainRatio(what, ratio);
  if (ratio === undefined) return { what, value: 'unknown', bar: { text: barText(bar, String), passed: false } };
  return ratioMeasure(what, ratio, bar);
}

/** A part of a whole. */
export function shareMeasure(what: string, share: number, bar: Bar): Measure {
  return judged(what, share, bar, (part) => `${part * 100} %`, `${(share * 100).toFixed(2)} %`);
}

/** A number of bytes. */
export function bytesMeasure(what: string, bytes: number, bar: Bar, unit: keyof typeof units): Measure {
  return judged(
    what,
    bytes,
    bar,
    (size) => `${size / units[unit]} ${unit}`,
    `${(bytes / units[unit]).toFixed(1)} ${unit}`,
  );
}

/** A time in milliseconds. */
export function timeMeasure(what: string, milliseconds: number, bar: Bar): Measure {
  return judged(what, milliseconds, bar, (time) => `${time} ms`, shownTime(milliseconds));
}

/** A time of which nothing is asked. */
export function plainTime(what: string, milliseconds: number): Measure {
  return { what, value: shownTime(milliseconds), figure: milliseconds };
}

function shownTime(milliseconds: number): string {
  return `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
}

const units = { B: 1, KB: 1024, MB: 1024 * 1024 };

/** What went wrong if the sentence does not hold. */
export function holds(what: string, passed: boolean): Measure {
  return { what, value: passed ? 'yes' : 'no', bar: { text: 'yes', passed } };
}

function judged(
  what: string,
  figure: number,
  bar: Bar,
  show: (figure: number) => string,
  value = figure.toFixed(2),
): Measure {
  const leeway = bar.limit * (bar.tolerance ?? 0);
  const passed = bar.is === '>=' ? figure >= bar.limit - leeway : figure <= bar.limit + leeway;
  return { what, value, figure, bar: { text: barText(bar, show), passed } };
}

function barText({ is, limit, tolerance, goal, issue }: Bar, show: (figure: number) => string): string {
  const missable = tolerance === undefined ? '' : ` within ${tolerance * 100} %`;
  const hoped = goal === undefined ? '' : ` (goal ${show(goal)})`;
  return `${is} ${show(limit)}${missable}${hoped}, issue ${issue}`;
}
