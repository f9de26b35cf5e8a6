import type { Measure } from './benchmark.js';
import { figureKey, type Run } from './last-run.js';

/** One table of all figures: what they have to be, and what they were in the run that is kept. */
export function tableOf({ results }: Run, last: ReadonlyMap<string, number>): string {
  const rows = results.flatMap(({ name, measures }) =>
    measures
      .filter(isFigure)
      .map((measure) => [
        `${name}: ${measure.what}`,
        measure.value,
        changeOf(measure, last.get(figureKey(name, measure.what))),
        measure.bar === undefined ? '' : measure.bar.passed ? 'pass' : 'FAIL',
        measure.bar?.text ?? '',
      ]),
  );
  const all = [['figure', 'now', 'last run', '', 'bar'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A line of a benchmark that has just run. */
export function lineOf({ what, value, bar }: Measure): string {
  const judged = bar === undefined ? '' : `${bar.passed ? 'pass' : 'FAIL'}  ${bar.text}`;
  return `  ${what.padEnd(56)} ${value.padEnd(30)} ${judged}`.trimEnd();
}

function isFigure({ figure, bar }: Measure): boolean {
  return figure !== undefined || bar !== undefined;
}

function changeOf({ figure }: Measure, before: number | undefined): string {
  if (figure === undefined || before === undefined) return '-';
  const change = before === 0 ? 0 : (figure / before - 1) * 100;
  return `${change < 0 ? '' : '+'}${change.toFixed(0)} %`;
}
