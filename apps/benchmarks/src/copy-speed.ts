import { type Benchmark, ratioAtLeast } from './benchmark.js';
import { DrainClient, type DrainOptions } from './drain-client.js';
import { ServerUnderTest } from './server-under-test.js';

const runs = 3;
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
    const best = { copy: 0, rows: 0 };
    for (let run = 0; run < runs; run += 1) {
      for (const way of ['rows', 'copy'] as const) {
        const [sql, format] = ways[way];
        const { seconds } = await client.drain(sql, { format });
        best[way] = Math.max(best[way], rows / seconds);
      }
    }
    await client.close();
    return [
      { what: 'binary DataRows', value: `${Math.round(best.rows)} rows/s` },
      { what: 'binary COPY', value: `${Math.round(best.copy)} rows/s` },
      ratioAtLeast('COPY, of DataRow', best.copy / best.rows, 1),
    ];
  },
};
