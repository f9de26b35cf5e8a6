import { once } from 'node:events';
import pg from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { type Limits, type QueryResult, type RiffqServer, serve, tag } from '../../src/index.js';
import { Bystander } from '../bystander.js';
import { portOf } from '../listening.js';

async function query(sql: string, { signal }: { readonly signal: AbortSignal }): Promise<QueryResult> {
  if (sql.includes('pg_sleep')) await once(signal, 'abort');
  return tag('OK');
}

const open = (limits: Limits = {}) => serve({ address: '127.0.0.1:0', catalogEmulation: false, query, limits });

async function connected(options: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(options);
  client.on('error', () => {});
  await client.connect();
  return client;
}

const addressOf = (server: RiffqServer): pg.ClientConfig => ({
  ...{ host: '127.0.0.1', port: portOf(server), user: 'alice', database: 'shop' },
});

function connect(server: RiffqServer, options: pg.ClientConfig = {}): Promise<pg.Client> {
  return connected({ ...addressOf(server), ...options });
}

/** What the server says, and whether the session has ended, once the client is silent after these statements. */
async function lastWords(options: pg.ClientConfig, statements: readonly string[]): Promise<object> {
  const client = new pg.Client(options);
  const said = once(client, 'error').then(([error]) => error);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  const { severity, code, message } = await said;
  await client.end();
  return { severity, code, message };
}

const silences: readonly (readonly [name: string, statements: readonly string[]])[] = [
  ['idle_session_timeout', ["SET idle_session_timeout = '50ms'"]],
  ['idle_in_transaction_session_timeout', ["SET idle_in_transaction_session_timeout = '50ms'", 'BEGIN']],
  ['transaction_timeout, between statements,', ["SET transaction_timeout = '50ms'", 'BEGIN']],
];

describe('a silent client is told what PostgreSQL would tell it, by', () => {
  test.each(silences)('%s', async (_, statements) => {
    const { host, port, user, password, database } = inject('oracle');
    await using server = await open();
    const bystander = await Bystander.watch(portOf(server));
    const expected = await lastWords({ host, port, user, password, database }, statements);
    expect(await lastWords(addressOf(server), statements)).toEqual(expected);
    await bystander.expectUnharmed();
  });

  test('transaction_timeout, while a statement runs', async () => {
    const { host, port, user, password, database } = inject('oracle');
    const oracle = await connected({ host, port, user, password, database });
    await using server = await open();
    const ours = await connect(server);
    const outcomes: unknown[] = [];
    for (const client of [oracle, ours]) {
      await client.query("SET transaction_timeout = '50ms'");
      outcomes.push(
        await client.query('SELECT pg_sleep(60)').catch(({ severity, code, message }) => ({ severity, code, message })),
      );
      await client.end();
    }
    expect(outcomes[1]).toEqual(outcomes[0]);
  });
});

test.each(['COMMIT AND CHAIN', 'COMMIT; BEGIN'])('transaction_timeout begins anew with %s', async (next) => {
  const { host, port, user, password, database } = inject('oracle');
  await using server = await open();
  const clients = [await connected({ host, port, user, password, database }), await connect(server)];
  for (const client of clients) await client.query("SET transaction_timeout = '500ms'; BEGIN");
  const begun = performance.now();
  while (performance.now() - begun < 1000) for (const client of clients) await client.query(next);
  for (const client of clients) await client.end();
});

describe('what the host limits', () => {
  test.each<[limits: Limits, code: string, statements: readonly string[]]>([
    [{ idleTimeout: 500 }, '57P05', []],
    [{ idleTimeout: 500 }, '57P05', ['SET idle_session_timeout = 0']],
    [{ idleInTransactionTimeout: 50 }, '25P03', ['BEGIN']],
    [{ transactionTimeout: 50 }, '25P04', ['BEGIN']],
  ])('%j holds for every client', async (limits, code, statements) => {
    await using server = await open(limits);
    expect(await lastWords(addressOf(server), statements)).toMatchObject({ severity: 'FATAL', code });
  });

  test('statementTimeout ends statements, and not the session', async () => {
    await using server = await open({ statementTimeout: 50 });
    const client = await connect(server);
    await expect(client.query('SELECT pg_sleep(60)')).rejects.toMatchObject({ code: '57014' });
    expect((await client.query('quick')).command).toBe('OK');
    await client.end();
  });

  test('a client can have less of, not more, and sees in SHOW what holds', async () => {
    await using server = await open({ statementTimeout: 60_000 });
    const client = await connect(server);
    const shown = async () => (await client.query('SHOW statement_timeout')).rows[0].statement_timeout;
    expect(await shown()).toBe('1min');
    await client.query("SET statement_timeout = '2s'");
    expect(await shown()).toBe('2s');
    await expect(client.query("SET statement_timeout = '2min'")).rejects.toMatchObject({
      code: '22023',
      message: '120000 ms is outside the valid range for parameter "statement_timeout" (0 ms .. 60000 ms)',
    });
    // pg_dump asks for no limit, and has to be let on.
    await client.query('SET statement_timeout = 0');
    expect(await shown()).toBe('1min');
    await client.query("SET statement_timeout = '2s'");
    await client.query('RESET statement_timeout');
    expect(await shown()).toBe('1min');
    await client.end();
    await expect(connect(server, { statement_timeout: 120_000 })).rejects.toMatchObject({ code: '22023' });
  });

  const longer = { message: expect.stringContaining('(0 ms .. 60000 ms)'), code: '22023' };

  test.each([
    'SET statement_timeout = 60001',
    'SET SESSION statement_timeout TO DEFAULT; SET statement_timeout = 2147483647',
    "SET LOCAL statement_timeout = '2min'",
    "SET STATEMENT_TIMEOUT TO '1h'",
    "BEGIN; SET LOCAL statement_timeout = '1d'",
    'SET idle_session_timeout = 60001',
    'SET idle_in_transaction_session_timeout = 60001',
    'SET transaction_timeout = 60001',
  ])('is not exceeded by %s', async (statement) => {
    const limit = 60_000;
    const limits = { statementTimeout: limit, idleTimeout: limit, idleInTransactionTimeout: limit };
    await using server = await open({ ...limits, transactionTimeout: limit });
    const client = await connect(server);
    await expect(client.query(statement)).rejects.toMatchObject(longer);
    await client.end();
  });

  test.each(['-c statement_timeout=60001', '--statement_timeout=2min'])(
    'is not exceeded by a client that starts with %s',
    async (options) => {
      await using server = await open({ statementTimeout: 60_000 });
      await expect(connect(server, { options })).rejects.toMatchObject(longer);
    },
  );

  test.each([
    'SET statement_timeout = 0',
    'RESET statement_timeout',
    'RESET ALL',
    'DISCARD ALL',
    'SET statement_timeout TO DEFAULT',
  ])('holds after %s', async (statement) => {
    await using server = await open({ statementTimeout: 50 });
    const client = await connect(server);
    await client.query('SET statement_timeout = 40');
    await client.query(statement);
    expect((await client.query('SHOW statement_timeout')).rows).toEqual([{ statement_timeout: '50ms' }]);
    await expect(client.query('SELECT pg_sleep(60)')).rejects.toMatchObject({ code: '57014' });
    await client.end();
  });

  test('is not held against a client that goes on', async () => {
    await using server = await open({ idleTimeout: 1000, statementTimeout: 1000, idleInTransactionTimeout: 1000 });
    const client = await connect(server);
    const begun = performance.now();
    await client.query('BEGIN');
    while (performance.now() - begun < 2500) expect((await client.query('quick')).command).toBe('OK');
    await client.query('COMMIT');
    await client.end();
  });
});
