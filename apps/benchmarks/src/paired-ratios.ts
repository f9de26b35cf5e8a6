import type { Measure } from './benchmark.js';

/** The standard normal distribution has 95 % of itself within so many standard deviations. */
const deviations = 1.96;

/**
 * Two things that were measured in turn, as the median of their ratios, for those that differ by less than one run does from
 * the next. The interval beside it says how far it can be trusted.
 */
export function pairedMeasure(what: string, ratios: readonly number[]): Measure {
  const { low, middle, high } = medianInterval(ratios);
  return { what, value: `${middle.toFixed(2)} (95 %: ${low.toFixed(2)} to ${high.toFixed(2)})`, figure: middle };
}

/** The best of three counts, as everywhere: each is the median of a third of the ratios. */
export function bestMedian(ratios: readonly number[]): number {
  const third = Math.ceil(ratios.length / 3);
  return Math.max(...[0, 1, 2].map((at) => median(ratios.slice(at * third, (at + 1) * third))));
}

export function median(values: readonly number[]): number {
  return medianInterval(values).middle;
}

/** The median, and between which of the values that of all possible ones lies: an order statistic, whatever their distribution. */
function medianInterval(values: readonly number[]): {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
} {
  const sorted = values.toSorted((one, other) => one - other);
  const count = sorted.length;
  const at = (index: number): number => sorted[Math.min(count - 1, Math.max(0, index))] ?? Number.NaN;
  const below = Math.floor((count - deviations * Math.sqrt(count)) / 2);
  return {
    low: at(below - 1),
    middle: (at(Math.floor((count - 1) / 2)) + at(Math.ceil((count - 1) / 2))) / 2,
    high: at(count - below),
  };
}
