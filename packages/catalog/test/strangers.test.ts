import { isPgError } from '@riffq/wire';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Catalog, type CatalogSession, createCatalog, type SessionActivity } from '../src/index.js';
import { Bystander } from './bystander.js';
import { contentOf } from './made-up-content.js';

const mallory = { user: 'mallory', database: 'shop' };

/** What a hostile client sends, by the SQLSTATE that it is refused with. */
const refused: Readonly<Record<string, readonly string[]>> = {
  '0A000': [
    'insert into pg_class select * from pg_class',
    '/* select */ drop table x',
    '-- select\ndrop table x',
    '--select\rdrop table x',
    '/*/* */select*/ set role pg_riffq',
    'set session authorization pg_riffq',
    'reset role',
    'commit',
    'do $$begin end$$',
    'prepare p as select 1',
    'execute p',
    'declare c cursor for select 1',
    'copy pg_class to stdout',
    'copy pg_class from stdin',
    "copy (select 1) to program 'ls'",
    'listen x',
    'vacuum',
    'analyze pg_class',
    'lock pg_class',
    'discard all',
    'call x()',
    'create temp table t (a int)',
    "load 'plpgsql'",
    '',
    '--',
    'with x as (insert into pg_am select * from pg_am returning 1) select * from x',
    "with x as (update pg_class set relname = 'x' returning 1) select * from x",
    'select * into t from pg_class',
    'explain analyze insert into pg_am select * from pg_am',
    'select * from pg_class for update',
    `select '\0'; drop table pg_class`,
    `select '\ud800'`,
    // The read-only transaction lets these make a table.
    'explain (analyze) create table zz as select * from pg_class',
    'explain analyze verbose create temp table zz as select 1',
    'EXPLAIN (ANALYZE, COSTS off) CREATE UNLOGGED TABLE zz AS SELECT 1',
    'explain (analyze) create table if not exists zz as select 1 with no data',
    'explain analyze create materialized view zz as select 1',
    'explain (analyze) select 1 as a into zz',
    'explain (analyze) select 1 as a into temp zz',
    'explain analyze (select 1 as a into zz union select 2)',
    'explain analyze with a as (select 1) select * into zz from a',
    '/* */ explain /*/* */*/ (analyze true) -- \n create table zz as values (1)',
    'explain (analyze) create table zz as execute p',
    'explain analyze execute p',
    'explain analyze declare c cursor for select 1',
    'explain (analyze) refresh materialized view zz',
  ],
  '42601': [
    'select 1; select 2',
    'rollback; select 1',
    'select 1; commit; drop table pg_class',
    'select 1;; set role pg_riffq',
    'select (',
    '\u00a0select 1',
    'explain (analyze) create table zz as explain select 1',
  ],
  '42501': [
    "select pg_toast.set_config('role', 'pg_riffq', true)",
    "select query_to_xml('set role pg_riffq', false, false, '')",
    "select * from ts_stat('select current_user')",
    'select pg_sleep(100)',
    'select pg_advisory_lock(1)',
    'select pg_try_advisory_lock_shared(1)',
    "select pg_read_file('PG_VERSION')",
    "select pg_ls_dir('/')",
    "select lo_import('/etc/passwd')",
    'select lo_create(0)',
    "select lo_from_bytea(0, 'x')",
    'select * from pg_authid',
    'select * from pg_shadow',
    'select pg_reload_conf()',
    'select pg_switch_wal()',
    'select pg_export_snapshot()',
    "select pg_logical_emit_message(false, 'a', 'b')",
    'select pg_stat_reset()',
    'select lastval()',
  ],
  '54001': [`select ${'1+'.repeat(20_000)}1`, `select '${'['.repeat(200_000)}${']'.repeat(200_000)}'::jsonb`],
};

let catalog: Catalog;
/** What is refused for its own sake must not run out of time first on a busy machine. */
let patient: Catalog;

beforeAll(() => {
  const source = { content: async (database: string) => contents[database]! };
  catalog = createCatalog(source, { statementTimeout: 2000 });
  patient = createCatalog(source, { statementTimeout: 20_000 });
});

afterAll(() => Promise.all([catalog.close(), patient.close()]));

const contents: Readonly<Record<string, ReturnType<typeof contentOf>>> = {
  shop: contentOf('shop'),
  other: contentOf('other'),
};

describe.each(Object.entries(refused))('refused with %s', (sqlstate, statements) => {
  test.each(statements.map((sql) => [sql.slice(0, 80), sql] as const))('%j', async (_, sql) => {
    const bystander = await Bystander.watch(patient, 'shop');
    await expect(patient.query(sql, [], mallory)).rejects.toMatchObject({ sqlstate });
    await bystander.expectUnharmed(20_000);
  });
});

describe('set_config makes nobody another one', () => {
  test.each([
    "set_config('role', 'pg_riffq', false)",
    "set_config('ROLE', 'pg_riffq', true)",
    "pg_catalog.set_config('role', 'pg_riffq', false)",
    "set_config('ro' || 'le', 'pg_riffq', false)",
    "set_config(U&'\\0072ole', 'pg_riffq', false)",
    "set_config('role'::text, 'pg_riffq', false)",
    "set_config(name, 'pg_riffq', name <> 'role') from (values ('role')) as names (name)",
  ])('%s', async (call) => {
    await expect(catalog.query(`select ${call}`, [], mallory)).rejects.toMatchObject({
      sqlstate: '42501',
      message: 'permission denied to set role "pg_riffq"',
    });
  });

  test('nor does session_authorization, or a role that there is not', async () => {
    const asked = (name: string, role: string, sessions?: CatalogSession['sessions']) =>
      catalog.query(`select set_config('${name}', '${role}', false)`, [], {
        ...mallory,
        ...(sessions && { sessions }),
      });
    await expect(asked('session_authorization', 'pg_riffq')).rejects.toMatchObject({
      sqlstate: '42501',
      message: 'permission denied to set session authorization "pg_riffq"',
    });
    await expect(asked('role', 'alice')).rejects.toMatchObject({
      sqlstate: '22023',
      message: 'role "alice" does not exist',
    });
    const alices: SessionActivity = {
      processId: 1,
      user: 'alice',
      database: 'shop',
      applicationName: '',
      details: null,
    };
    await expect(asked('role', 'alice', () => [alices])).rejects.toMatchObject({ sqlstate: '42501' });
  });

  test('to stay who one is, is a setting as any other', async () => {
    const sql =
      "select set_config('role', 'none', false), set_config('session_authorization', 'mallory', true), current_user";
    const result = await catalog.query(sql, [], mallory);
    expect(result.textRows()).toEqual([['none', 'mallory', 'mallory']]);
    expect(result.effects).toEqual([
      { kind: 'setting', name: 'role', value: 'none', local: false },
      { kind: 'setting', name: 'session_authorization', value: 'mallory', local: true },
    ]);
  });
});

test('a row that is longer than the answer may be is refused as any other answer', async () => {
  const bystander = await Bystander.watch(patient, 'shop');
  const row = 'select repeat($$x$$, 60000000), repeat($$y$$, 60000000) from pg_am limit 1';
  await expect(patient.query(row, [], { ...mallory, user: 'long_rows' })).rejects.toMatchObject({
    sqlstate: '54000',
    message: 'result of a catalog query is too large',
  });
  await bystander.expectUnharmed(20_000);
});

test.each(['[]', 'x', '[{"kind":"terminate","processId":7}]'])(
  'what a client has set as riffq.effects is no effect: %s',
  async (value) => {
    const settings = new Map([['riffq.effects', value]]);
    const asking = { ...mallory, settings };
    const { effects, ...result } = await catalog.query("select set_config('a.b', 'c', false)", [], asking);
    expect(result.rowCount).toBe(1);
    expect(effects).toEqual([{ kind: 'setting', name: 'a.b', value: 'c', local: false }]);
    expect((await catalog.query('select 1', [], asking)).effects).toEqual([]);
  },
);

test.each(['riffq.effects', 'RIFFQ.settings', 'riffq.sessions', 'riffq.version'])(
  'what the engine is told as %s is nothing that a client can ask for',
  async (name) => {
    const asked = catalog.query(`select current_setting('${name}')`, [], mallory);
    await expect(asked).rejects.toMatchObject({
      sqlstate: '42704',
      message: `unrecognized configuration parameter "${name}"`,
    });
    const missing = await catalog.query(`select current_setting('${name}', true)`, [], mallory);
    expect(missing.textRows()).toEqual([[null]]);
  },
);

test('no role that PostgreSQL keeps for itself is given to a client', async () => {
  for (const user of ['pg_riffq', 'pg_read_server_files']) {
    await expect(catalog.query('select 1', [], { user, database: 'shop' })).rejects.toMatchObject({
      sqlstate: '28000',
      message: `role "${user}" is not permitted to log in`,
    });
    await expect(catalog.requireUser(user)).rejects.toMatchObject({ sqlstate: '28000', severity: 'FATAL' });
  }
});

test('pg_notify tells nobody, and its effect is told to the session', async () => {
  const { effects } = await catalog.query("select pg_notify('a', 'b'), pg_notify('c', null)", [], mallory);
  expect(effects).toEqual([
    { kind: 'notify', channel: 'a', payload: 'b' },
    { kind: 'notify', channel: 'c', payload: '' },
  ]);
});

test('a name cannot leave its quotes', async () => {
  const user = `x"; SET SESSION AUTHORIZATION pg_riffq; SELECT '`;
  const { rowCount, ...result } = await catalog.query('select current_user::text', [], { user, database: 'shop' });
  expect(rowCount).toBe(1);
  expect(result.fields).toHaveLength(1);
  const settings = new Map([['application_name', `a', true); DROP SCHEMA public; --`]]);
  const named = await catalog.query("select current_setting('application_name')", [], { ...mallory, settings });
  expect(named.textRows()).toEqual([[settings.get('application_name')]]);
});

describe.each([
  ['recursion without end', 'with recursive r as (select 1 union all select 1 from r) select count(*) from r', '57014'],
  ['20 million rows', 'select from generate_series(1, 20000000)', '53400 or 57014'],
  ['a large result', 'select repeat($$x$$, 1000000) from generate_series(1, 100)', '54000'],
  ['a memory bomb', 'select string_agg(repeat($$x$$, 1000000), $$$$) from generate_series(1, 3000)', '58000'],
  ['a large text', 'select repeat($$x$$, 1000000000)', '58000'],
  [
    'a sort of everything',
    'select count(*) from (select from pg_attribute a, pg_attribute b, pg_attribute c) x',
    '57014',
  ],
])('%s', (user, sql, sqlstate) => {
  test(`ends with ${sqlstate}, and others do not notice`, async () => {
    const here = await Bystander.watch(catalog, 'shop');
    const elsewhere = await Bystander.watch(catalog, 'other');
    const error: unknown = await catalog.query(sql, [], { ...mallory, user }).catch((reason: unknown) => reason);
    expect(sqlstate.split(' or ')).toContain(isPgError(error) ? error.sqlstate : error);
    const next = await catalog.query('select current_user', [], { ...mallory, user });
    expect(next.textRows()).toEqual([[user]]);
    await here.expectUnharmed(20_000);
    await elsewhere.expectUnharmed(10_000);
  });
});
