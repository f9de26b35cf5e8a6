import { FIRST_USER_OID } from '@riffq/catalog';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BaseConnection, type QueryResult, RiffqServer } from '../src/index.js';
import { RecordingLogger } from './recording-logger.js';
import { connectTo, ServedDatabases } from './two-databases.js';

const long = 'ä'.repeat(35);
/** As PostgreSQL has it: 62 bytes, for the next character would be more than 63. */
const kept = 'ä'.repeat(31);

class Connection extends BaseConnection {
  override handleQuery(): QueryResult {
    return [{ database: this.session.database }];
  }
}

const registered = new RiffqServer('127.0.0.1:0', Connection, { logger: new RecordingLogger() });

beforeAll(async () => {
  registered.registerDatabase(long);
  registered.registerTable(long, 'public', 'orders', [{ name: 'id', type: 'int', nullable: false }]);
  await registered.listen({ catalogEmulation: true });
});
afterAll(() => registered.close());

const question = "SELECT current_database(), count(*)::int AS tables FROM pg_class WHERE relname = 'orders'";

test.each([long, kept])('a database has its long name, and the one that it is listed with: %s', async (name) => {
  const client = await connectTo(registered, name);
  expect((await client.query('SELECT datname FROM pg_database')).rows).toEqual([{ datname: kept }]);
  expect((await client.query(question)).rows).toEqual([{ current_database: kept, tables: 1 }]);
  // The handler knows it by its own.
  expect((await client.query('SELECT 5')).rows).toEqual([{ database: long }]);
  await client.end();
  await expect(connectTo(registered, kept.slice(1))).rejects.toMatchObject({ code: '3D000' });
});

test('so it is with live sources', async () => {
  await using served = await ServedDatabases.open({
    databases: () => ['shop', 'other', long].map((name, at) => ({ oid: FIRST_USER_OID + at, name })),
    schemas: (database) => (database === long ? [{ oid: 30_000, name: 'public' }] : []),
    relations: () => [{ oid: 30_010, reltypeOid: 30_011, name: 'orders' }],
    columns: () => [],
  });
  const client = await connectTo(served.server, kept);
  expect((await client.query(question)).rows).toEqual([{ current_database: kept, tables: 1 }]);
  await client.end();
});
