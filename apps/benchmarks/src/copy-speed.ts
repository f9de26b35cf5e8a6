import { bars } from './bars.js';
import { type Benchmark, plainRatio, ratioMeasure } from './benchmark.js';
import { DrainClient, type DrainOptions } from './drain-client.js';
import { ServerUnderTest } from './server-under-test.js';

/** So many, for the best of each is compared, and one takes a tenth of a second. */
const runs = 20;
const rows = 1_000_000;

/** COPY out in binary, beside the same rows as binary DataRows. */
export const copySpeed: Benchmark = {
  name: 'copy-speed',
  title: `COPY (SELECT ...) TO STDOUT (FORMAT binary) of ${rows.toLocaleString('en')} rows, beside binary DataRows`,
  async measure() {
    await using server = await ServerUnderTest.start('synthetic', rows);
    const client = await DrainClient.connect(server.address);
    const ways: Readonly<Record<'copy' | 'rows', readonly [sql: string, format: DrainOptions['format']]>> = {
      copy: ['COPY (SELECT * FROM synthetic) TO STDOUT (FORMAT binary)', 'text'],
      rows: ['SELECT * FROM synthetic', 'binary'],
    };
    const best: Record<'copy' | 'rows', Run> = { copy: nothing, rows: nothing };
    for (let run = 0; run < runs; run += 1) {
      for (const way of ['rows', 'copy'] as const) {
        const [sql, format] = ways[way];
        const before = (await server.usage()).cpu;
        const { seconds } = await client.drain(sql, { format });
        const cpu = ((await server.usage()).cpu - before) / rows;
        if (rows / seconds > best[way].perSecond) best[way] = { perSecond: rows / seconds, cpu };
      }
    }
    await client.close();
    return [
      { what: 'binary DataRows', value: shown(best.rows) },
      { what: 'binary COPY', value: shown(best.copy) },
      ratioMeasure('rate of COPY, of DataRows', best.copy.perSecond / best.rows.perSecond, bars.copyOfRows),
      plainRatio('CPU per row of COPY, of DataRows', best.copy.cpu / best.rows.cpu),
    ];
  },
};

/** The best run: rows per second, and seconds of CPU per row. */
interface Run {
  readonly perSecond: number;
  readonly cpu: number;
}

const nothing: Run = { perSecond: 0, cpu: 0 };

function shown({ perSecond, cpu }: Run): string {
  return `${Math.round(perSecond)} rows/s, ${(cpu * 1e9).toFixed(0)} ns CPU`;
}
