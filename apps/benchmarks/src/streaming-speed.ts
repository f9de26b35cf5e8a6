import { startOracle } from '@riffq/conformance/oracle';
import { type Bar, bars, smallestObject } from './bars.js';
import {
  type Benchmark,
  bytesMeasure,
  holds,
  type Measure,
  plainRatio,
  ratioIfKnown,
  shareMeasure,
} from './benchmark.js';
import type { ResultFormat } from './drain-client.js';
import { isTableName, type TableName, tables } from './synthetic-table.js';
import { formats, type MadeObjects, measureTables, type SpeedResult } from './table-speed.js';

/** Tables that are measured side by side, and in how many rounds: those with the closest bars in more. */
const contests: readonly { readonly names: readonly TableName[]; readonly rounds: number }[] = [
  { names: ['synthetic', 'nulls'], rounds: 7 },
  ...Object.keys(tables)
    .filter(isTableName)
    .filter((name) => name !== 'synthetic' && name !== 'nulls')
    .map((name) => ({ names: [name], rounds: 3 })),
];

const barsOfTables: Partial<Record<TableName, Readonly<Record<ResultFormat, Bar>>>> = {
  synthetic: { text: bars.textOfPostgres, binary: bars.binaryOfPostgres },
  wide: { text: bars.wideOfPostgres, binary: bars.wideOfPostgres },
  long_text: { text: bars.longTextOfPostgres, binary: bars.longTextOfPostgres },
};

/** Rows of many kinds, from us and from a real PostgreSQL, in turn; the best run of each. */
export const streamingSpeed: Benchmark = {
  name: 'streaming-speed',
  title: 'Rows per CPU second and per second, beside PostgreSQL with the same tables',
  async measure() {
    await using oracle = await startOracle({ settings: { shared_buffers: '512MB', jit: 'off' } });
    const measures: Measure[] = [];
    const perCpu = new Map<string, number>();
    for (const { names, rounds } of contests) {
      for (const [name, { results, made, collecting }] of await measureTables(oracle, names, rounds)) {
        measures.push(...results.map((result) => speedMeasure(name, result)));
        for (const format of formats) {
          const ratio = ratioOf(results, format, ({ cpuPerRow }) => cpuPerRow && 1 / cpuPerRow);
          if (ratio !== undefined) perCpu.set(`${name} ${format}`, ratio);
          measures.push(...compare(name, results, format, ratio));
        }
        measures.push(objectsMeasure(name, made));
        measures.push(collectingMeasure(name, collecting));
      }
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

/** Bytes of a value up to which an object of the smallest size would be more than the bar's share of it. */
const shortValue = smallestObject / bars.objectsOfBytes.limit;

/** Of short values the bytes say little: a result of bools is so small that what any result takes is a good part of it. */
function objectsMeasure(table: TableName, { objectBytes, sentBytes, values }: MadeObjects): Measure {
  if (sentBytes / values > shortValue)
    return shareMeasure(
      `${table}: JavaScript objects, of the bytes sent`,
      objectBytes / sentBytes,
      bars.objectsOfBytes,
    );
  return bytesMeasure(`${table}: JavaScript objects, per value`, objectBytes / values, bars.objectsOfValue, 'B');
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
