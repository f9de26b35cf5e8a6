import { bars } from './bars.js';
import { type Benchmark, type Measure, plainRatio, ratioMeasure } from './benchmark.js';
import { type CopyWork, copyFormats, copyWorks } from './copy-work.js';
import { schemaOf, syntheticBatch, type TableName, tables } from './synthetic-table.js';

/** As a batch of the server, and enough of them for a loop to be warm. */
const batchRows = 8192;
const batchCount = 24;
/** Those whose figures are judged are measured more often. */
const rounds = 12;
const otherRounds = 4;

const others = ['nulls', 'long_text', 'numeric_18_2', 'decimal_38_10', 'uuid', 'bool', 'date'] as const;

/** COPY's three formats, beside the same rows as DataRows: what a row costs, without a server around. */
export const copyDecoders: Benchmark = {
  name: 'copy-decoders',
  title: 'CPU per row of encoding and decoding COPY data, beside encoding the same rows as DataRows',
  async measure() {
    const found = bestOf('synthetic', batchCount, rounds);
    const measures: Measure[] = [...found].map(([name, cost]) => ({ what: name, value: `${cost.toFixed(0)} ns` }));
    for (const way of ['encode', 'decode'] as const) {
      for (const format of copyFormats) {
        measures.push(ratioMeasure(ratioName(way, format), ratio(found, way, format), bars.copyOfRowEncoder));
      }
    }
    for (const table of others) {
      const costs = bestOf(table, table === 'long_text' ? 2 : 8, otherRounds);
      for (const format of copyFormats) {
        const what = `${table}: ${ratioName('decode', format)}`;
        measures.push(plainRatio(what, ratio(costs, 'decode', format)));
      }
    }
    return measures;
  },
};

function ratioName(way: 'encode' | 'decode', format: string): string {
  return `rows per CPU second, COPY ${format} ${way}d, of DataRows encoded`;
}

function ratio(costs: ReadonlyMap<string, number>, way: string, format: string): number {
  const rows = costs.get(`rows ${format === 'binary' ? 'binary' : 'text'}`) ?? Number.NaN;
  return rows / (costs.get(`${way} ${format}`) ?? Number.NaN);
}

/** Nanoseconds of CPU per row, by what was done: the least of all rounds, in each of which everything has its turn. */
function bestOf(name: TableName, count: number, times: number): Map<string, number> {
  const schema = schemaOf(tables[name]);
  const batches = Array.from({ length: count }, (_, at) =>
    syntheticBatch(tables[name], schema, at * batchRows, batchRows),
  );
  const best = new Map<string, number>();
  const works = copyWorks(schema, batches);
  for (let round = 0; round < times; round += 1) {
    for (const work of works) {
      const cost = costOf(work) / (count * batchRows);
      best.set(work.name, Math.min(best.get(work.name) ?? cost, cost));
    }
  }
  return best;
}

/** Nanoseconds of this process, all of its threads. */
function costOf(work: CopyWork): number {
  const before = process.cpuUsage();
  work.run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) * 1000;
}
