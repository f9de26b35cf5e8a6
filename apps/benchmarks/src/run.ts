import { mkdir, writeFile } from 'node:fs/promises';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import { measureResultMemory } from './result-memory.js';
import { measureStreamingSpeed, type SpeedResult } from './streaming-speed.js';

// Everything that is claimed of speed and memory, beside a real PostgreSQL in the same run. Exits 1 when a bar is missed.
const memoryBar = 64 * 1024 * 1024;
const missed: string[] = [];
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

const speed = await measureStreamingSpeed(1_000_000);
console.log('\n1,000,000 rows: int4, int8, float8, 16 characters, timestamp (best of 3)\n');
console.log('format  server        rows/s   CPU ns/row  first byte ms');
for (const result of speed) {
  const cpu = result.cpuPerRow === undefined ? 'unknown' : result.cpuPerRow.toFixed(0);
  console.log(
    `${result.format.padEnd(8)}${result.server.padEnd(11)}${result.rowsPerSecond.toFixed(0).padStart(9)}${cpu.padStart(13)}${result.firstByteMilliseconds.toFixed(1).padStart(15)}`,
  );
}
const ratios = (['text', 'binary'] as const).map((format) => compare(speed, format));
for (const { format, rate, cpu, equal } of ratios) {
  const bytes = equal ? 'the same bytes' : 'OTHER BYTES';
  console.log(
    `${format}: ${rate.toFixed(2)} times PostgreSQL's rows/s, ${cpu?.toFixed(2) ?? '?'} per CPU second, ${bytes}`,
  );
  if (!equal) missed.push(`${format}: the rows differ from PostgreSQL's`);
}

console.log('\nGrowth of the server while it sends 3,000,000 rows, over what it was after 100,000\n');
const memory = [];
for (const source of ['synthetic', 'duckdb'] as const) {
  for (const reader of ['fast', 'slow'] as const) {
    const result = await measureResultMemory(source, reader, 3_000_000);
    memory.push(result);
    const megabytes = result.growth / 2 ** 20;
    console.log(`${source.padEnd(10)} ${reader} reader  ${megabytes.toFixed(1).padStart(6)} MB  (bar: 64)`);
    if (result.growth > memoryBar) missed.push(`${source}, ${reader} reader: grew by ${megabytes.toFixed(1)} MB`);
  }
}

await mkdir('.cache', { recursive: true });
await writeFile('.cache/benchmarks.json', `${JSON.stringify({ machine, speed, ratios, memory }, null, 2)}\n`);
console.log('\nWritten to .cache/benchmarks.json');
for (const bar of missed) console.log(`missed: ${bar}`);
process.exitCode = missed.length === 0 ? 0 : 1;

function compare(results: readonly SpeedResult[], format: SpeedResult['format']) {
  const of = (server: SpeedResult['server']) =>
    results.find((result) => result.server === server && result.format === format);
  const ours = of('riffq');
  const theirs = of('PostgreSQL');
  if (ours === undefined || theirs === undefined) throw new Error(`no ${format} results to compare`);
  const cpu =
    ours.cpuPerRow === undefined || theirs.cpuPerRow === undefined ? undefined : theirs.cpuPerRow / ours.cpuPerRow;
  return { format, rate: ours.rowsPerSecond / theirs.rowsPerSecond, cpu, equal: ours.md5 === theirs.md5 };
}
