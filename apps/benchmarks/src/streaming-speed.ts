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
import { bestMedian } from './paired-ratios.js';
import { isTableName, type TableName, tables } from './synthetic-table.js';
import { formats, type MadeObjects, measureTables, type SpeedResult } from './table-speed.js';

/** Tables that are measured side by side, and in how many rounds: those with the closest bars in more. */
const contests: readonly { readonly names: readonly TableName[]; readonly rounds: number }[] = [
  { names: ['synthetic', 'nulls'], rounds: 9 },
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
    const ratios = new Map<string, readonly number[]>();
    for (const { names, rounds } of contests) {
      for (const [name, { results, perCpu, made, collecting }] of await measureTables(oracle, names, rounds)) {
        measures.push(...results.map((result) => speedMeasure(name, result)));
        for (const format of formats) {
          const found = perCpu[format];
          if (found !== undefined) ratios.set(`${name} ${format}`, found);
          measures.push(...compare(name, results, format, found && bestMedian(found)));
        }
        measures.push(objectsMeasure(name, made));
        measures.push(collectingMeasure(name, collecting));
      }
    }
    for (const format of formats) {
      const without = ratios.get(`synthetic ${format}`);
      const withNulls = ratios.get(`nulls ${format}`);
      const ratio =
        without && withNulls && bestMedian(withNulls.map((found, round) => found / (without[round] ?? Number.NaN)));
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
    plainRatio(`${table}, ${format}: rows/s, of PostgreSQL's`, ours.rowsPerSecond / theirs.rowsPerSecond),
    holds(`${table}, ${format}: the same bytes as PostgreSQL`, ours.md5 === theirs.md5),
  ];
}
