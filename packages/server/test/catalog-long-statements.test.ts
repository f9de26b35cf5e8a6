import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BaseConnection, type QueryResult, RiffqServer } from '../src/index.js';
import { RecordingLogger } from './conversation.js';
import { portOf } from './listening.js';
import { slowestMeanwhile } from './slowest-meanwhile.js';

class Connection extends BaseConnection {
  override handleQuery(sql: string): QueryResult {
    return [{ asked: sql.length }];
  }
}

const server = new RiffqServer('127.0.0.1:0', Connection, { logger: new RecordingLogger() });

beforeAll(async () => {
  server.registerDatabase('shop');
  server.registerTable('shop', 'public', 'orders', [{ name: 'id', type: 'int', nullable: false }]);
  await server.listen({ catalogEmulation: true });
});
afterAll(() => server.close());

async function connected(user: string): Promise<pg.Client> {
  const client = new pg.Client({ host: '127.0.0.1', port: portOf(server), user, database: 'shop' });
  await client.connect();
  return client;
}

const oids = Array.from({ length: 180_000 }, (_, at) => 1_000_000_000 + at).join();
/** As pg_dump asks; nearly 2 MiB. */
const long = `select relname from unnest('{${oids}}'::oid[]) as asked(oid) right join pg_class using (oid) where relname = 'orders'`;

test('a statement of 2 MB is answered, by both protocols, and others go on meanwhile', {
  timeout: 60_000,
}, async () => {
  const [alice, bystander] = await Promise.all([connected('alice'), connected('bystander')]);
  const { done, slowest } = await slowestMeanwhile(bystander, async () => {
    const simple = await alice.query(long);
    const extended = await alice.query(`${long} and relkind = $1`, ['r']);
    return [simple.rows, extended.rows];
  });
  expect(done).toEqual([[{ relname: 'orders' }], [{ relname: 'orders' }]]);
  expect(slowest.handler).toBeLessThan(1000);
  // PostgreSQL itself answers one after another.
  expect(slowest.catalog).toBeLessThan(10_000);
  await Promise.all([alice.end(), bystander.end()]);
});

test('a long statement over tables is the handler’s, whatever words are in it', async () => {
  const client = await connected('alice');
  const sql = `select version from orders where id = any ('{${oids}}')`;
  expect((await client.query(sql)).rows).toEqual([{ asked: String(sql.length) }]);
  await client.end();
});
