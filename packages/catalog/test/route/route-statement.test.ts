import { describe, expect, test } from 'vitest';
import { routeStatement } from '../../src/index.js';
import { names, routeOf } from './routes.js';

test('what ends other sessions, or tells what they do, and reads nothing else, is told apart', async () => {
  const context = { searchPath: ['public'], relationExists: () => false };
  const routeOf = (sql: string) => routeStatement(sql, context);
  for (const sql of [
    'select pg_cancel_backend(pid) from pg_stat_activity',
    "select pg_terminate_backend(a.pid) from pg_stat_activity a join pg_catalog.pg_roles r on r.oid = a.usesysid where query ~ 'x'",
    'select pg_cancel_backend(1 + 1)',
    'select pid, state from pg_stat_activity a left join pg_stat_ssl using (pid)',
  ]) {
    expect(await routeOf(sql)).toEqual({ kind: 'catalog', reachesSessions: true });
  }
  for (const sql of [
    "select pid from pg_stat_activity where query <> 'orders'::regclass::text",
    'select rolname from pg_roles',
    'select pg_cancel_backend(pid) from pg_stat_activity where datname in (select relname from pg_class)',
  ]) {
    expect(await routeOf(sql)).toEqual({ kind: 'catalog' });
  }
});

test('settings that are asked for by name are told, wherever they stand', async () => {
  const route = (sql: string) => routeStatement(sql, { searchPath: ['public'], relationExists: () => false });
  expect(await route("select current_setting('threads'), pg_catalog.current_setting('my.own'::text, true)")).toEqual({
    kind: 'catalog',
    settings: ['threads', 'my.own'],
  });
  for (const sql of [
    "select current_setting(name) from pg_settings -- current_setting('threads')",
    "select relname from pg_class where relname = 'current_setting(''threads'')'",
  ]) {
    expect(await route(sql)).toEqual({ kind: 'catalog' });
  }
});

describe('the catalog answers', () => {
  test.each([
    'select relname from pg_catalog.pg_class',
    'SELECT * FROM PG_CLASS',
    'table pg_class;',
    '/* a tool */ -- that comments\n select 1 from pg_type',
    '((select oid from pg_type))',
    'values ((select count(*) from pg_class))',
    'select * from information_schema.tables',
    'select * from shop.pg_catalog.pg_class',
    'select * from pg_toast.pg_toast_2619',
    'with t as (select oid from pg_class) select * from t join pg_namespace n on n.oid = t.oid',
    'with recursive t as (select 1 as n union all select n + 1 from t where n < (select count(*) from pg_am)) select * from t',
    'select (select count(*) from pg_class), exists (select from pg_type)',
    'select 1 union all select oid from pg_class',
    'explain (analyze, costs off) select * from pg_class',
    "select * from pg_class where relname = any ($1) and oid = 'x'::regclass",
    'select nope from pg_class',
  ])('a read of its tables: %s', async (sql) => {
    expect(await routeOf(sql)).toBe('catalog');
  });

  test.each([
    'select version()',
    'select pg_catalog.version()',
    'select current_user',
    'select user, session_user, current_role, current_catalog, system_user',
    'select current_schema',
    'select current_schemas(true)',
    'select current_database()',
    "select set_config('jit', $1, false), current_setting('jit')",
    'select set_config($1, $2::text, $3)',
    'select set_config($1::text, $2, true)',
    "select set_config(name, 'view', false) from pg_settings where name = 'restrict_nonsystem_relation_kind'",
    "select 'orders'::regclass::oid",
    "select cast('orders' as regclass)",
    "select 'int4'::pg_catalog.regtype",
    "select regclass 'orders'",
    "select '{orders}'::regclass[]",
    "select to_regclass('public.orders')",
    'select format_type(1700, 655366)',
    'select pg_backend_pid()',
    'select * from pg_get_keywords()',
    "select has_table_privilege('orders', 'select')",
    'select n from generate_series(1, 3) n where n < pg_backend_pid()',
    "select obj_description('orders'::regclass)",
    'select inet_client_addr()',
    'select pg_typeof(1)',
  ])('a statement without tables that asks about the server: %s', async (sql) => {
    expect(await routeOf(sql)).toBe('catalog');
  });

  test('a NULL of the row type of a table, qualified or not', async () => {
    const context = names(['shop.orders', 'public.users']);
    expect(await routeOf('select null::shop.orders, $1::int4range', context)).toBe('catalog');
    expect(await routeOf('select cast(null as users)', context)).toBe('catalog');
    expect(await routeOf('select null::shop.nothing', context)).toBe('handler');
    expect(await routeOf('select null::int', context)).toBe('handler');
  });
});

describe('the handler answers', () => {
  test.each([
    '',
    'select 1',
    "select 'pg_class'",
    "select 'a' as version",
    'select now(), current_date, current_timestamp',
    'select extract(year from $1::date) as pg_year',
    "select trim('x') as pg_trimmed",
    'select * from pg_flights',
    'select * from generate_series(1, 3) as pg_numbers',
    'select pg_sleep(1)',
    'values (1), (2)',
  ])('what is no business of the catalog: %s', async (sql) => {
    expect(await routeOf(sql)).toBe('handler');
  });

  test.each([
    'select * from orders where owner = current_user',
    "select pg_typeof(price), format_type(1, 2), 'x'::regclass from orders",
    'select version() from orders',
    'with pg_class as (select * from orders) select * from pg_class',
    'select (select count(*) from shop.orders), version()',
  ])('a statement over tables of the user, whatever functions it calls: %s', async (sql) => {
    expect(await routeOf(sql)).toBe('handler');
  });

  test.each([
    'from pg_class select relname',
    'pivot pg_class on relname',
    'select * exclude (oid) from pg_class',
    'select version() from (select',
    `select version(), ${'('.repeat(15_000)}1${')'.repeat(15_000)}`,
    `select version(), ${'1+'.repeat(15_000)}1`,
    `select version(), ${'not '.repeat(8_000)}true`,
    "select * from pg_class where relname = '\0'",
    "select version(), '\ud800'",
  ])('what the parser does not understand (%#)', async (sql) => {
    expect(await routeOf(sql)).toBe('handler');
  });
});

test('tables of the user and of the catalog in one statement are refused with what to do', async () => {
  const route = await routeStatement('select * from pg_class c join shop.orders o on o.id = c.oid', names());
  expect(route).toMatchObject({
    kind: 'refused',
    error: {
      sqlstate: '0A000',
      message: 'cannot query "pg_class" of the system catalog and "orders" in one statement',
      fields: { hint: 'Query the system catalog and the tables in two statements.' },
    },
  });
});

describe('names without a schema', () => {
  const hidden = names(['shop.pg_class', 'shop.tables'], ['shop', 'pg_catalog', 'information_schema']);

  test('are the catalog’s before the user’s', async () => {
    expect(await routeOf('select * from pg_class', names(['public.pg_class']))).toBe('catalog');
  });

  test('are the user’s where the search path has those first', async () => {
    expect(await routeOf('select * from pg_class', hidden)).toBe('handler');
    expect(await routeOf('select * from tables, version()', hidden)).toBe('handler');
    expect(await routeOf('select * from pg_type', hidden)).toBe('catalog');
    expect(await routeOf('select * from pg_catalog.pg_class', hidden)).toBe('catalog');
  });

  test('are found in information_schema when that is in the search path', async () => {
    const sql = 'select * from tables where table_schema <> current_schema';
    expect(await routeOf(sql)).toBe('handler');
    expect(await routeOf(sql, names([], ['public', 'information_schema']))).toBe('catalog');
    expect(await routeOf(sql, names(['public.tables'], ['public', 'information_schema']))).toBe('handler');
  });

  test('fold to lower case unless they are quoted', async () => {
    expect(await routeOf('select * from Pg_Class')).toBe('catalog');
    expect(await routeOf('select * from "PG_CLASS"')).toBe('handler');
    expect(await routeOf('select * from "pg_class"')).toBe('catalog');
  });

  test('may be asked for asynchronously', async () => {
    const context = { ...hidden, relationExists: async () => true };
    expect(await routeOf('select * from pg_class', context)).toBe('handler');
  });
});

describe('a common table expression', () => {
  test.each([
    [
      'hides a table of the catalog',
      'with pg_class as (select 1 as oid) select oid, version() from pg_class',
      'catalog',
    ],
    ['is no table of the user', 'with t as (select oid from pg_class) select * from t', 'catalog'],
    [
      'is seen by those after it',
      'with a as (select oid from pg_class), b as (select * from a) select * from b',
      'catalog',
    ],
    ['is not seen outside', 'select * from (with t as (select 1) select * from t) x, t, pg_class', 'refused'],
    ['is not seen by itself', 'with t as (select * from t) select * from t, pg_class', 'refused'],
    [
      'is not seen by those before it',
      'with a as (select * from b), b as (select 1) select * from a, pg_class',
      'refused',
    ],
    [
      'is seen by all with RECURSIVE',
      'with recursive a as (select * from b), b as (select 1) select * from a, pg_class',
      'catalog',
    ],
    ['is seen in subqueries', 'with t as (select 1) select (select count(*) from t) from pg_class', 'catalog'],
    ['is not meant by a qualified name', 'with orders as (select 1) select * from shop.orders, pg_class', 'refused'],
  ])('%s', async (_, sql, expected) => {
    expect((await routeStatement(sql, names())).kind).toBe(expected);
  });
});
