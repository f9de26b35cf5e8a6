import net from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { FIRST_USER_OID, type LazyCatalogSource } from '@riffq/catalog';
import { cancelRequest } from '@riffq/testing';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RiffqServer, serve } from '../src/index.js';
import { portOf } from './listening.js';

const endless = 'WITH RECURSIVE r AS (SELECT 1 UNION ALL SELECT 1 FROM r) SELECT count(*) FROM r, pg_class';
/** What psql asks first for `\d pg_am`. */
const describing = `SELECT c.oid, n.nspname, c.relname FROM pg_catalog.pg_class c
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relname OPERATOR(pg_catalog.~) '^(pg_am)$' COLLATE pg_catalog.default AND pg_catalog.pg_table_is_visible(c.oid)`;
const described = [{ oid: 2601, nspname: 'pg_catalog', relname: 'pg_am' }];

let server: RiffqServer;
/** Milliseconds that the source takes for the next pull. */
let pull = 0;

const source: LazyCatalogSource = {
  databases: () => ['shop', 'other'].map((name, at) => ({ oid: FIRST_USER_OID + at, name })),
  schemas: async () => {
    await setTimeout(pull);
    return [];
  },
  relations: () => [],
  columns: () => [],
};

beforeEach(async () => {
  pull = 0;
  server = await serve({
    address: '127.0.0.1:0',
    query: () => [{ answer: 42 }],
    catalog: source,
    // Longer than any test: nothing here ends because others wait.
    catalogOptions: { statementTimeout: 60_000, sharedTimeout: 60_000 },
  });
});
afterEach(() => server.close());

async function connected(database = 'shop'): Promise<pg.Client> {
  const client = new pg.Client({ host: '127.0.0.1', port: portOf(server), user: 'alice', database });
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** Asks the same of a database all the time; the function given back tells the answers that were wrong. */
function watch(client: pg.Client): () => Promise<readonly unknown[]> {
  const wrong: unknown[] = [];
  let leaving = false;
  const looking = (async () => {
    while (!leaving) {
      const rows = await client.query(describing).then((answer) => answer.rows);
      if (JSON.stringify(rows) !== JSON.stringify(described)) wrong.push(rows);
    }
  })();
  return async () => {
    leaving = true;
    await looking;
    return wrong;
  };
}

test('the start of PostgreSQL, and the pull for it, are not the time of the statement that needs it', async () => {
  const client = await connected();
  await client.query('SET statement_timeout = 1000');
  pull = 1500;
  expect((await client.query(describing)).rows).toEqual(described);
  await expect(client.query(describing)).rejects.toMatchObject({ code: '57014' });
  await client.end();
});

test('after a statement that was ended, and PostgreSQL with it, the next ones are answered', async () => {
  const [client, neighbour, bystander] = await Promise.all([connected(), connected(), connected('other')]);
  await Promise.all([client.query(describing), bystander.query(describing)]);
  const unharmed = watch(bystander);
  for (const asking of [client, neighbour]) await asking.query('SET statement_timeout = 500');
  await expect(client.query(endless)).rejects.toMatchObject({
    code: '57014',
    message: 'canceling statement due to statement timeout',
  });
  const answers = await Promise.all([client.query(describing), neighbour.query(describing)]);
  expect(answers.map(({ rows }) => rows)).toEqual([described, described]);
  expect(await unharmed()).toEqual([]);
  await Promise.all([client, neighbour, bystander].map((each) => each.end()));
});

test('who waits for the start can be cancelled', async () => {
  const client = await connected();
  pull = 5000;
  const asked = client.query(describing).catch(({ code }: pg.DatabaseError) => code);
  const key = Buffer.alloc(8);
  key.writeInt32BE(Reflect.get(client, 'processID'), 0);
  key.writeInt32BE(Reflect.get(client, 'secretKey'), 4);
  const began = performance.now();
  net.connect(portOf(server), '127.0.0.1').end(cancelRequest(key));
  expect(await asked).toBe('57014');
  expect(performance.now() - began).toBeLessThan(4000);
  await client.end();
});

test.each([
  ['pg_cancel_backend', '57014'],
  ['pg_terminate_backend', '57P01'],
])('%s of those that pg_stat_activity finds does not wait for what it ends', async (name, code) => {
  const [client, other, bystander] = await Promise.all([connected(), connected(), connected('other')]);
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
  await bystander.query(describing);
  const unharmed = watch(bystander);
  const ended = client.query(endless).then(
    () => 'answered',
    (error: pg.DatabaseError) => error.code,
  );
  const sql = `SELECT ${name}(pid) AS done FROM pg_stat_activity
    WHERE query LIKE 'WITH RECURSIVE%' AND usename = current_user AND pid = $1`;
  expect((await other.query(sql, [rows[0]?.pid])).rows).toEqual([{ done: true }]);
  expect(await ended).toBe(code);
  expect((await other.query(describing)).rows).toEqual(described);
  expect(await unharmed()).toEqual([]);
  await Promise.all([client, other, bystander].map((each) => each.end().catch(() => {})));
});
