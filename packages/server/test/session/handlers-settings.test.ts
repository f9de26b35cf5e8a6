import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { BaseConnection, type QueryCallback, type QueryContext, RiffqServer } from '../../src/index.js';
import { portOf } from '../listening.js';

/** What came to the handler. */
let handled: (readonly [sql: string, ...args: readonly unknown[]])[] = [];

/** A database of its own, with one setting that PostgreSQL does not have. */
class Database extends BaseConnection {
  override hasSetting(name: string): boolean {
    return name.toLowerCase() === 'threads';
  }

  override async handleQuery(sql: string, _callback: QueryCallback, { args }: QueryContext) {
    handled.push([sql, ...args]);
    return [{ setting: '7' }];
  }
}

let server: RiffqServer;
let client: pg.Client;

beforeAll(async () => {
  server = new RiffqServer('127.0.0.1:0', Database);
  await server.listen({ catalogEmulation: true });
  client = new pg.Client({ host: '127.0.0.1', port: portOf(server), user: 'alice', database: 'shop' });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await server.close();
});
beforeEach(() => {
  handled = [];
});

test.each([
  "SELECT current_setting('threads')",
  "SELECT current_setting('THREADS', true), version()",
  "SELECT current_setting('thr' || 'eads')",
  "SELECT current_setting(name) FROM (VALUES ('work_mem'), ('threads')) AS names (name)",
  "SELECT set_config('threads', '2', false)",
  "SELECT set_config(name, '64', true) FROM (VALUES ('work_mem'), ('threads')) AS names (name)",
])('a setting of the handler is left to it: %s', async (sql) => {
  expect((await client.query(sql)).rows).toEqual([{ setting: '7' }]);
  expect(handled).toEqual([[sql]]);
  expect((await client.query('SHOW work_mem')).rows).toEqual([{ work_mem: '4MB' }]);
});

test.each([
  'SELECT current_setting($1)',
  'SELECT current_setting($1::text, true)',
  "SELECT set_config($1, '2', false)",
])('so is one that a parameter names: %s', async (text) => {
  expect((await client.query(text, ['threads'])).rows).toEqual([{ setting: '7' }]);
  expect(handled).toEqual([[text, 'threads']]);
});

test('all others are answered without it', async () => {
  const asked = await client.query("SELECT current_setting($1) AS one, set_config('my.own', $2, false) AS two", [
    'work_mem',
    'x',
  ]);
  expect(asked.rows).toEqual([{ one: '4MB', two: 'x' }]);
  await expect(client.query('SELECT current_setting($1)', ['nope'])).rejects.toMatchObject({ code: '42704' });
  await expect(client.query("SELECT set_config('nope', '1', false)")).rejects.toMatchObject({ code: '42704' });
  expect(handled).toEqual([]);
});
