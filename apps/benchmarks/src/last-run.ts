import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Measure } from './benchmark.js';
import type { Machine } from './machine.js';

/** What one run found, as it is kept. */
export interface Run {
  readonly machine: Machine;
  /** Milliseconds of CPU that the fixed piece of work took before it; runs that were kept earlier do not tell. */
  readonly workMilliseconds?: number;
  /** Why its times cannot be trusted. */
  readonly doubts: readonly string[];
  readonly results: readonly { readonly name: string; readonly measures: readonly Measure[] }[];
}

/** Beside the benchmarks, in the repository. */
const lastRunFile = new URL('../results/last.json', import.meta.url);

/** What later runs are compared with. */
export type LastRun = Pick<Run, 'results' | 'workMilliseconds'>;

/** The run that the repository keeps; one without results if there is none. */
export async function readLastRun(): Promise<LastRun> {
  return JSON.parse(await readFile(lastRunFile, 'utf8').catch(() => '{"results":[]}'));
}

/** The figures of a run, by benchmark and measure. */
export function figuresOf({ results }: LastRun): ReadonlyMap<string, number> {
  const figures = new Map<string, number>();
  for (const { name, measures } of results) {
    for (const { what, figure } of measures) if (figure !== undefined) figures.set(figureKey(name, what), figure);
  }
  return figures;
}

/** Keeps a run as the one that later ones are compared with; false for one whose times cannot be trusted. */
export async function keepRun(run: Run): Promise<boolean> {
  if (run.doubts.length > 0) return false;
  await mkdir(new URL('.', lastRunFile), { recursive: true });
  await writeFile(lastRunFile, serialized(run));
  return true;
}

/** A run as text. */
export function serialized(run: Run): string {
  return `${JSON.stringify(run, null, 2)}\n`;
}

/** What a figure is called among those of a run. */
export function figureKey(benchmark: string, what: string): string {
  return `${benchmark}: ${what}`;
}
