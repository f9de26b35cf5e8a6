import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RiffqServer } from '../../src/index.js';
import { ComparedSession, serveEmptyCatalog } from '../compared-session.js';

const user = 'setter_of_settings';
const tooLong = 'x'.repeat(70);

/** Sets a value in a query, and looks at what became of it. */
const setAndShow = (name: string, ...values: readonly string[]): readonly string[] =>
  values.flatMap((value) => [`SELECT set_config('${name}', '${value}', false)`, `SHOW ${name}`]);

const sessions = {
  'values are told as SHOW tells them': [
    ...setAndShow(
      'work_mem',
      '70',
      '63',
      '0.1MB',
      '4096MB',
      '3GB',
      '1TB',
      '5000000',
      '2147483647',
      '2147483648',
      '1e5',
      ' 80 ',
    ),
    ...setAndShow('work_mem', '70 kB', '70KB', '1.5GB', '-1', '0', '', 'many', '100000000B'),
    ...setAndShow('autovacuum_work_mem', '3GB'),
    ...setAndShow('client_encoding', 'utf-8', 'UTF8', 'sql_ascii', 'nonsense', 'utf8'),
    ...setAndShow('default_text_search_config', 'german', 'German', 'pg_catalog.simple', 'nope'),
    ...setAndShow('seed', '0.5', '5'),
    ...setAndShow('TimeZone', '5', 'europe/berlin', 'nonsense'),
    ...setAndShow('datestyle', 'german', 'x'),
    ...setAndShow('random_page_cost', '1e1', 'x'),
    ...setAndShow('vacuum_buffer_usage_limit', '1', '128', '0'),
  ],
  'what the statement has set is what the rest of it reads': [
    "SELECT set_config('work_mem', '70', false), current_setting('work_mem')",
    "SELECT set_config('my.x', '1', false), set_config('my.x', current_setting('my.x') || '2', false)",
    'SHOW my.x',
    "SELECT count(*) FROM (SELECT set_config('work_mem', n || 'MB', false) FROM generate_series(1, 9) n OFFSET 0) x",
    'SHOW work_mem',
    "SELECT set_config('work_mem', '8MB', false) WHERE false",
    "VALUES (set_config('work_mem', '3MB', true))",
    'SHOW work_mem',
  ],
  'a name may be any expression': [
    "SELECT set_config('work' || '_mem', '4MB', false), current_setting(lower('WORK_MEM'))",
    "SELECT set_config(name, '5MB', false) FROM (VALUES ('work_mem'), ('temp_buffers')) AS names (name)",
    ...['SHOW work_mem', 'SHOW temp_buffers'],
    "SELECT current_setting(name, true) FROM unnest(ARRAY['work_mem', 'nix']) AS name",
    { text: 'SELECT current_setting($1)', values: ['work_mem'], rowMode: 'array' as const },
    { text: 'SELECT current_setting($1)', values: ['nope'], rowMode: 'array' as const },
    { text: 'SELECT current_setting($1, $2)', values: ['nope', true], rowMode: 'array' as const },
    { text: 'SELECT set_config($1, $2, $3)', values: ['work_mem', '90', false], rowMode: 'array' as const },
    { text: 'SELECT set_config($1, $2, $3)', values: ['nope', '90', false], rowMode: 'array' as const },
    { text: 'SELECT set_config($1, $2, $3)', values: ['max_connections', '9', false], rowMode: 'array' as const },
    'PREPARE setting(text, text) AS SELECT set_config($1, $2, false)',
    ...["EXECUTE setting('work_mem', '80')", 'SHOW work_mem'],
  ],
  'who the client is': [
    `SELECT set_config('role', '${user}', false), current_user`,
    ...['SHOW role', "SELECT set_config('ro' || 'le', 'none', false)", 'SHOW role'],
    `SELECT set_config('session_authorization', '${user}', false)`,
    "SELECT set_config('role', 'nobody_there', false)",
    "SELECT set_config('session_authorization', 'nobody_there', false)",
    "SELECT set_config('role', 'pg_monitor', false)",
    'SELECT current_user, session_user',
  ],
  'a name that is too long': [
    `SELECT set_config('application_name', '${tooLong}', false)`,
    `SELECT length(set_config('application_name', '${tooLong}', true))`,
    `SELECT set_config('client_encoding', 'utf8${' '.repeat(70)}', false)`,
    'SHOW application_name',
  ],
  'modes of the transaction': [
    "SELECT set_config('transaction_isolation', 'serializable', true), current_setting('transaction_isolation')",
    ...['SHOW transaction_isolation', 'BEGIN'],
    "SELECT set_config('transaction_isolation', 'Serializable', true), current_setting('transaction_isolation')",
    ...[
      'SHOW transaction_isolation',
      "SELECT set_config('transaction_read_only', '1', true)",
      'SHOW transaction_read_only',
    ],
    "SELECT set_config('transaction_isolation', 'read committed', true)",
    'ROLLBACK',
    "SELECT set_config('transaction_isolation', 'chaos', true)",
    "SELECT set_config('transaction_isolation', NULL, true)",
  ],
  'a name that somebody has made up stays': [
    "SELECT set_config('my.y', '1', true)",
    ...['SHOW my.y', "SELECT current_setting('my.y')", 'BEGIN', 'SET my.z = 1', 'ROLLBACK', 'SHOW my.z'],
    ...['BEGIN', 'SET LOCAL my.a = 1', 'SHOW my.a', 'COMMIT', 'SHOW my.a', 'SHOW my.b'],
    ...[
      'SET my.c = 1',
      'RESET my.c',
      'SHOW my.c',
      'SET my.c = 1',
      'RESET ALL',
      'SHOW my.c',
      'DISCARD ALL',
      'SHOW my.c',
    ],
  ],
};

let server: RiffqServer;

beforeAll(async () => {
  server = await serveEmptyCatalog();
});
afterAll(() => server.close());

test.each(Object.entries(sessions))('%s, as with PostgreSQL', async (_, statements) => {
  await using session = await ComparedSession.connect(server, user);
  const { ours, postgres } = await session.answers(...statements);
  expect(ours).toEqual(postgres);
});
