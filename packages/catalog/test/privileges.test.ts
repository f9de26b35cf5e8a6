import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Catalog, createCatalog } from '../src/index.js';
import { openShop, type Shop } from './shop.js';

/** What a source says is in it: anybody may read that. */
const openHere = ['function pg_config()', 'relation pg_config'];

/** What the client may call or read, and the rights of other roles that it has. */
const privileges = `
  SELECT 'function ' || oid::regprocedure FROM pg_proc
  WHERE pronamespace = 'pg_catalog'::regnamespace AND has_function_privilege(oid, 'EXECUTE')
  UNION ALL
  SELECT 'relation ' || oid::regclass FROM pg_class
  WHERE relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) AND relkind IN ('r', 'v')
    AND has_table_privilege(oid, 'SELECT')
  UNION ALL
  SELECT 'column ' || attrelid::regclass || '.' || attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
  WHERE relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) AND relkind IN ('r', 'v')
    AND attnum > 0 AND has_column_privilege(attrelid, attnum, 'SELECT') AND NOT has_table_privilege(attrelid, 'SELECT')
  UNION ALL
  SELECT 'role ' || rolname FROM pg_roles
  WHERE starts_with(rolname, 'pg_') AND rolname <> 'pg_database_owner' AND pg_has_role(oid, 'USAGE')`;

let shop: Shop;
let catalog: Catalog;

beforeAll(async () => {
  shop = await openShop(inject('oracle'), { likeTheEngine: false });
  catalog = createCatalog({ content: async () => shop.content });
});

afterAll(async () => {
  await catalog?.close();
  await shop?.[Symbol.asyncDispose]();
});

async function here(sql: string): Promise<readonly unknown[]> {
  const result = await catalog.query(sql, [], { user: shop.user, database: shop.database });
  return result.textRows().map(([value]) => value);
}

async function there(sql: string): Promise<readonly unknown[]> {
  const { rows } = await shop.client.query<[unknown]>({ text: sql, rowMode: 'array' });
  return rows.map(([value]) => value);
}

test('a client may do nothing that PostgreSQL refuses, and read all that it lets everybody read', async () => {
  const theirs = new Set(await there(privileges));
  const ours = new Set(await here(privileges));
  expect([...ours].filter((each) => !theirs.has(each)).sort()).toEqual(openHere);
  const relations = [...theirs].filter((each) => !String(each).startsWith('function '));
  expect(
    relations.filter((each) => !ours.has(each) && !openHere.includes(`relation ${String(each).split(/[ .]/)[1]}`)),
  ).toEqual([]);
});

describe('what it is refused', () => {
  test.each([
    "select name, ident from pg_backend_memory_contexts where name = 'RegexpMemoryContext'",
    'select count(*) from pg_get_backend_memory_contexts()',
    'select count(*) from pg_shmem_allocations',
    'select count(*) from pg_shmem_allocations_numa',
    'select count(*) from pg_get_shmem_allocations()',
    'select count(*) from pg_aios',
    'select count(*) from pg_get_aios()',
    'select subconninfo from pg_subscription',
    "select pg_tablespace_size('pg_global')",
  ])('%s', async (sql) => {
    const theirs = await shop.client.query(sql).catch((error: unknown) => error);
    await expect(here(sql)).rejects.toMatchObject({ sqlstate: '42501' });
    expect(theirs).toMatchObject({ code: '42501' });
  });
});
