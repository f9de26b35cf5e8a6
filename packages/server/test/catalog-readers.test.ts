import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RiffqServer, serve } from '../src/index.js';
import { bind, execute, flush, parse, query } from './frames.js';
import { Frontend } from './frontend.js';
import { portOf } from './listening.js';

/** Milliseconds that nobody waits for another, on a machine however busy; the benchmarks have the figure. */
const patience = 2000;
/** The heart of psql's `\d`. */
const describeTable = `SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull
  FROM pg_catalog.pg_attribute a WHERE a.attrelid = 'pg_class'::regclass AND a.attnum > 0 ORDER BY a.attnum`;

let server: RiffqServer;

beforeAll(async () => {
  server = await serve({ address: '127.0.0.1:0', query: () => [{ answer: 42 }] });
});
afterAll(() => server.close());

async function describedInTime(): Promise<void> {
  const client = new pg.Client({ host: '127.0.0.1', port: portOf(server), user: 'alice', database: 'shop' });
  await client.connect();
  await client.query(describeTable);
  const asked = performance.now();
  expect((await client.query(describeTable)).rows[0]).toEqual({ attname: 'oid', format_type: 'oid', attnotnull: true });
  expect(performance.now() - asked).toBeLessThan(patience);
  await client.end();
}

test('who suspends a portal over pg_class in a block holds up nobody, and reads on afterwards', async () => {
  const client = await Frontend.connect(portOf(server));
  await client.start();
  await client.ask(query('BEGIN'));
  client.send(parse('SELECT relname FROM pg_class ORDER BY oid'), bind(), execute('', 1), flush());
  expect(await client.until('PortalSuspended', 'ErrorResponse')).toContain('PortalSuspended');
  await describedInTime();
  client.send(execute('', 1), flush());
  expect(await client.until('PortalSuspended', 'ErrorResponse')).toContain('PortalSuspended');
  client.reset();
});

test('who stops reading a large answer of the catalog holds up nobody', async () => {
  const client = await Frontend.connect(portOf(server));
  await client.start();
  client.stream.pause();
  client.send(query('SELECT a.* FROM pg_attribute a, generate_series(1, 20)'));
  await describedInTime();
  client.reset();
});
