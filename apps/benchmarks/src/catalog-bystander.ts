import { setTimeout } from 'node:timers/promises';
import { RawClient } from '@riffq/testing';
import pg from 'pg';
import { serialize } from 'pg-protocol';
import { bars } from './bars.js';
import { type Benchmark, type Measure, timeMeasure } from './benchmark.js';
import { ChildProgram } from './child-program.js';
import { describeOrders } from './describe-table.js';
import type { ServerReport, UsageRequest } from './report-usage.js';
import { isReport } from './server-under-test.js';
import { type Waits, waitsOf } from './waits.js';

const database = 'shop';
const user = 'bench';
const seconds = 3;
const pauseBetweenAnswers = 5;

/** How long others wait for the catalog while one session hangs in it. */
export const catalogBystander: Benchmark = {
  name: 'catalog-bystander',
  title:
    "psql's \\d of a table, one client, while another has suspended a portal over pg_class in a block and reads no more",
  async measure() {
    await using program = new ChildProgram<UsageRequest, ServerReport>('catalog-program', [database], isReport);
    const report = await program.report();
    if (!('port' in report)) throw new Error('the program tells no port');
    const { port } = report;
    const client = new pg.Client({ host: '127.0.0.1', port, user, database });
    await client.connect();
    const alone = await describeAgainAndAgain(client);
    const hanging = await hang(port);
    const beside = await describeAgainAndAgain(client);
    hanging.reset();
    await client.end();
    return [
      timeMeasure('99 of 100 come within', beside.p99, bars.catalogBystander),
      others('the best, half, and all', beside),
      others('the best, half, and all, alone', alone),
    ];
  },
};

async function describeAgainAndAgain(client: pg.Client): Promise<Waits> {
  await describeOrders(client);
  const times: number[] = [];
  for (const end = performance.now() + seconds * 1000; performance.now() < end; ) {
    const asked = performance.now();
    await describeOrders(client);
    times.push(performance.now() - asked);
    await setTimeout(pauseBetweenAnswers);
  }
  return waitsOf(times);
}

/** In a block, one portal that has given a row, and another with more rows than anybody takes. */
async function hang(port: number): Promise<RawClient> {
  const client = await RawClient.connect({ port }, { user, database });
  await client.ask(serialize.query('BEGIN'));
  portal(client, 'suspended', 'SELECT relname FROM pg_class ORDER BY oid', 1);
  await client.until('PortalSuspended');
  portal(client, 'unread', 'SELECT c.* FROM pg_class c, generate_series(1, 200)', 0);
  await client.skipUntil('DataRow');
  client.pauseReading();
  return client;
}

function portal(client: RawClient, name: string, sql: string, rows: number): void {
  client.send(
    serialize.parse({ text: sql }),
    serialize.bind({ portal: name }),
    serialize.execute({ portal: name, rows }),
    serialize.flush(),
  );
}

function others(what: string, { best, p50, longest }: Waits): Measure {
  return { what, value: [best, p50, longest].map((time) => `${time.toFixed(1)} ms`).join(', ') };
}
