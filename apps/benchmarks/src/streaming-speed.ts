import { type Oracle, startOracle } from '@riffq/conformance/oracle';
import pg from 'pg';
import { type Bar, bars } from './bars.js';
import { type Benchmark, bytesMeasure, holds, type Measure, plainRatio, ratioIfKnown } from './benchmark.js';
import { DrainClient, type Drained, type ResultFormat } from './drain-client.js';
import { processCpu } from './process-cpu.js';
import { ServerUnderTest } from './server-under-test.js';
import { createTableStatement, isTableName, type TableName, tables } from './synthetic-table.js';

/** One server's best run of one result. */
interface SpeedResult {
  readonly server: 'riffq' | 'PostgreSQL';
  readonly format: ResultFormat;
  readonly rowsPerSecond: number;
  /** Nanoseconds of the server's CPU per row; undefined where it cannot be read. */
  readonly cpuPerRow: number | undefined;
  /** Of the time, what the client had a core for. */
  readonly clientShare: number;
  /** Of all DataRow messages. */
  readonly md5: string;
}

/** What one table took. */
interface TableResults {
  readonly results: readonly SpeedResult[];
  readonly allocatedPerValue: number;
  /** Milliseconds of collecting garbage per million rows. */
  readonly collecting: number;
}

const runs = 3;
const formats = ['text', 'binary'] as const;

const barsOfTables: Partial<Record<TableName, Readonly<Record<ResultFormat, Bar>>>> = {
  synthetic: { text: bars.textOfPostgres, binary: bars.binaryOfPostgres },
  wide: { text: bars.wideOfPostgres, binary: bars.wideOfPostgres },
  long_text: { text: bars.longTextOfPostgres, binary: bars.longTextOfPostgres },
};

/** Rows of many kinds, from us and from a real PostgreSQL, in turn; the best of three runs each. */
export const streamingSpeed: Benchmark = {
  name: 'streaming-speed',
  title: 'Rows per CPU second and per second, beside PostgreSQL with the same tables',
  async measure() {
    await using oracle = await startOracle({ settings: { shared_buffers: '512MB', jit: 'off' } });
    const measures: Measure[] = [];
    const perCpu = new Map<string, number>();
    for (const name of Object.keys(tables).filter(isTableName)) {
      const found = await measureTable(oracle, name);
      measures.push(...found.results.map((result) => speedMeasure(name, result)));
      for (const format of formats) {
        const ratio = ratioOf(found.results, format, ({ cpuPerRow }) => cpuPerRow && 1 / cpuPerRow);
        if (ratio !== undefined) perCpu.set(`${name} ${format}`, ratio);
        measures.push(...compare(name, found.results, format, ratio));
      }
      measures.push(
        bytesMeasure(`${name}: JavaScript objects per value`, found.allocatedPerValue, bars.allocatedPerValue, 'B'),
      );
      measures.push(collectingMeasure(name, found.collecting));
    }
    for (const format of formats) {
      const [without, withNulls] = ['synthetic', 'nulls'].map((name) => perCpu.get(`${name} ${format}`));
      const ratio = without && withNulls && withNulls / without;
      measures.push(
        ratioIfKnown(`nulls, ${format}: ratio per CPU second, of that without NULLs`, ratio, bars.withNulls),
      );
    }
    return measures;
  },
};

function speedMeasure(
  table: TableName,
  { server, format, rowsPerSecond, cpuPerRow, clientShare }: SpeedResult,
): Measure {
  const cpu = cpuPerRow === undefined ? '' : `, ${cpuPerRow.toFixed(0)} ns CPU per row`;
  const value = `${Math.round(rowsPerSecond)} rows/s${cpu}; client ${(clientShare * 100).toFixed(0)} % of a core`;
  return { what: `${table}, ${format}: ${server}`, value };
}

function collectingMeasure(table: TableName, milliseconds: number): Measure {
  return { what: `${table}: garbage collection per million rows`, value: `${milliseconds.toFixed(1)} ms` };
}

function ratioOf(
  results: readonly SpeedResult[],
  format: ResultFormat,
  speedOf: (result: SpeedResult) => number | undefined,
): number | undefined {
  const [ours, theirs] = pair(results, format).map(speedOf);
  return ours && theirs && ours / theirs;
}

function pair(results: readonly SpeedResult[], format: ResultFormat): readonly [SpeedResult, SpeedResult] {
  const [ours, theirs] = ['riffq', 'PostgreSQL'].map((server) =>
    results.find((result) => result.server === server && result.format === format),
  );
  if (ours === undefined || theirs === undefined) throw new Error(`no ${format} results to compare`);
  return [ours, theirs];
}

function compare(
  table: TableName,
  results: readonly SpeedResult[],
  format: ResultFormat,
  perCpu: number | undefined,
): readonly Measure[] {
  const [ours, theirs] = pair(results, format);
  return [
    ratioIfKnown(`${table}, ${format}: rows per CPU second, of PostgreSQL's`, perCpu, barsOfTables[table]?.[format]),
    plainRatio(
      `${table}, ${format}: rows/s, of PostgreSQL's`,
      ratioOf(results, format, (result) => result.rowsPerSecond),
    ),
    holds(`${table}, ${format}: the same bytes as PostgreSQL`, ours.md5 === theirs.md5),
  ];
}

async function measureTable(oracle: Oracle, name: TableName): Promise<TableResults> {
  const { rows, columns } = tables[name];
  const loader = new pg.Client({ ...oracle.address });
  await loader.connect();
  await loader.query(createTableStatement(name, tables[name], rows));
  await loader.query(`VACUUM (FREEZE, ANALYZE) ${name}`);
  await using ours = await ServerUnderTest.start(name, rows);
  const postgres = await DrainClient.connect(oracle.address);
  const riffq = await DrainClient.connect(ours.address);
  const pid = await backendPid(loader, postgres);
  const peers = [
    { server: 'riffq', client: riffq, cpu: async () => (await ours.usage()).cpu },
    { server: 'PostgreSQL', client: postgres, cpu: () => processCpu(pid) },
  ] as const;
  const sql = `SELECT * FROM ${name}`;
  const results: SpeedResult[] = [];
  for (const format of formats) {
    for (const { server, client, cpu } of peers)
      results.push({ server, format, ...(await bestOf(client, sql, format, rows, cpu)) });
  }
  const before = await ours.usage();
  for (const format of formats) await riffq.drain(sql, { format });
  const after = await ours.usage();
  await postgres.close();
  await riffq.close();
  await loader.query(`DROP TABLE ${name}`);
  await loader.end();
  const sent = rows * formats.length;
  return {
    results,
    allocatedPerValue: (after.allocated - before.allocated) / (sent * columns.length),
    collecting: ((after.collecting - before.collecting) * 1e9) / sent,
  };
}

/** The best of three runs, after one whose bytes are hashed. */
async function bestOf(
  client: DrainClient,
  sql: string,
  format: ResultFormat,
  rows: number,
  cpu: () => Promise<number | undefined>,
): Promise<Omit<SpeedResult, 'server' | 'format'>> {
  const { md5 = '' } = await client.drain(sql, { format, hash: true });
  let best: Drained | undefined;
  let leastCpu: number | undefined;
  for (let run = 0; run < runs; run += 1) {
    const before = await cpu();
    const drained = await client.drain(sql, { format });
    const after = await cpu();
    if (before !== undefined && after !== undefined)
      leastCpu = Math.min(leastCpu ?? Number.POSITIVE_INFINITY, after - before);
    if (best === undefined || drained.seconds < best.seconds) best = drained;
  }
  if (best === undefined) throw new Error('nothing was measured');
  const { seconds, clientCpu } = best;
  const cpuPerRow = leastCpu === undefined ? undefined : (leastCpu / rows) * 1e9;
  return { rowsPerSecond: rows / seconds, cpuPerRow, clientShare: clientCpu / seconds, md5 };
}

/** The process that serves a client; the oracle gives every session one of its own. */
async function backendPid(watcher: pg.Client, client: DrainClient): Promise<number> {
  const { rows } = await watcher.query('SELECT pid FROM pg_stat_activity WHERE client_port = $1', [client.localPort]);
  return Number(rows[0]?.pid);
}
