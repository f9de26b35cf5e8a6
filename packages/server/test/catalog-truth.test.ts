import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type RiffqServer, serve } from '../src/index.js';
import { portOf } from './listening.js';

/** Sessions whose answers PostgreSQL decides: rows and errors are the same. */
const sessions: Readonly<Record<string, readonly string[]>> = {
  'a setting that there is not': [
    "SELECT current_setting('nope')",
    "SELECT current_setting('nope', true)",
    "SELECT relname, current_setting('nope') FROM pg_class",
    ...['SHOW nope', 'SHOW "Nope"', 'SET nope = 1', 'SET LOCAL nope = 1', 'SET SESSION nope TO DEFAULT', 'RESET nope'],
    ...['BEGIN', 'SHOW nope', 'SHOW work_mem', 'ROLLBACK', 'BEGIN', 'SET nope = 1', 'SHOW work_mem', 'ROLLBACK'],
    ...['SHOW my.unset', 'RESET my.unset', 'SHOW my.unset', 'SHOW work_mem'],
  ],
  'set_config of a setting that there is not': ["SELECT set_config('nope', '1', false)"],
  'a setting of the client': [
    "SELECT current_setting('my.own')",
    "SELECT current_setting('my.own', true)",
    "SELECT set_config('my.own', '1', false)",
    "SELECT current_setting('my.own')",
    'SHOW my.own',
  ],
  'a setting that the query itself changes': [
    "SELECT set_config('timezone', 'Asia/Tokyo', false), current_setting('TimeZone')",
    "SELECT set_config('lock_timeout', '7s', true), current_setting('lock_timeout')",
    "SELECT set_config('my.other', 'x', false), current_setting('my.other') FROM pg_class LIMIT 1",
    "SELECT set_config('search_path', 'pg_catalog', false), current_schema(), current_setting('search_path')",
    "SELECT current_setting('lock_timeout'), current_setting('timezone'), current_setting('my.other')",
  ],
  'set_config without a value, or without a name': [
    "SET work_mem = '9MB'",
    "SET timezone = 'Asia/Tokyo'",
    "SELECT set_config('work_mem', NULL, false), current_setting('work_mem')",
    "SELECT set_config('TimeZone', NULL, true) = 'Asia/Tokyo' AS same, current_setting('timezone') = 'Asia/Tokyo' AS same",
    "SELECT set_config('my.own', NULL, false), current_setting('my.own')",
    "SELECT set_config('my.own', 'x', NULL), current_setting('my.own')",
    'SHOW work_mem',
    'SHOW my.own',
    "SELECT set_config(NULL, 'x', false)",
    "SELECT set_config(NULL::text, 'x', false) FROM pg_am",
    "SELECT set_config('role', 'none', false), set_config('role', 'none', true) FROM pg_am LIMIT 1",
    'SHOW role',
  ],
  'pg_settings of what the session has set': [
    'SET statement_timeout = 90000',
    "SET lock_timeout = '1min'",
    "SET work_mem = '64MB'",
    'SET random_page_cost = 1.5',
    'SET enable_seqscan = off',
    `SELECT name, setting, unit, source FROM pg_settings WHERE name IN ('statement_timeout', 'lock_timeout', 'work_mem',
      'random_page_cost', 'enable_seqscan', 'idle_in_transaction_session_timeout', 'search_path') ORDER BY name`,
  ],
  'pg_settings of what nobody can set': [
    `SELECT name, source, setting = boot_val AS boot, setting = reset_val AS reset FROM pg_settings
      WHERE name LIKE 'server\\_%' OR name IN ('block_size', 'max_index_keys', 'integer_datetimes') ORDER BY name`,
  ],
  'a value that a setting cannot have': ["SELECT set_config('work_mem', 'much', false)", "SET work_mem = 'much'"],
  'values by set_config as PostgreSQL shows them': [
    "SELECT set_config('work_mem', '4096', false), current_setting('work_mem')",
    "SELECT set_config('Statement_Timeout', '1.5min', true) FROM pg_am LIMIT 1",
    "SELECT set_config('enable_seqscan', '0', false), set_config('client_min_messages', 'DEBUG', true)",
    "SELECT set_config('random_page_cost', '01.50', false), set_config('my.own', '4096', false)",
    "SELECT set_config('maintenance_work_mem', '1', false)",
    "SELECT set_config('maintenance_work_mem', '4GB', false), set_config('temp_buffers', '1024', false)",
    "SELECT set_config('work_mem', '8192', false), set_config('enable_sort', 'maybe', false)",
    ...['SHOW work_mem', 'SHOW enable_seqscan', 'SHOW random_page_cost', 'SHOW my.own'],
  ],
  'pg_notify in a query': [
    "SELECT pg_notify('a', 'b') IS NULL AS nothing, pg_notify('a', 'c')::text FROM pg_am LIMIT 1",
    "SELECT pg_notify('', relname) FROM pg_class",
    "SELECT pg_notify(repeat('x', 64), 'b') FROM pg_am",
  ],
  'COPY of a view': [
    'COPY information_schema.tables TO STDOUT',
    'COPY pg_tables (schemaname) TO STDOUT (FORMAT csv)',
    'COPY pg_catalog.pg_views TO STDOUT',
  ],
  'EXPLAIN of what is prepared': [
    'PREPARE by_oid (oid) AS SELECT relname FROM pg_class WHERE oid = $1',
    'EXPLAIN (COSTS OFF) EXECUTE by_oid (1259)',
    'EXPLAIN (COSTS OFF, FORMAT yaml) EXECUTE by_oid (1259)',
    'EXPLAIN (COSTS OFF) EXECUTE by_oid',
    'EXPLAIN EXECUTE nothing',
    'DEALLOCATE by_oid',
  ],
  'the size of a database that there is not': [
    "SELECT pg_database_size('nowhere')",
    'SELECT pg_database_size(99999::oid)',
    'SELECT pg_database_size(NULL::oid)',
  ],
  'a setting that nobody can change': ["SELECT set_config('server_version', '1', false)", 'SET server_version = 1'],
  'its prepared statements': [
    'PREPARE one (int, text) AS SELECT relname FROM pg_class WHERE oid = $1 AND relname = $2',
    'PREPARE two AS SELECT 1 AS number; SELECT 2 AS other',
    `SELECT name, statement, parameter_types, from_sql, prepare_time <= now() + '1s' AS past, generic_plans
      FROM pg_prepared_statements ORDER BY name`,
    'DEALLOCATE two',
    'SELECT name FROM pg_prepared_statements',
    'DEALLOCATE ALL',
    'SELECT name FROM pg_prepared_statements',
  ],
  'EXECUTE of a catalog query': [
    'PREPARE by_oid (oid) AS SELECT relname FROM pg_class WHERE oid = $1',
    "EXECUTE by_oid ('pg_class'::regclass)",
    "EXECUTE by_oid (CAST('pg_catalog.pg_type' AS regclass))",
    "EXECUTE by_oid ('pg_nothing'::regclass)",
    ...["EXECUTE by_oid ('1249')", 'EXECUTE by_oid (1249)', "EXECUTE by_oid ('text'::regtype)"],
    'PREPARE by_class (regclass) AS SELECT relname FROM pg_class WHERE oid = $1',
    ...['EXECUTE by_class (1259)', "EXECUTE by_class ('pg_am')", "EXECUTE by_class ('1249'::oid)"],
    ...['EXECUTE by_class (1.5)', 'EXECUTE by_class (true)'],
    'PREPARE by_names (name[], text) AS SELECT relname FROM pg_class WHERE relname = ANY ($1) AND relkind::text = $2 ORDER BY 1',
    `EXECUTE by_names (ARRAY['pg_am', 'pg_class', 'q"\\', NULL], 'r')`,
    "EXECUTE by_names ('{pg_am,pg_type}', 'r')",
    'PREPARE by_oids (oid[]) AS SELECT relname FROM pg_class WHERE oid = ANY ($1) ORDER BY 1',
    ...[
      'EXECUTE by_oids (ARRAY[1259, 1249])',
      "EXECUTE by_oids (ARRAY['x'])",
      'EXECUTE by_oids (ARRAY[1259::bigint, 1249])',
    ],
    'PREPARE untyped AS SELECT typname FROM pg_type WHERE oid = $1',
    ...[
      "EXECUTE untyped ('text'::regtype)",
      'SELECT name, parameter_types, result_types FROM pg_prepared_statements ORDER BY 1',
    ],
    'DEALLOCATE ALL',
  ],
  'PREPARE of what cannot be': [
    'PREPARE p AS SELECT nope FROM pg_class',
    'EXECUTE p',
    'PREPARE p AS SELECT 1 FROM pg_class WHERE oid = $1 AND relname = $3',
    ...['PREPARE p AS EXPLAIN SELECT 1 FROM pg_class', 'PREPARE p AS SHOW work_mem', 'EXECUTE p'],
  ],
  'COPY of a query that fails': [
    'COPY (SELECT nope FROM pg_class) TO STDOUT',
    "COPY ( SELECT relname FROM pg_class WHERE relname = 'é' AND nope ) TO STDOUT",
    'SELECT 1 AS one; COPY (SELECT nope FROM pg_class) TO STDOUT (FORMAT csv)',
  ],
  'prepared transactions, of which there are none': ['SELECT * FROM pg_prepared_xacts'],
  'the state of its transaction': ['SELECT txid_status(txid_current()), pg_xact_status(pg_current_xact_id())'],
  'settings that change how expressions are read': [
    ...[
      "SELECT '{NULL}'::text[] FROM pg_am LIMIT 1",
      'SET array_nulls = off',
      "SELECT '{NULL}'::text[] FROM pg_am LIMIT 1",
    ],
    'SELECT count(*) > 0 AS some FROM pg_class WHERE NULL::int = NULL',
    'SET transform_null_equals = on',
    'SELECT count(*) > 0 AS some FROM pg_class WHERE NULL::int = NULL',
  ],
  'its cursors': [
    'SELECT name FROM pg_cursors',
    'BEGIN',
    'DECLARE one NO SCROLL CURSOR FOR SELECT relname FROM pg_class',
    'DECLARE "Two" BINARY SCROLL CURSOR WITH HOLD FOR SELECT 1 AS n FROM pg_am',
    `SELECT name, statement, is_holdable, is_binary, is_scrollable, creation_time <= now() + '9s' AS past
      FROM pg_cursors ORDER BY name`,
    'COMMIT',
    'SELECT name, is_holdable FROM pg_cursors',
    'CLOSE ALL',
    'SELECT name FROM pg_cursors',
  ],
  'its channels': [
    'SELECT pg_listening_channels()',
    ...['LISTEN harbour', 'LISTEN "Quay ""1"""', 'LISTEN harbour', 'SELECT * FROM pg_listening_channels()'],
    ...['BEGIN', 'LISTEN lost', 'UNLISTEN harbour', 'SELECT count(*) FROM pg_listening_channels() AS channel'],
    ...['COMMIT', 'SELECT channel FROM pg_listening_channels() AS channel ORDER BY 1', 'UNLISTEN *'],
    'SELECT pg_listening_channels()',
  ],
  'a role that there is not': ['SET ROLE nobody_there', "SET ROLE 'nobody_there'", 'SHOW role'],
  'a role that there is not, by set_config': [
    "SELECT set_config(name, 'nobody_there', false) FROM (VALUES ('role')) AS names (name)",
    "SELECT set_config(name, 'nobody_there', false) FROM (VALUES ('session_authorization')) AS names (name)",
    'SHOW role',
    'SHOW session_authorization',
  ],
  'no role': ['SET ROLE none', 'SHOW role', "SET ROLE 'none'", 'RESET ROLE'],
  'a user that there is not': ['SET SESSION AUTHORIZATION nobody_there'],
  'time zones': [
    "SET TIME ZONE 'Nowhere/None'",
    "SET timezone = 'Europe/Berlin'",
    'SHOW timezone',
    "SELECT set_config('timezone', 'Nowhere/None', false)",
    "SET timezone = '+99'",
    'SET TIME ZONE 99',
    "SET timezone = 'berlin'",
    "SET timezone = ''",
    "SELECT set_config('timezone', 'europe/berlin', false)",
    'SHOW timezone',
  ],
  'search paths': [
    "SELECT set_config('search_path', 'a,,b', false)",
    `SELECT set_config('search_path', '"a', false)`,
    "SELECT set_config('search_path', 'a b', false)",
    "SELECT set_config('search_path', 'a, \"B c\"', false)",
    'SHOW search_path',
    "SELECT set_config('search_path', '', false)",
    'SHOW search_path',
    "SET search_path = ''",
    'SHOW search_path',
    "SET search_path = 'a b', c",
    'SHOW search_path',
  ],
  'the standard views without their schema': [
    'SET search_path = information_schema',
    "SELECT table_schema, table_name FROM tables WHERE table_name IN ('pg_class', 'tables') ORDER BY 1, 2",
    "SELECT column_name FROM columns WHERE table_name = 'schemata' ORDER BY ordinal_position",
    'SET search_path = information_schema, pg_catalog',
    'SELECT count(*) > 0 AS some FROM key_column_usage RIGHT JOIN pg_class ON true',
  ],
  'sessions one by one': [
    `SELECT pg_stat_get_backend_activity(id) AS query, pg_stat_get_backend_dbid(id) = d.oid AS here,
        pg_stat_get_backend_userid(id)::regrole, pg_stat_get_backend_client_port(id) IS NOT NULL AS port,
        pg_stat_get_backend_start(id) <= now() + '9s' AS past, pg_stat_get_backend_activity_start(id) <= now() + '9s' AS began,
        pg_stat_get_backend_xact_start(id) <= now() + '9s' AS open, pg_stat_get_backend_wait_event(id) AS waits
      FROM pg_stat_get_backend_idset() AS id, pg_database d
      WHERE pg_stat_get_backend_pid(id) = pg_backend_pid() AND d.datname = current_database()`,
    'SELECT pg_stat_get_backend_pid(0), pg_stat_get_backend_activity_start(-1), pg_stat_get_backend_pid(NULL)',
    `SELECT numbackends > 0 AS some, numbackends = (SELECT count(*) FROM pg_stat_activity a WHERE a.datname = d.datname) AS all
      FROM pg_stat_database d WHERE datname = current_database()`,
    'SELECT pg_stat_get_db_numbackends(0), pg_stat_get_db_numbackends(NULL)',
  ],
  'ending a session in a time that there is not': [
    'SELECT pg_terminate_backend(0, -1)',
    'SELECT pg_terminate_backend(NULL, -1), pg_terminate_backend(0, NULL)',
    'SELECT pg_terminate_backend(0, NULL)',
    'SELECT pg_terminate_backend(0, -1) FROM pg_am',
  ],
  'cancelling oneself': ['SELECT pg_cancel_backend(pg_backend_pid())', "SELECT current_setting('work_mem')"],
  'the time of a block': [
    'BEGIN',
    'SELECT now() = transaction_timestamp() AS same, now() <= statement_timestamp() AS later, current_date = now()::date AS today FROM pg_class LIMIT 1',
    'COMMIT',
  ],
  'transaction numbers': [
    'SELECT txid_current() = txid_current() AS same',
    'SELECT pg_current_xact_id()::text = txid_current()::text AS same',
    'BEGIN',
    'SELECT txid_current_if_assigned() IS NULL AS none, pg_current_xact_id_if_assigned() IS NULL AS nor',
    'SELECT txid_current() IS NOT NULL AS one',
    'SELECT txid_current_if_assigned() = txid_current() AS same',
    'SELECT txid_current_if_assigned() IS NOT NULL AS one, pg_current_xact_id_if_assigned() IS NOT NULL AS another',
    'COMMIT',
    'SELECT txid_current_if_assigned() IS NULL AS none',
  ],
};

let server: RiffqServer;
let theirs: pg.ClientConfig;

beforeAll(async () => {
  server = await serve({ address: '127.0.0.1:0', query: () => [{ answer: 42 }] });
  const { socketDirectory, port, user, database } = inject('oracle');
  theirs = { host: socketDirectory, port, user, database };
});
afterAll(() => server.close());

test('a setting that there is not is refused with what can be done, in the extended protocol too', async () => {
  const [mine, postgres] = [await connected(ours()), await connected(theirs)];
  const texts = [
    'SHOW nope',
    'SET nope = 1',
    'RESET nope',
    "SELECT set_config('nope', '1', false)",
    "SELECT current_setting('nope')",
  ];
  for (const [at, text] of texts.entries()) {
    const refusal = (client: pg.Client) =>
      client.query({ name: `s${at}`, text }).then(
        () => undefined,
        ({ code, message, hint, where }: pg.DatabaseError) => ({ code, message, hint, where }),
      );
    const [got, expected] = [await refusal(mine), await refusal(postgres)];
    expect(got).toEqual({ ...expected, hint: expect.stringContaining('hasSetting()') });
  }
  await Promise.all([mine.end(), postgres.end()]);
});

test('pg_notify notifies wherever it stands in a catalog query, when that commits', async () => {
  const statements = [
    ...['LISTEN harbour', 'LISTEN pg_am', 'LISTEN postgres'],
    "SELECT pg_notify('har' || 'bour', 'one')",
    "SELECT pg_notify(current_user::text, 'me')",
    "SELECT pg_notify('harbour', relname) FROM pg_class WHERE relname IN ('pg_am', 'pg_type') ORDER BY 1",
    "SELECT pg_notify('harbour', 'two'), 1 AS one",
    "SELECT * FROM pg_notify('harbour', 'three')",
    "VALUES (pg_notify('harbour', 'four'))",
    "WITH said AS (SELECT pg_notify('harbour', 'five')) SELECT count(*) FROM said",
    ...['BEGIN', "SELECT pg_notify('har' || 'bour', 'lost')", 'ROLLBACK'],
    ...['BEGIN', "SELECT pg_notify('har' || 'bour', 'last')", 'COMMIT'],
    "SELECT pg_notify('' || '', 'x')",
    "SELECT pg_notify(repeat('x', 64), 'x')",
    "SELECT pg_notify('har' || 'bour', repeat('x', 8000))",
    "SELECT pg_notify('har' || 'bour', NULL)",
  ];
  const heard = async (config: pg.ClientConfig) => {
    const client = await connected(config);
    const told: string[] = [];
    client.on('notification', ({ channel, payload }) => told.push(`${channel}: ${payload}`));
    for (const sql of statements) {
      const answer = await client.query(sql).then(
        // PostgreSQL's void is empty, that of a function in SQL is NULL.
        ({ rows, fields }) => JSON.stringify([rows, fields.map(({ name, dataTypeID }) => [name, dataTypeID])]),
        ({ code, message }: pg.DatabaseError) => `${code} ${message}`,
      );
      told.push(`${sql} -> ${answer.replaceAll(':null', ':""')}`);
    }
    await client.end();
    return told;
  };
  expect(await heard(ours())).toEqual(await heard(theirs));
});

const ours = (user = 'postgres'): pg.ClientConfig => ({
  host: '127.0.0.1',
  port: portOf(server),
  user,
  database: 'shop',
});

async function connected(config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(config);
  client.on('error', () => {});
  await client.connect();
  return client;
}

async function answers(config: pg.ClientConfig, statements: readonly string[]): Promise<readonly string[]> {
  const client = await connected(config);
  const told: string[] = [];
  for (const sql of statements) {
    const answer = await client.query(sql).then(
      ({ rows, command }) => `${command} ${JSON.stringify(rows)}`,
      ({ code, message, detail, hint, where, position }: pg.DatabaseError) =>
        // What can be done about a setting that there is not is ours to say.
        [code, message, detail, code === '42704' ? '' : hint, where, position].join(' | '),
    );
    told.push(`${sql} -> ${answer}`);
  }
  await client.end();
  return told;
}

describe('PostgreSQL itself says', () => {
  test.each(Object.entries(sessions))('%s', async (_, statements) => {
    expect(await answers(ours(), statements)).toEqual(await answers(theirs, statements));
  });
});

test('what Parse has named is in pg_prepared_statements', async () => {
  const seen = async (config: pg.ClientConfig) => {
    const client = await connected(config);
    await client.query({
      name: 'named',
      text: 'SELECT relname, oid FROM pg_class WHERE relname = $1',
      values: ['pg_am'],
    });
    const sql = 'SELECT name, statement, from_sql FROM pg_prepared_statements';
    const { rows } = await client.query(sql);
    await client.query('DEALLOCATE named');
    const left = await client.query(sql);
    await client.end();
    return [rows, left.rows];
  };
  expect(await seen(ours())).toEqual(await seen(theirs));
});

test('what PostgreSQL has to say of a catalog query is said to the client', async () => {
  const said = async (config: pg.ClientConfig) => {
    const client = await connected(config);
    const told: unknown[] = [];
    client.on('notice', ({ severity, code, message, where }) => told.push({ severity, code, message, where }));
    await client.query('SELECT pg_tablespace_databases(99999)');
    await client.query('SET client_min_messages = error');
    await client.query('SELECT pg_tablespace_databases(99999)');
    await client.end();
    return told;
  };
  expect(await said(ours())).toEqual(await said(theirs));
});

test('now() and the transaction number are those of the block', async () => {
  const client = await connected(ours());
  const ask = async () =>
    (
      await client.query<Record<string, unknown>>(
        `SELECT now()::text AS now, current_timestamp::text AS current, localtime::text AS local, txid_current() AS number,
           pg_current_xact_id()::text AS xid FROM pg_class LIMIT 1`,
      )
    ).rows[0];
  await client.query('BEGIN');
  const first = await ask();
  await client.query('ROLLBACK');
  await client.query('BEGIN');
  const second = await ask();
  expect(await ask()).toEqual(second);
  expect(second).not.toEqual(first);
  await client.query('COMMIT');
  const third = await ask();
  expect(BigInt(String(third?.number))).toBeGreaterThan(BigInt(String(second?.number)));
  await client.end();
});

test('inet_server_addr() and inet_server_port() are what the client connected to', async () => {
  const client = await connected(ours());
  const { rows } = await client.query('SELECT inet_server_addr()::text AS address, inet_server_port() AS port');
  expect(rows).toEqual([{ address: '127.0.0.1/32', port: portOf(server) }]);
  await client.end();
});

test.each(['cancel', 'terminate'] as const)(
  'pg_%s_backend of another user is refused as by PostgreSQL',
  async (kind) => {
    const [role, password] = [`stranger_${kind}`, 'unfit'];
    const admin = await connected(theirs);
    await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
    // There the other one is no superuser either, or the detail would be another.
    const victimRole = `victim_${kind}`;
    await admin.query(`CREATE ROLE ${victimRole} LOGIN PASSWORD '${password}'`);
    const refusal = async (config: pg.ClientConfig): Promise<unknown> => {
      const victim = await connected({ ...config, user: victimRole, password });
      const stranger = await connected({ ...config, user: role, password });
      const { rows } = await victim.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const asked = stranger.query(`SELECT pg_${kind}_backend($1)`, [rows[0]?.pid]);
      const refused = await asked.then(
        () => 'done',
        ({ code, message, detail }: pg.DatabaseError) => [code, message, detail],
      );
      await victim.query('SELECT 1');
      await Promise.all([victim.end(), stranger.end()]);
      return refused;
    };
    const [expected, got] = [await refusal(theirs), await refusal(ours())];
    await admin.query(`DROP ROLE ${role}, ${victimRole}`);
    await admin.end();
    expect(got).toEqual(expected);
  },
);

test('what others do is hidden as by PostgreSQL, but who they are is not', async () => {
  const [role, other] = ['curious_role', 'watched_role'];
  const admin = await connected(theirs);
  await admin.query(`DROP ROLE IF EXISTS ${role}, ${other}; CREATE ROLE ${role} LOGIN; CREATE ROLE ${other} LOGIN`);
  const seen = async (options: (user: string) => pg.ClientConfig) => {
    const watched = await connected({ ...options(other), application_name: 'watched' });
    const curious = await connected(options(role));
    const rows = await curious.query(`SELECT to_jsonb(a) - '{pid,datid,datname,usesysid}'::text[] AS view,
      to_jsonb(s) - '{pid,datid,usesysid}'::text[] AS function
      FROM pg_stat_activity a JOIN pg_stat_get_activity(NULL) s USING (pid) WHERE usename = '${other}'`);
    await Promise.all([watched.end(), curious.end()]);
    return rows.rows;
  };
  const expected = await seen((user) => ({ ...theirs, user }));
  const got = await seen((user) => ours(user));
  await admin.query(`DROP ROLE ${role}, ${other}`);
  await admin.end();
  expect(got).toEqual(expected);
});

test('pg_terminate_backend of oneself ends the session', async () => {
  const client = await connected(ours());
  await expect(client.query('SELECT pg_terminate_backend(pg_backend_pid())')).rejects.toMatchObject({ code: '57P01' });
});

test('pg_roles has those who are connected, not those who were', async () => {
  const carol = await connected(ours('carol'));
  const roles = async (client: pg.Client) =>
    (await client.query("SELECT rolname FROM pg_roles WHERE rolname IN ('carol', 'dave') ORDER BY 1")).rows;
  expect(await roles(carol)).toEqual([{ rolname: 'carol' }]);
  await carol.end();
  const dave = await connected(ours('dave'));
  expect(await roles(dave)).toEqual([{ rolname: 'dave' }]);
  await dave.end();
});
