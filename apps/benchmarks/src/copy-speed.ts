import { bars } from './bars.js';
import { type Benchmark, ratioMeasure } from './benchmark.js';
import { DrainClient, type DrainOptions } from './drain-client.js';
import { bestMedian, median, pairedMeasure } from './paired-ratios.js';
import { ServerUnderTest } from './server-under-test.js';

/** Three counts of 14: one result takes a tenth of a second. */
const pairs = 42;
const rows = 1_000_000;

/** COPY out in binary, beside the same rows as binary DataRows. */
export const copySpeed: Benchmark = {
  name: 'copy-speed',
  title: `COPY (SELECT ...) TO STDOUT (FORMAT binary) of ${rows.toLocaleString('en')} rows, beside binary DataRows`,
  async measure() {
    await using server = await ServerUnderTest.start('synthetic', rows);
    const client = await DrainClient.connect(server.address);
    const run = async (way: Way): Promise<Run> => {
      const before = (await server.usage()).cpu;
      const { seconds } = await client.drain(way.sql, { format: way.format });
      return { perSecond: rows / seconds, cpu: ((await server.usage()).cpu - before) / rows };
    };
    const copies: Run[] = [];
    const dataRows: Run[] = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      // The second of two may find the processor warmer: each is that as often.
      if (pair % 2 === 0) copies.push(await run(copy));
      dataRows.push(await run(select));
      if (pair % 2 === 1) copies.push(await run(copy));
    }
    await client.close();
    const rates = copies.map(({ perSecond }, pair) => perSecond / (dataRows[pair]?.perSecond ?? Number.NaN));
    const cpu = copies.map((run, pair) => run.cpu / (dataRows[pair]?.cpu ?? Number.NaN));
    return [
      { what: 'binary DataRows', value: shown(dataRows) },
      { what: 'binary COPY', value: shown(copies) },
      ratioMeasure('rate of COPY, of DataRows', bestMedian(rates), bars.copyOfRows),
      pairedMeasure('the same, median of all pairs', rates),
      pairedMeasure('CPU per row of COPY, of DataRows', cpu),
    ];
  },
};

/** A statement, and the format its rows are asked in. */
interface Way {
  readonly sql: string;
  readonly format: DrainOptions['format'];
}

const copy: Way = { sql: 'COPY (SELECT * FROM synthetic) TO STDOUT (FORMAT binary)', format: 'text' };
const select: Way = { sql: 'SELECT * FROM synthetic', format: 'binary' };

/** Rows per second, and seconds of CPU per row. */
interface Run {
  readonly perSecond: number;
  readonly cpu: number;
}

function shown(runs: readonly Run[]): string {
  const perSecond = median(runs.map((run) => run.perSecond));
  const cpu = median(runs.map((run) => run.cpu));
  return `${Math.round(perSecond)} rows/s, ${(cpu * 1e9).toFixed(0)} ns CPU`;
}
