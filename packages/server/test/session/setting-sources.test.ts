import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RiffqServer } from '../../src/index.js';
import { ComparedSession, serveEmptyCatalog } from '../compared-session.js';

const user = 'reader_of_settings';
const names = (
  'application_name bytea_output client_encoding DateStyle default_transaction_isolation enable_seqscan extra_float_digits ' +
  'search_path server_version_num statement_timeout TimeZone transaction_deferrable transaction_isolation ' +
  'transaction_read_only work_mem'
).split(' ');

/** PostgreSQL has some of its defaults by its command line, and by the file that initdb wrote. */
const look = `SELECT name, ${'CASE WHEN name = $$server_version_num$$ THEN $$$$ ELSE setting END'},
  CASE WHEN source IN ('command line', 'configuration file') THEN 'default' ELSE source END,
  CASE WHEN name = 'server_version_num' THEN '' ELSE reset_val END
  FROM pg_settings WHERE name IN (${names.map((name) => `'${name}'`).join()}) ORDER BY name COLLATE "C"`;

let server: RiffqServer;

beforeAll(async () => {
  server = await serveEmptyCatalog();
});
afterAll(() => server.close());

test('pg_settings says where a value is from, and what RESET goes back to, as PostgreSQL does', async () => {
  const asked = { application_name: 'reader', options: '-c work_mem=5MB -c my.own=1 -c statement_timeout=1h' };
  await using session = await ComparedSession.connect(server, user, asked);
  const { ours, postgres } = await session.answers(
    look,
    ...["SET work_mem = '6MB'", 'SET enable_seqscan = on', "SET datestyle = 'SQL'", 'SET other.one = 2', look],
    ...['RESET work_mem', 'SET statement_timeout TO DEFAULT', 'RESET enable_seqscan', 'RESET other.one', look],
    ...[
      'BEGIN',
      "SET LOCAL work_mem = '7MB'",
      'SET LOCAL bytea_output TO DEFAULT',
      'SAVEPOINT a',
      'SET extra_float_digits = 3',
    ],
    ...[look, 'ROLLBACK TO a', look, 'COMMIT', look],
    ...['BEGIN ISOLATION LEVEL SERIALIZABLE', look, 'COMMIT', look],
    ...["SELECT set_config('work_mem', '9MB', false), (SELECT source FROM pg_settings WHERE name = 'work_mem')", look],
    ...["SELECT set_config('work_mem', NULL, false)", look],
    ...['SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY', look, "SET timezone = 'Europe/Berlin'", look],
    ...['RESET ALL', look, 'SET work_mem = 100', 'DISCARD ALL', look],
  );
  expect(ours).toEqual(postgres);
});

test('what the host has set is told of as its configuration, and of the user', async () => {
  await using limited = await serveEmptyCatalog({ limits: { statementTimeout: 5000 } });
  await using session = await ComparedSession.connect(limited, user);
  const { ours } = await session.answers(
    "SELECT setting, source, reset_val FROM pg_settings WHERE name = 'statement_timeout'",
    'SET statement_timeout = 1000',
    "SELECT setting, source, reset_val FROM pg_settings WHERE name = 'statement_timeout'",
  );
  expect(ours).toMatchObject([
    { rows: [['5000', 'configuration file', '5000']] },
    {},
    { rows: [['1000', 'session', '5000']] },
  ]);
});
