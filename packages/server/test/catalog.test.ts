import { execFile } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { cancelRequest } from '@riffq/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BaseConnection, type QueryContext, type QueryResult, RiffqServer, tag } from '../src/index.js';
import { Bystander } from './bystander.js';
import { RecordingLogger } from './conversation.js';
import { portOf } from './listening.js';

const run = promisify(execFile);

class Connection extends BaseConnection {
  override async handleQuery(sql: string, _callback: unknown, { signal }: QueryContext): Promise<QueryResult> {
    if (sql === 'SELECT wait') await once(signal, 'abort');
    return sql.startsWith('SELECT') ? [{ asked: sql }] : tag('OK');
  }
}

const server = new RiffqServer('127.0.0.1:0', Connection, { logger: new RecordingLogger() });

beforeAll(async () => {
  server.registerDatabase('shop');
  server.registerDatabase('bystander');
  server.registerSchema('shop', 'archive');
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
  await server.listen({ catalogEmulation: true, serverVersion: '15.20' });
});
afterAll(() => server.close());

async function connected(user = 'alice', database = 'shop'): Promise<pg.Client> {
  const client = new pg.Client({ host: '127.0.0.1', port: portOf(server), user, database });
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** What node-postgres keeps of BackendKeyData. */
function keyOf(client: pg.Client): Buffer {
  const key = Buffer.alloc(8);
  key.writeInt32BE(Reflect.get(client, 'processID'), 0);
  key.writeInt32BE(Reflect.get(client, 'secretKey'), 4);
  return key;
}

async function psql(...commands: readonly string[]): Promise<string> {
  const place = ['-h', '127.0.0.1', '-p', String(portOf(server)), '-U', 'alice', '-d', 'shop'];
  const { stdout } = await run('psql', ['-X', '-A', ...place, ...commands.flatMap((command) => ['-c', command])]);
  return stdout;
}

describe('catalog emulation', () => {
  test('shows psql what was registered', async () => {
    expect(await psql('\\d orders')).toBe(
      [
        'Table "public.orders"',
        'Column|Type|Collation|Nullable|Default',
        'id|bigint||not null|',
        'placed|timestamp without time zone|||',
        'total|numeric(10,2)|||',
        'Indexes:',
        '    "orders_pkey" PRIMARY KEY, btree (id)',
        '',
      ].join('\n'),
    );
    expect(await psql('\\dt')).toContain('public|orders|table|');
  });

  test('leaves statements over the tables of the program to the handler, whatever they call', async () => {
    const client = await connected();
    const sql = 'SELECT pg_typeof(id), version() FROM orders';
    expect((await client.query(sql)).rows).toEqual([{ asked: sql }]);
    expect((await client.query('SELECT 1')).rows).toEqual([{ asked: 'SELECT 1' }]);
    await client.end();
  });

  test('refuses to join the two, and says what to do', async () => {
    const client = await connected();
    await expect(client.query('SELECT * FROM orders, pg_class')).rejects.toMatchObject({
      code: '0A000',
      hint: expect.stringContaining('two statements'),
    });
    expect((await client.query('SELECT 1')).rows).toHaveLength(1);
    await client.end();
  });

  test('tells each session its own truth', async () => {
    const client = await connected('bob', 'bystander');
    const { rows } = await client.query(
      `SELECT current_database(), current_user, session_user, current_schema(), version() LIKE 'PostgreSQL 15.20%' AS version,
              inet_client_addr()::text AS address, (SELECT state FROM pg_stat_activity WHERE pid = pg_backend_pid()) AS state`,
    );
    expect(rows).toEqual([
      {
        current_database: 'bystander',
        current_user: 'bob',
        session_user: 'bob',
        current_schema: 'public',
        version: true,
        address: '127.0.0.1/32',
        state: 'active',
      },
    ]);
    await client.end();
  });

  test('gives its rows to cursors, and its statements to EXECUTE', async () => {
    const client = await connected();
    await client.query('BEGIN');
    await client.query(
      'DECLARE c CURSOR FOR SELECT attname FROM pg_attribute WHERE attnum > 0 ORDER BY attrelid, attnum',
    );
    expect((await client.query('FETCH 3 FROM c')).rowCount).toBe(3);
    expect((await client.query('SELECT 1')).rows).toEqual([{ asked: 'SELECT 1' }]);
    expect((await client.query('FETCH 5 FROM c')).rowCount).toBe(5);
    await client.query('COMMIT');
    await client.query(
      'PREPARE columns (text) AS SELECT attnum FROM pg_attribute WHERE attrelid = $1::regclass AND attname = $2',
    );
    expect((await client.query("EXECUTE columns ('orders', 'total')")).rows).toEqual([{ attnum: 3 }]);
    await client.end();
  });

  test('sees what SET has set, and SHOW what set_config has', async () => {
    const client = await connected();
    await client.query("SET work_mem = '5MB'");
    const asked = "SELECT current_setting('work_mem') AS one, set_config('lock_timeout', '7s', false) AS other";
    expect((await client.query(asked)).rows).toEqual([{ one: '5MB', other: '7s' }]);
    expect((await client.query('SHOW lock_timeout')).rows).toEqual([{ lock_timeout: '7s' }]);
    await client.end();
  });

  test('takes parameters, and describes without running', async () => {
    const client = await connected();
    const text =
      'SELECT attname, atttypid FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > $2 ORDER BY attnum';
    const { rows, fields } = await client.query({ name: 'columns', text, values: ['orders', 1] });
    expect(rows).toEqual([
      { attname: 'placed', atttypid: 1114 },
      { attname: 'total', atttypid: 1700 },
    ]);
    expect(fields.map(({ dataTypeID }) => dataTypeID)).toEqual([19, 26]);
    expect((await client.query({ name: 'columns', text, values: ['orders', 2] })).rows).toHaveLength(1);
    await client.end();
  });

  test('set_config and SET set the same setting', async () => {
    const client = await connected();
    await client.query("SELECT set_config('bytea_output', 'escape', false) FROM pg_database LIMIT 1");
    expect((await client.query('SHOW bytea_output')).rows).toEqual([{ bytea_output: 'escape' }]);
    await client.query('SET search_path TO archive, public, pg_catalog');
    expect((await client.query("SELECT current_setting('search_path'), current_schemas(false)::text")).rows).toEqual([
      { current_setting: 'archive, public, pg_catalog', current_schemas: '{archive,public,pg_catalog}' },
    ]);
    await client.end();
  });

  test('refuses a database that there is not, and names those that there are', async () => {
    await expect(connected('alice', 'nowhere')).rejects.toMatchObject({
      severity: 'FATAL',
      code: '3D000',
      message: 'database "nowhere" does not exist',
      hint: expect.stringContaining('shop'),
    });
  });

  test('an error in a catalog query is in its place of the text, and fails the block', async () => {
    const client = await connected();
    await client.query('BEGIN');
    const failed = client.query('SELECT 1; SELECT nope FROM pg_class');
    await expect(failed).rejects.toMatchObject({ code: '42703', position: '18' });
    await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' });
    await client.query('ROLLBACK');
    await client.end();
  });

  test('pg_cancel_backend reaches a session of the same user, and no other', async () => {
    const bystander = await Bystander.watch(portOf(server));
    const [victim, stranger, owner] = await Promise.all([connected(), connected('mallory'), connected()]);
    const pid = "SELECT pid FROM pg_stat_activity WHERE query = 'SELECT wait'";
    const waiting = victim.query('SELECT wait');
    const canceled = expect(waiting).rejects.toMatchObject({ code: '57014' });
    let target: unknown;
    while (target === undefined) target = (await owner.query(pid)).rows[0]?.pid;
    expect((await stranger.query(pid)).rows).toEqual([]);
    await stranger.query('SELECT pg_cancel_backend($1)', [target]).catch(() => {});
    const state = 'SELECT state FROM pg_stat_activity WHERE pid = $1';
    expect((await owner.query(state, [target])).rows).toEqual([{ state: 'active' }]);
    expect((await owner.query('SELECT pg_cancel_backend($1)', [target])).rows).toEqual([{ pg_cancel_backend: true }]);
    await canceled;
    await Promise.all([victim, stranger, owner].map((client) => client.end()));
    await bystander.expectUnharmed();
  });

  const endless = 'WITH RECURSIVE r AS (SELECT 1 UNION ALL SELECT 1 FROM r) SELECT count(*) FROM r, pg_class';

  /** A catalog query that would run for ever, by the time that it is seen to run. */
  async function runningForEver() {
    const client = await connected();
    const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
    const ended = client.query(endless).then(
      () => 'answered',
      ({ code }: pg.DatabaseError) => code,
    );
    return { client, pid: Number(rows[0].pid), ended };
  }

  test('a CancelRequest ends a catalog query at once, and the next one is served', async () => {
    const { client, ended } = await runningForEver();
    const watcher = await connected();
    // Sent when the query has begun: it is the only one, and whoever asks now waits behind it.
    await setImmediate();
    net.connect(portOf(server), '127.0.0.1').end(cancelRequest(keyOf(client)));
    expect(await ended).toBe('57014');
    expect((await watcher.query('SELECT count(*) > 0 AS some FROM pg_class')).rows).toEqual([{ some: true }]);
    expect((await client.query('SELECT count(*) > 0 AS some FROM pg_class')).rows).toEqual([{ some: true }]);
    await Promise.all([client.end(), watcher.end()]);
  });

  test.each(['pg_cancel_backend', 'pg_terminate_backend'])(
    '%s of a session whose catalog query runs does not wait for that',
    async (name) => {
      const { client, pid, ended } = await runningForEver();
      const other = await connected();
      expect((await other.query(`SELECT ${name}(${pid})`)).rows).toEqual([{ [name]: true }]);
      expect(await ended).toBe(name === 'pg_cancel_backend' ? '57014' : '57P01');
      await Promise.all([client.end().catch(() => {}), other.end()]);
    },
  );

  test('who is no session cannot be reached', async () => {
    const client = await connected();
    const notices: (string | undefined)[] = [];
    client.on('notice', ({ message }) => notices.push(message));
    expect((await client.query('SELECT pg_cancel_backend(1) AS done')).rows).toEqual([{ done: false }]);
    expect(notices).toEqual(['PID 1 is not a PostgreSQL backend process']);
    await client.end();
  });
});
