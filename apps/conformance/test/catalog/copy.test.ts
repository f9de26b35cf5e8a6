import { buffer } from 'node:stream/consumers';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { expect, test } from 'vitest';
import type { ServerAddress } from '../../src/client.js';
import { shopForTests } from './shop-for-tests.js';

const live = shopForTests();

async function copied(address: ServerAddress, sql: string): Promise<Buffer> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    return await buffer(client.query(copyTo(sql)));
  } finally {
    await client.end();
  }
}

// DuckDB's ATTACH, for one, reads the catalog so.
const queries = [
  `SELECT c.oid, relname, relkind, relnatts::int4, relhasindex, reltuples, c.oid::regclass, obj_description(c.oid)
   FROM pg_catalog.pg_class c WHERE relnamespace = 'shop'::regnamespace AND reltype > 0 ORDER BY c.oid`,
  `SELECT attname, atttypid, atttypmod, attnotnull, format_type(atttypid, atttypmod), ARRAY[attnum]
   FROM pg_attribute WHERE attrelid = 'shop.orders'::regclass AND attnum > 0 ORDER BY attnum`,
  'SELECT typname FROM pg_type WHERE false',
];

test.for(queries.flatMap((query) => ['text', 'csv', 'binary'].map((format) => ({ format, query }))))(
  'COPY in $format of $query is what PostgreSQL gives',
  async ({ format, query }) => {
    const sql = `COPY (${query}) TO STDOUT (FORMAT ${format})`;
    expect(await copied(live().ours, sql)).toEqual(await copied(live().theirs, sql));
  },
);

test('COPY of a catalog table gives its rows', async () => {
  const sql = 'COPY pg_catalog.pg_am (amname) TO STDOUT';
  expect((await copied(live().ours, sql)).toString()).toBe((await copied(live().theirs, sql)).toString());
});

test('COPY of what PostgreSQL does not know is its error, and a good one follows', async () => {
  await expect(copied(live().ours, 'COPY (SELECT nope FROM pg_class) TO STDOUT')).rejects.toMatchObject({
    code: '42703',
    position: '14',
  });
  await expect(copied(live().ours, "COPY (SELECT 'x'::regclass) TO STDOUT")).rejects.toMatchObject({ code: '42P01' });
});

test('COPY of user tables is still the handler’s', async () => {
  expect((await copied(live().ours, 'COPY (SELECT 1) TO STDOUT')).toString()).toBe('SELECT 1\n');
});
