import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BaseConnection, type QueryContext, RiffqServer, tag } from '../src/index.js';

const run = promisify(execFile);

class Connection extends BaseConnection {
  override async handleQuery(sql: string, _callback: unknown, context: QueryContext) {
    if (sql === 'SELECT wait') {
      await new Promise((_, reject) => context.signal.addEventListener('abort', () => reject(context.signal.reason)));
    }
    return sql.startsWith('SELECT') ? [{ asked: sql }] : tag('OK');
  }
}

const server = new RiffqServer('127.0.0.1:0', Connection);
let port: number;

beforeAll(async () => {
  server.registerDatabase('shop');
  server.registerDatabase('empty');
  server.registerTable(
    'shop',
    'public',
    'orders',
    [
      { name: 'id', type: 'int', nullable: false },
      { name: 'placed', type: 'datetime', nullable: true },
      { name: 'total', type: 'numeric(10,2)', nullable: true },
    ],
    { primaryKey: { columns: ['id'] } },
  );
  const address = await server.listen({ catalogEmulation: true });
  port = typeof address === 'string' ? 0 : address.port;
});
afterAll(() => server.close());

async function connected(database = 'shop', user = 'alice'): Promise<Client> {
  const client = new Client({ host: '127.0.0.1', port, user, database });
  await client.connect();
  return client;
}

describe('catalog emulation', () => {
  test('psql describes what was registered, and lists the databases', async () => {
    const options = ['-X', '-h', '127.0.0.1', '-p', String(port), '-U', 'alice', '-d', 'shop', '-At'];
    const { stdout } = await run('psql', [...options, '-c', '\\d orders', '-c', 'SELECT 1', '-c', '\\dt']);
    expect(stdout).toBe('');
  });

  test('a statement over the tables of the program is the handler\'s', async () => {
    const client = await connected();
    expect((await client.query('SELECT * FROM orders')).rows).toEqual([{ asked: 'SELECT * FROM orders' }]);
    await client.end();
  });

  test('current_database, the user and the process id are the session\'s', async () => {
    const client = await connected('empty', 'bob');
    const { rows } = await client.query('SELECT current_database(), current_user, pg_backend_pid() = $1 AS mine', [1]);
    expect(rows).toEqual([{ current_database: 'empty', current_user: 'bob', mine: false }]);
    await client.end();
  });
});
