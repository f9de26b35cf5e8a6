import { bars } from './bars.js';
import { type Benchmark, type Measure, plainRatio, ratioMeasure } from './benchmark.js';
import { type CopyWork, copyFormats, copyWorks } from './copy-work.js';
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
    const costs = costsOf('synthetic', batchCount, rounds);
    const measures: Measure[] = [...costs].map(([name, found]) => {
      return { what: name, value: `${Math.min(...found).toFixed(0)} ns, median ${median(found).toFixed(0)}` };
    });
    for (const way of ['encode', 'decode'] as const) {
      for (const format of copyFormats) {
        const ratios = ratiosOf(costs, way, format);
        measures.push(ratioMeasure(ratioName(way, format), bestMedian(ratios), bars.copyOfRowEncoder));
        measures.push(pairedMeasure(`${ratioName(way, format)}, median`, ratios));
      }
    }
    for (const table of others) {
      const found = costsOf(table, table === 'long_text' ? 2 : 8, otherRounds);
      for (const format of copyFormats) {
        const what = `${table}: ${ratioName('decode', format)}`;
        measures.push(plainRatio(what, median(ratiosOf(found, 'decode', format))));
      }
    }
    return measures;
  },
};

function ratioName(way: 'encode' | 'decode', format: string): string {
  return `rows per CPU second, COPY ${format} ${way}d, of DataRows encoded`;
}

/** Of each round, in which both were measured one soon after the other. */
function ratiosOf(costs: ReadonlyMap<string, readonly number[]>, way: string, format: string): number[] {
  const rows = costs.get(`rows ${format === 'binary' ? 'binary' : 'text'}`) ?? [];
  const found = costs.get(`${way} ${format}`) ?? [];
  return rows.map((cost, round) => cost / (found[round] ?? Number.NaN));
}

/** Nanoseconds of CPU per row, by what was done: of every round, in which everything has its turn. */
function costsOf(name: TableName, count: number, times: number): Map<string, number[]> {
  const schema = schemaOf(tables[name]);
  const batches = Array.from({ length: count }, (_, at) =>
    syntheticBatch(tables[name], schema, at * batchRows, batchRows),
  );
  const works = copyWorks(schema, batches);
  const costs = new Map<string, number[]>(works.map((work) => [work.name, []]));
  for (let round = 0; round < times; round += 1) {
    // What comes later may find the processor warmer: each does that as often.
    for (const work of round % 2 === 0 ? works : works.toReversed()) {
      costs.get(work.name)?.push(costOf(work) / (count * batchRows));
    }
  }
  return costs;
}

/** Nanoseconds of this process, all of its threads. */
function costOf(work: CopyWork): number {
  const before = process.cpuUsage();
  work.run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) * 1000;
}
