import { mkdir, writeFile } from 'node:fs/promises';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import type { Measure } from './benchmark.js';
import { catalogCost } from './catalog-cost.js';
import { connectionChurn } from './connection-churn.js';
import { connectionRate } from './connection-rate.js';
import { copySpeed } from './copy-speed.js';
import { flood } from './flood.js';
import { idleMemory } from './idle-memory.js';
import { pipeline } from './pipeline.js';
import { resultMemory, slowReader } from './result-memory.js';
import { selectOne } from './select-one.js';
import { soak } from './soak.js';
import { streamingSpeed } from './streaming-speed.js';

// Everything that is claimed of speed and memory, beside a real PostgreSQL in the same run; with an argument only the
// benchmarks whose name contains it. Exits 1 when a bar is missed.
const all = [
  ...[streamingSpeed, copySpeed, selectOne, pipeline, connectionRate],
  ...[resultMemory, slowReader, idleMemory, connectionChurn, flood, catalogCost],
];
const filter = process.argv[2] ?? '';
// Ten minutes, for who asks for them.
const chosen = filter === soak.name ? [soak] : all.filter(({ name }) => name.includes(filter));
if (chosen.length === 0) {
  console.error(`no benchmark is called ${filter}; there are ${[...all, soak].map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const machine = {
  node: process.version,
  platform: `${platform()} ${arch()}`,
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  loadBefore: loadavg()[0] ?? 0,
};
console.log(
  `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.platform}, Node ${machine.node}`,
);
if (machine.loadBefore > machine.cores / 2) {
  console.log(`The machine is busy (load ${machine.loadBefore.toFixed(1)}): trust the ratios of CPU, not the rates.`);
}

const results: { readonly name: string; readonly measures: readonly Measure[] }[] = [];
for (const { name, title, measure } of chosen) {
  console.log(`\n${name}: ${title}`);
  const measures = await measure();
  results.push({ name, measures });
  for (const line of measures) console.log(table(line));
}

await mkdir('.cache', { recursive: true });
await writeFile('.cache/benchmarks.json', `${JSON.stringify({ machine, results }, null, 2)}\n`);
console.log('\nWritten to .cache/benchmarks.json');
const missed = results.flatMap(({ measures }) => measures).filter(({ bar }) => bar?.passed === false);
console.log(
  `${missed.length} of ${results.flatMap(({ measures }) => measures).filter(({ bar }) => bar).length} bars missed`,
);
process.exitCode = missed.length === 0 ? 0 : 1;

function table({ what, value, bar }: Measure): string {
  const judged = bar === undefined ? '' : `${bar.text.padEnd(10)} ${bar.passed ? 'pass' : 'FAIL'}`;
  return `  ${what.padEnd(52)} ${value.padEnd(28)} ${judged}`.trimEnd();
}
