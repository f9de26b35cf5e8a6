import { FIRST_USER_OID, type RelationRow } from '@riffq/catalog';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { serve } from '../src/index.js';
import { connectTo, ServedDatabases, twoDatabases } from './two-databases.js';

const integer = 23;
/** What the source has in PostgreSQL's own schemas. */
let relations: Readonly<Record<string, readonly string[]>> = {};
/** What they say of their column. */
let comment: string | null = null;

function rowsOf(schema: string): readonly RelationRow[] {
  return (relations[schema] ?? []).map((name, at) => {
    const oid = FIRST_USER_OID + 1000 * schema.length + 10 * at;
    return {
      ...{ oid, reltypeOid: oid + 1, name, kind: 'view', definition: 'SELECT 1' },
      columns: [{ name: 'own', typeOid: integer, nullable: false, comment }],
    };
  });
}

const source = twoDatabases({
  schemas: () =>
    Object.keys(relations).map((name) => ({ oid: name === 'pg_catalog' ? 11 : FIRST_USER_OID + 10, name })),
  relations: rowsOf,
});

let served: ServedDatabases;
let client: pg.Client;
let bystander: pg.Client;

beforeAll(async () => {
  served = await ServedDatabases.open(source);
  ({ client, bystander } = served);
});
afterAll(() => served[Symbol.asyncDispose]());
beforeEach(() => {
  relations = {};
});

const rows = async (sql: string, by = client): Promise<unknown> => (await by.query(sql)).rows;
const columnsOf = (schema: string, name: string): string =>
  `SELECT column_name FROM information_schema.columns WHERE table_schema = '${schema}' AND table_name = '${name}'`;
const attributesOf = (name: string): string =>
  `SELECT attname FROM pg_attribute WHERE attrelid = '${name}'::regclass AND attnum > 0`;

test('a view of PostgreSQL is replaced as long as the source has one of its name', async () => {
  const sql = 'SELECT count(*) > 0 AS some FROM pg_catalog.pg_tables';
  expect(await rows(sql)).toEqual([{ some: true }]);
  relations = { pg_catalog: ['pg_tables'] };
  expect(await rows(sql)).toEqual([{ asked: sql }]);
  expect(await rows('SELECT * FROM pg_tables')).toEqual([{ asked: 'SELECT * FROM pg_tables' }]);
  expect(await rows(attributesOf('pg_catalog.pg_tables'))).toEqual([{ attname: 'own' }]);
  expect(await rows(columnsOf('pg_catalog', 'pg_tables'))).toEqual([{ column_name: 'own' }]);
  const places = "SELECT count(*)::int AS places FROM pg_class WHERE relname = 'pg_tables' AND relnamespace <> 99";
  expect(await rows(places)).toEqual([{ places: 1 }]);
  await expect(client.query('SELECT * FROM pg_tables, pg_class')).rejects.toMatchObject({ code: '0A000' });
  expect(await rows(sql, bystander)).toEqual([{ some: true }]);
  relations = {};
  expect(await rows(sql)).toEqual([{ some: true }]);
  expect(await rows(attributesOf('pg_catalog.pg_tables'))).toContainEqual({ attname: 'tablename' });
});

test('what takes its place may change', async () => {
  relations = { pg_catalog: ['pg_tables', '_int4'] };
  for (comment of ['one', 'other', null]) {
    expect(await rows("SELECT col_description('pg_catalog.pg_tables'::regclass, 1) AS comment")).toEqual([{ comment }]);
    expect(await rows(attributesOf('pg_catalog._int4'))).toEqual([{ attname: 'own' }]);
  }
  relations = {};
  expect(await rows("SELECT '_int4'::regtype::oid::int AS oid, '{1}'::_int4 AS array")).toEqual([
    { oid: 1007, array: [1] },
  ]);
  expect(await rows(attributesOf('pg_catalog.pg_tables'))).toContainEqual({ attname: 'tablename' });
});

test('a statement over it keeps its statement_timeout, also before PostgreSQL runs', async () => {
  relations = { pg_catalog: ['pg_tables'] };
  await using fresh = await serve({
    address: '127.0.0.1:0',
    query: (_sql, { signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    catalog: source,
  });
  const asking = await connectTo(fresh, 'shop');
  await asking.query('SET statement_timeout = 100');
  await expect(asking.query('SELECT * FROM pg_catalog.pg_tables')).rejects.toMatchObject({ code: '57014' });
  await asking.end();
});

test('so are views that others are made of', async () => {
  const views = ['tables', 'columns', 'domains', 'sql_features', 'role_table_grants', 'table_privileges'];
  relations = { pg_catalog: ['pg_stat_activity', 'pg_roles', 'pg_settings', 'pg_views'], information_schema: views };
  for (const name of ['information_schema.tables', 'pg_stat_activity', 'pg_roles', 'information_schema.sql_features']) {
    expect(await rows(`SELECT * FROM ${name}`)).toEqual([{ asked: `SELECT * FROM ${name}` }]);
    expect(await rows(attributesOf(name))).toEqual([{ attname: 'own' }]);
  }
  const others = `SELECT (SELECT count(*) FROM information_schema.schemata) > 0 AS schemata, (SELECT count(*) FROM pg_matviews) AS matviews,
    (SELECT count(*) FROM pg_stat_replication) AS replicas, (SELECT count(*) FROM pg_user) > 0 AS users,
    (SELECT count(*) FROM information_schema.element_types) AS elements, current_setting('work_mem') AS memory`;
  expect(await rows(others)).toEqual([
    { schemata: true, matviews: '0', replicas: '0', users: true, elements: expect.any(String), memory: '4MB' },
  ]);
});

test('a relation with a name of its own in a schema of PostgreSQL is the handler’s', async () => {
  relations = { pg_catalog: ['pg_of_mine'] };
  expect(await rows('SELECT * FROM pg_catalog.pg_of_mine')).toEqual([{ asked: 'SELECT * FROM pg_catalog.pg_of_mine' }]);
  expect(await rows(attributesOf('pg_of_mine'))).toEqual([{ attname: 'own' }]);
});

test.each(['pg_class', 'pg_authid', 'pg_database', 'pg_class_oid_index'])(
  'the system table %s cannot be replaced, and the client is told so',
  async (name) => {
    relations = { pg_catalog: ['pg_tables', name] };
    for (const sql of [`SELECT * FROM pg_catalog.${name}`, 'SELECT count(*) FROM pg_type', 'SELECT version()']) {
      await expect(client.query(sql)).rejects.toMatchObject({
        code: '42P07',
        message: `relation "pg_catalog.${name}" of the catalog source has the name of a system table`,
        hint: expect.stringContaining('can be replaced'),
      });
      expect(await rows('SELECT count(*) > 0 AS some FROM pg_class', bystander)).toEqual([{ some: true }]);
    }
    expect(await rows('SELECT 1')).toEqual([{ asked: 'SELECT 1' }]);
    relations = {};
    expect(await rows('SELECT count(*) > 0 AS some FROM pg_class')).toEqual([{ some: true }]);
  },
);
