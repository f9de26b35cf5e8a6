import { bars } from './bars.js';
import { type Benchmark, type Measure, plainRatio, ratioMeasure } from './benchmark.js';
import { type CopyFormat, type CopyWay, copyPairs } from './copy-work.js';
import { bestMedian, median, pairedMeasure } from './paired-ratios.js';
import { schemaOf, syntheticBatch, type TableName, tables } from './synthetic-table.js';

/** As a batch of the server, and enough of them for a loop to be warm. */
const batchRows = 8192;
const batchCount = 12;
/** Those whose figures are judged are measured more often: a tie is one by the median of many. */
const rounds = 42;
const otherRounds = 6;

const others = ['nulls', 'long_text', 'numeric_18_2', 'decimal_38_10', 'uuid', 'bool', 'date'] as const;

/** COPY's three formats, beside the same rows as DataRows: what a row costs, without a server around. */
export const copyDecoders: Benchmark = {
  name: 'copy-decoders',
  title: 'CPU per row of encoding and decoding COPY data, beside encoding the same rows as DataRows',
  async measure() {
    const costs = costsOf('synthetic', batchCount, rounds, ['encode', 'decode']);
    const measures: Measure[] = costs.flatMap(({ way, format, copy, rows }) => [
      costMeasure(`${way} ${format}`, copy),
      costMeasure(`${way} ${format}: the same as DataRows`, rows),
    ]);
    for (const cost of costs) {
      const ratios = ratiosOf(cost);
      measures.push(ratioMeasure(ratioName(cost), bestMedian(ratios), bars.copyOfRowEncoder));
      measures.push(pairedMeasure(`${ratioName(cost)}, median`, ratios));
    }
    for (const table of others) {
      for (const cost of costsOf(table, table === 'long_text' ? 2 : 8, otherRounds, ['decode'])) {
        measures.push(plainRatio(`${table}: ${ratioName(cost)}`, median(ratiosOf(cost))));
      }
    }
    return measures;
  },
};

/** What was done with the rows, and what it cost in every round: nanoseconds of CPU per row. */
interface PairedCosts {
  readonly way: CopyWay;
  readonly format: CopyFormat;
  readonly copy: readonly number[];
  /** The same rows as DataRows, one soon before or after the other. */
  readonly rows: readonly number[];
}

function ratioName({ way, format }: PairedCosts): string {
  return `rows per CPU second, COPY ${format} ${way}d, of DataRows encoded`;
}

function costMeasure(what: string, costs: readonly number[]): Measure {
  return { what, value: `${Math.min(...costs).toFixed(0)} ns, median ${median(costs).toFixed(0)}` };
}

function ratiosOf({ copy, rows }: PairedCosts): number[] {
  return rows.map((cost, round) => cost / (copy[round] ?? Number.NaN));
}

function costsOf(name: TableName, count: number, times: number, ways: readonly CopyWay[]): readonly PairedCosts[] {
  const schema = schemaOf(tables[name]);
  const batches = Array.from({ length: count }, (_, at) =>
    syntheticBatch(tables[name], schema, at * batchRows, batchRows),
  );
  const costOfRow = (work: () => void): number => costOf(work) / (count * batchRows);
  const pairs = copyPairs(schema, batches, ways).map((pair) => ({ ...pair, costs: new Costs() }));
  for (let round = 0; round < times; round += 1) {
    // The second of two may find the processor warmer, and what the first has left: each is that as often.
    for (const { copy, rows, costs } of round % 2 === 0 ? pairs : pairs.toReversed()) {
      if (round % 2 === 0) costs.rows.push(costOfRow(rows));
      costs.copy.push(costOfRow(copy));
      if (round % 2 === 1) costs.rows.push(costOfRow(rows));
    }
  }
  return pairs.map(({ way, format, costs }) => ({ way, format, ...costs }));
}

class Costs {
  readonly copy: number[] = [];
  readonly rows: number[] = [];
}

/** Nanoseconds of this process, all of its threads. */
function costOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) * 1000;
}
