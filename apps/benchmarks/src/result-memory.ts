import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { bars } from './bars.js';
import { type Benchmark, bytesMeasure, type Measure } from './benchmark.js';
import { DrainClient } from './drain-client.js';
import { ServerUnderTest } from './server-under-test.js';

const baselineRows = 100_000;
const slowBytesPerSecond = 60e6;
const pause = 50;

/** How much the server's resident memory grows while it sends a large result, over what it was after a smaller one. */
export const resultMemory: Benchmark = {
  name: 'result-memory',
  title: 'Growth of the resident memory while DuckDB sends 3,000,000 rows',
  async measure() {
    const measures: Measure[] = [];
    for (const reader of ['fast', 'slow'] as const) {
      const growth = await measureGrowth(reader, 3_000_000);
      measures.push(bytesMeasure(`${reader} reader`, growth, bars.resultGrowth, 'MB'));
    }
    return measures;
  },
};

/** How much higher the peak of memory is for ten million rows than for one million. */
export const tenMillionRows: Benchmark = {
  name: 'ten-million-rows',
  title: 'Peak of the resident memory of 10,000,000 rows, over that of 1,000,000',
  async measure() {
    const measures: Measure[] = [];
    for (const [what, options] of [
      ['simple, text', { format: 'text' }],
      ['simple, binary', { format: 'text', cursor: 'binary' }],
      ['extended, text', { format: 'text', protocol: 'extended' }],
      ['extended, binary', { format: 'binary' }],
    ] as const) {
      await using server = await ServerUnderTest.start('synthetic', 1_000_000);
      const client = await DrainClient.connect(server.address);
      const memory = async (): Promise<number> => (await server.usage()).memory;
      const drain = (rows: number) => client.drain(`SELECT * FROM synthetic LIMIT ${rows}`, options);
      const baseline = await peakOf(memory, drain(1_000_000));
      const peak = await peakOf(memory, drain(10_000_000));
      await client.close();
      measures.push(bytesMeasure(what, peak - baseline, bars.tenMillionRows, 'MB'));
    }
    return measures;
  },
};

/** What a slow reader makes the server itself hold: its objects and buffers, not what the allocator keeps. */
export const slowReader: Benchmark = {
  name: 'slow-reader',
  title: 'Objects and buffers held for a slow reader of 10,000,000 rows',
  async measure() {
    const rows = 10_000_000;
    await using server = await ServerUnderTest.start('synthetic', rows);
    const client = await DrainClient.connect(server.address);
    const inUse = async (): Promise<number> => (await server.usage('usage without garbage')).inUse;
    const baseline = await inUse();
    const peak = await peakOf(inUse, client.drain(`SELECT * FROM synthetic`, slow('text')));
    await client.close();
    return [bytesMeasure('held at most', peak - baseline, bars.slowReader, 'MB')];
  },
};

/** Bytes over what it was after the first 100,000 rows; DuckDB's own buffers left out. */
async function measureGrowth(reader: 'fast' | 'slow', rows: number): Promise<number> {
  await using server = await ServerUnderTest.start('duckdb', rows);
  const watcher = new pg.Client({ ...server.address });
  await watcher.connect();
  const client = await DrainClient.connect(server.address);
  const memory = async (): Promise<number> => {
    const own = (await server.usage()).memory;
    const { rows: buffers } = await watcher.query(
      'SELECT sum(memory_usage_bytes)::BIGINT AS bytes FROM duckdb_memory()',
    );
    return own - Number(buffers[0]?.bytes);
  };
  await client.drain(`SELECT * FROM synthetic LIMIT ${baselineRows}`, { format: 'text' });
  const baseline = await memory();
  const options = reader === 'slow' ? slow('text') : { format: 'text' as const };
  const peak = await peakOf(memory, client.drain(`SELECT * FROM synthetic LIMIT ${rows}`, options));
  await client.close();
  await watcher.end();
  return peak - baseline;
}

function slow(format: 'text') {
  return { format, bytesPerSecond: slowBytesPerSecond };
}

/** The largest of many looks while something is going on. */
async function peakOf(look: () => Promise<number>, work: Promise<unknown>): Promise<number> {
  let peak = 0;
  let working = true;
  const end = (): void => {
    working = false;
  };
  work.then(end, end);
  while (working) {
    peak = Math.max(peak, await look());
    await setTimeout(pause);
  }
  await work;
  return peak;
}
