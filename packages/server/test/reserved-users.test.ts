import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RiffqServer, serve } from '../src/index.js';
import { serveEmptyCatalog } from './compared-session.js';
import { portOf } from './listening.js';

let server: RiffqServer;

beforeAll(async () => {
  server = await serveEmptyCatalog();
});
afterAll(() => server.close());

async function connected(user: string, to = server): Promise<pg.Client> {
  const client = new pg.Client({ host: '127.0.0.1', port: portOf(to), user, database: 'shop' });
  await client.connect();
  return client;
}

test.each(['none', 'public', 'pg_something', 'pg_'])(
  'a client called %s, as no role of PostgreSQL may be, is served as any other',
  async (user) => {
    const client = await connected(user);
    const other = await connected('alice');
    const sql = `SELECT current_user, session_user::text, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS super,
      (SELECT usename FROM pg_stat_activity WHERE pid = pg_backend_pid()) AS usename`;
    const expected = { current_user: user, session_user: user, super: false, usename: user };
    expect((await client.query(sql)).rows).toEqual([expected]);
    const roles = 'SELECT rolname FROM pg_roles WHERE rolname = $1';
    expect((await other.query(roles, [user])).rows).toEqual([{ rolname: user }]);
    await client.end();
    await expect.poll(async () => (await other.query(roles, [user])).rows).toEqual([]);
    const again = await connected(user);
    expect((await again.query('SELECT current_user')).rows).toEqual([{ current_user: user }]);
    await Promise.all([again.end(), other.end()]);
  },
);

test.each(['pg_monitor', 'pg_read_server_files', 'pg_riffq'])(
  'nobody comes in as %s, which PostgreSQL has itself',
  async (user) => {
    await expect(connected(user)).rejects.toMatchObject({
      severity: 'FATAL',
      code: '28000',
      message: `role "${user}" is not permitted to log in`,
      hint: expect.any(String),
    });
    const bystander = await connected('alice');
    expect((await bystander.query('SELECT current_user')).rows).toEqual([{ current_user: 'alice' }]);
    await bystander.end();
  },
);

test('without a catalog, users are called whatever they like', async () => {
  await using plain = await serve({ address: '127.0.0.1:0', catalogEmulation: false, query: () => [{ answer: 42 }] });
  const client = await connected('pg_monitor', plain);
  expect((await client.query('SELECT 42')).rows).toEqual([{ answer: '42' }]);
  await client.end();
});
