import { bars } from './bars.js';
import { type Benchmark, type Measure, timeMeasure } from './benchmark.js';
import { DrainClient } from './drain-client.js';
import { LoadGenerator } from './load-generator.js';
import { simple, startup } from './peers.js';
import { ServerUnderTest } from './server-under-test.js';
import { tables } from './synthetic-table.js';

const streams = 4;
const seconds = 3;

/** What streams: rows of numbers and text, and rows of long arrays, each of which is made at once. */
const contents = [
  { table: 'synthetic', rows: 10_000_000, query: 'SELECT * FROM synthetic', of: '' },
  {
    table: 'lists',
    rows: tables.lists.rows,
    query: 'SELECT * FROM lists LIMIT 10000000',
    of: ' of 10,000 numbers a row',
  },
] as const;

/** How long others wait while big results stream. */
export const streamingBystander: Benchmark = {
  name: 'streaming-bystander',
  title: `SELECT 1, one client, while ${streams} results of 10,000,000 rows stream`,
  async measure() {
    const measures: Measure[] = [];
    for (const { table, rows, query, of } of contents) {
      await using server = await ServerUnderTest.start(table, rows);
      await using load = new LoadGenerator();
      for (const format of ['text', 'binary'] as const) {
        const clients = await Promise.all(Array.from({ length: streams }, () => DrainClient.connect(server.address)));
        const gone = clients.map((client) => client.drain(query, { format }).catch(() => undefined));
        const { port } = server.address;
        const { waits } = await load.run({ kind: 'waiting', port, startup, frames: simple.frames, seconds });
        for (const client of clients) client.destroy();
        await Promise.all(gone);
        const { p50, p99, longest } = waits ?? { p50: Number.NaN, p99: Number.NaN, longest: Number.NaN };
        measures.push(timeMeasure(`${format}${of}: 99 of 100 answers come within`, p99, bars.bystander));
        measures.push({
          what: `${format}${of}: half, and all`,
          value: `${p50.toFixed(1)} ms, ${longest.toFixed(1)} ms`,
        });
      }
    }
    return measures;
  },
};
