import { startOracle } from '@riffq/conformance/oracle';
import pg from 'pg';
import { type Benchmark, holds, type Measure, plainRatio } from './benchmark.js';
import { DrainClient, type Drained, type ResultFormat } from './drain-client.js';
import { processCpu } from './process-cpu.js';
import { ServerUnderTest } from './server-under-test.js';
import { createTableStatement } from './synthetic-table.js';

/** One server's best run of one result. */
interface SpeedResult {
  readonly server: 'riffq' | 'PostgreSQL';
  readonly format: ResultFormat;
  readonly rows: number;
  readonly rowsPerSecond: number;
  /** Nanoseconds of the server's CPU per row; undefined where it cannot be read. */
  readonly cpuPerRow: number | undefined;
  readonly firstByteMilliseconds: number;
  /** Of all DataRow messages. */
  readonly md5: string;
}

const runs = 3;

const rowCount = 1_000_000;

/** A million rows of five columns, from us and from a real PostgreSQL, in turn; the best of three runs each. */
export const streamingSpeed: Benchmark = {
  name: 'streaming-speed',
  title: `${rowCount.toLocaleString('en')} rows of int4, int8, float8, 16 characters, timestamp`,
  async measure() {
    const results = await measureStreamingSpeed(rowCount);
    return [
      ...results.map(speedMeasure),
      ...(['text', 'binary'] as const).flatMap((format) => compare(results, format)),
    ];
  },
};

function speedMeasure({ server, format, rowsPerSecond, cpuPerRow, firstByteMilliseconds }: SpeedResult): Measure {
  const cpu = cpuPerRow === undefined ? '' : `, ${cpuPerRow.toFixed(0)} ns CPU per row`;
  const value = `${Math.round(rowsPerSecond)} rows/s${cpu}, first byte after ${firstByteMilliseconds.toFixed(1)} ms`;
  return { what: `${format}: ${server}`, value };
}

function compare(results: readonly SpeedResult[], format: ResultFormat): readonly Measure[] {
  const of = (server: SpeedResult['server']) =>
    results.find((result) => result.server === server && result.format === format);
  const ours = of('riffq');
  const theirs = of('PostgreSQL');
  if (ours === undefined || theirs === undefined) throw new Error(`no ${format} results to compare`);
  const perCpu = ours.cpuPerRow && theirs.cpuPerRow && theirs.cpuPerRow / ours.cpuPerRow;
  return [
    plainRatio(`${format}: rows/s, of PostgreSQL's`, ours.rowsPerSecond / theirs.rowsPerSecond),
    plainRatio(`${format}: rows per CPU second, of PostgreSQL's`, perCpu),
    holds(`${format}: the same bytes as PostgreSQL`, ours.md5 === theirs.md5),
  ];
}

async function measureStreamingSpeed(rows: number): Promise<readonly SpeedResult[]> {
  await using oracle = await startOracle({ settings: { shared_buffers: '512MB', jit: 'off' } });
  const loader = new pg.Client({ ...oracle.address });
  await loader.connect();
  await loader.query(createTableStatement(rows));
  await loader.query('VACUUM (FREEZE, ANALYZE) synthetic');
  await loader.end();
  await using ours = await ServerUnderTest.start('synthetic', rows);
  const postgres = await DrainClient.connect(oracle.address);
  const riffq = await DrainClient.connect(ours.address);
  const pid = await backendPid(oracle.address, postgres);
  const results: SpeedResult[] = [];
  for (const format of ['text', 'binary'] as const) {
    const sql = 'SELECT * FROM synthetic';
    const peers = [
      { server: 'riffq', client: riffq, cpu: async () => (await ours.usage()).cpu },
      { server: 'PostgreSQL', client: postgres, cpu: () => processCpu(pid) },
    ] as const;
    for (const { server, client, cpu } of peers) {
      const { md5 } = await client.drain(sql, { format, hash: true });
      let best: { readonly drained: Drained; readonly cpu: number | undefined } | undefined;
      for (let run = 0; run < runs; run += 1) {
        const before = await cpu();
        const drained = await client.drain(sql, { format });
        const after = await cpu();
        const used = before === undefined || after === undefined ? undefined : after - before;
        if (best === undefined || drained.seconds < best.drained.seconds) best = { drained, cpu: used };
      }
      if (best === undefined || md5 === undefined) throw new Error('nothing was measured');
      results.push({
        server,
        format,
        rows,
        rowsPerSecond: rows / best.drained.seconds,
        cpuPerRow: best.cpu === undefined ? undefined : (best.cpu / rows) * 1e9,
        firstByteMilliseconds: best.drained.firstByteMilliseconds,
        md5,
      });
    }
  }
  await postgres.close();
  await riffq.close();
  return results;
}

/** The process that serves a client; the oracle gives every session one of its own. */
async function backendPid(address: pg.ClientConfig, client: DrainClient): Promise<number> {
  const watcher = new pg.Client({ ...address });
  await watcher.connect();
  const { rows } = await watcher.query('SELECT pid FROM pg_stat_activity WHERE client_port = $1', [client.localPort]);
  await watcher.end();
  return Number(rows[0]?.pid);
}
