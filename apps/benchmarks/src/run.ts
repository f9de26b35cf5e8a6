import { mkdir, writeFile } from 'node:fs/promises';
import type { Measure } from './benchmark.js';
import { catalogBystander } from './catalog-bystander.js';
import { catalogCost } from './catalog-cost.js';
import { catalogMemory } from './catalog-memory.js';
import { connectionChurn } from './connection-churn.js';
import { connectionRate } from './connection-rate.js';
import { copyDecoders } from './copy-decoders.js';
import { copySpeed } from './copy-speed.js';
import { firstRow } from './first-row.js';
import { flood } from './flood.js';
import { idleMemory } from './idle-memory.js';
import { figuresOf, keepRun, type Run, readLastRun, serialized } from './last-run.js';
import { describeMachine, measureQuietness, reasonsForDoubt, speedBeside } from './machine.js';
import { pipeline } from './pipeline.js';
import { lineOf, tableOf } from './print-table.js';
import { resultMemory, slowReader, tenMillionRows } from './result-memory.js';
import { selectOne } from './select-one.js';
import { soak } from './soak.js';
import { streamingBystander } from './streaming-bystander.js';
import { streamingSpeed } from './streaming-speed.js';
import { tracing } from './tracing.js';

// Everything that is claimed of speed and memory, beside a real PostgreSQL in the same run; with an argument only the
// benchmarks whose name contains it. With --keep the run becomes the one that later ones are compared with. Exits 1 when a
// bar is missed.
const all = [
  // How soon a program answers is asked of a machine that has not been at work for minutes.
  catalogMemory,
  ...[streamingSpeed, firstRow, streamingBystander, copySpeed, copyDecoders, selectOne, pipeline, connectionRate],
  ...[resultMemory, tenMillionRows, slowReader, idleMemory, connectionChurn, flood, tracing],
  ...[catalogCost, catalogBystander],
];
const parameters = process.argv.slice(2);
const keep = parameters.includes('--keep');
const filter = parameters.find((parameter) => !parameter.startsWith('--')) ?? '';
// Ten minutes, for who asks for them.
const chosen = filter === soak.name ? [soak] : all.filter(({ name }) => name.includes(filter));
if (chosen.length === 0) {
  console.error(`no benchmark is called ${filter}; there are ${[...all, soak].map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const machine = describeMachine();
const facts = `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.platform}, Node ${machine.node}`;
const began = performance.now();
const before = await measureQuietness();
const results: { readonly name: string; readonly measures: readonly Measure[] }[] = [];
for (const { name, title, measure } of chosen) {
  console.log(`\n${name}: ${title}`);
  const started = performance.now();
  const measures = await measure();
  results.push({ name, measures });
  for (const line of measures) console.log(lineOf(line));
  console.log(`  (in ${secondsSince(started)} s)`);
}
const doubts = reasonsForDoubt(before, await measureQuietness(), machine.cores);

const run: Run = { machine, workMilliseconds: before.workMilliseconds, doubts, results };
const last = await readLastRun();
console.log(`\n${facts}\n${tableOf(run, figuresOf(last))}\n`);
const speed = speedBeside(before, last);
if (speed !== undefined) console.log(speed);
for (const doubt of doubts)
  console.log(`THE MACHINE IS BUSY: ${doubt}. Trust the ratios of CPU, not the times and rates.`);
await mkdir('.cache', { recursive: true });
await writeFile('.cache/benchmarks.json', serialized(run));
if (keep && !(await keepRun(run))) console.log('The run is not kept, because the machine was busy.');
const judged = results.flatMap(({ measures }) => measures).filter(({ bar }) => bar !== undefined);
const missed = judged.filter(({ bar }) => bar?.passed === false);
const seconds = ((performance.now() - began) / 1000).toFixed(0);
console.log(
  `${missed.length} of ${judged.length} bars missed, in ${seconds} s; all figures are in .cache/benchmarks.json`,
);
process.exitCode = missed.length === 0 ? 0 : 1;

function secondsSince(moment: number): string {
  return ((performance.now() - moment) / 1000).toFixed(0);
}
