import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type RiffqServer, serve } from '../../src/index.js';
import { portOf } from '../listening.js';

let server: RiffqServer;
let client: pg.Client;
let oracle: pg.Client;

beforeAll(async () => {
  server = await serve({ address: '127.0.0.1:0', query: () => [{ answer: 42 }] });
  client = new pg.Client({ host: '127.0.0.1', port: portOf(server), user: 'alice', database: 'shop' });
  const { socketDirectory: host, port, user, database } = inject('oracle');
  oracle = new pg.Client({ host, port, user, database });
  await Promise.all([client.connect(), oracle.connect()]);
  // Its extension has reserved its names from then on.
  await oracle.query('DO $$BEGIN END$$');
});
afterAll(async () => {
  await Promise.all([client.end(), oracle.end()]);
  await server.close();
});

async function refusal(asked: pg.Client, sql: string) {
  const { code, message, detail, severity } = await asked.query(sql).then(
    () => expect.fail(`${sql} was not refused`),
    (error: pg.DatabaseError) => error,
  );
  return { code, message, detail, severity };
}

test.each([
  'SET plpgsql.mine = 1',
  'SET SESSION plpgsql.mine TO DEFAULT',
  'RESET plpgsql.mine',
  "SELECT set_config('plpgsql.mine', '1', false)",
  "SELECT set_config('plpgsql.mine', '1', false) FROM pg_am",
  'SHOW plpgsql.mine',
  "SELECT current_setting('plpgsql.mine')",
])('names of the catalog are reserved, as those of an extension: %s', async (sql) => {
  const { detail, ...others } = await refusal(oracle, sql);
  const renamed = (text: string | undefined) => text?.replaceAll('plpgsql', 'riffq');
  expect(await refusal(client, sql.replace('plpgsql', 'riffq'))).toEqual({
    ...others,
    message: renamed(others.message),
    detail: renamed(detail),
  });
});

test('no client begins with one', async () => {
  const place = { host: '127.0.0.1', port: portOf(server), user: 'alice', database: 'shop' };
  const eager = new pg.Client({ ...place, options: '-c riffq.effects=[]' });
  await expect(eager.connect()).rejects.toMatchObject({ severity: 'FATAL', code: '42602' });
});
