import { bars } from './bars.js';
import { type Benchmark, type Measure, timeMeasure } from './benchmark.js';
import { DrainClient } from './drain-client.js';
import { ServerUnderTest } from './server-under-test.js';

const tries = 9;

/** How long a result takes to begin, however long it is. */
export const firstRow: Benchmark = {
  name: 'first-row',
  title: `The first byte of a result, the median of ${tries}`,
  async measure() {
    await using server = await ServerUnderTest.start('synthetic', 1_000_000);
    const measures: Measure[] = [];
    for (const format of ['text', 'binary'] as const) {
      for (const rows of [1, 1_000_000, 10_000_000]) {
        const times: number[] = [];
        for (let attempt = 0; attempt < tries; attempt += 1) {
          const client = await DrainClient.connect(server.address);
          await client.drain('SELECT 1', { format });
          times.push(await client.firstByte(`SELECT * FROM synthetic LIMIT ${rows}`, format));
        }
        const median = times.sort((a, b) => a - b)[Math.floor(tries / 2)] ?? Number.NaN;
        measures.push(timeMeasure(`${format}, of ${rows.toLocaleString('en')} rows`, median, bars.firstRow));
      }
    }
    return measures;
  },
};
