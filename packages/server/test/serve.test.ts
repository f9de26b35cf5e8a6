import pg from 'pg';
import { describe, expect, test } from 'vitest';
import {
  encodedRows,
  PgError,
  type QueryContext,
  type QueryResult,
  selfSignedCertificate,
  serve,
  tag,
} from '../src/index.js';
import { oneRow } from './answers.js';
import { RecordingLogger, serialize } from './conversation.js';
import { Frontend } from './frontend.js';
import { portOf } from './listening.js';

const address = '127.0.0.1:0';

describe('serve', () => {
  test('answers drivers from one function, with parameters and context', async () => {
    const contexts: QueryContext[] = [];
    await using server = await serve({
      address,
      query(_sql, context) {
        contexts.push(context);
        return oneRow();
      },
    });
    const client = new pg.Client({ host: '127.0.0.1', port: portOf(server), user: 'alice', database: 'shop' });
    await client.connect();
    expect((await client.query('select 1')).rows).toEqual([{ '?column?': 1 }]);
    await client.query('select $1, $2', ['a', null]);
    await client.end();
    expect(contexts[0]).toMatchObject({ protocol: 'simple', args: [], session: { user: 'alice', database: 'shop' } });
    expect(contexts[1]).toMatchObject({ protocol: 'extended', args: ['a', null] });
  });

  test('answers what drivers set at connect by itself, unless told to leave it to the function', async () => {
    const seen: string[] = [];
    const query = (sql: string): QueryResult => {
      seen.push(sql);
      return tag('HANDLED');
    };
    await using ours = await serve({ address, query });
    const client = await Frontend.connect(portOf(ours));
    await client.start();
    expect(await client.ask(serialize.query('set application_name to x'))).toContain('CommandComplete\t "SET"');
    expect(seen).toEqual([]);
    client.stream.destroy();
    await using theirs = await serve({ address, query, sessionStatements: 'handler' });
    const other = await Frontend.connect(portOf(theirs));
    await other.start();
    expect(await other.ask(serialize.query('set application_name to x'))).toContain('"HANDLED"');
    expect(seen).toEqual(['set application_name to x']);
    other.stream.destroy();
  });

  test('asks authenticate, when there is one, with user, password and session', async () => {
    await using server = await serve({
      address,
      query: oneRow,
      authenticate: async (user, password, session) =>
        `${user} ${password} ${session.database}` === 'alice secret shop',
    });
    const account = { host: '127.0.0.1', port: portOf(server), user: 'alice', database: 'shop' };
    const client = new pg.Client({ ...account, password: 'secret' });
    await client.connect();
    await client.end();
    await expect(new pg.Client({ ...account, password: 'wrong' }).connect()).rejects.toMatchObject({ code: '28P01' });
  });

  test('asks lookupPassword, when there is one, what is known of the user', async () => {
    await using server = await serve({
      address,
      query: oneRow,
      lookupPassword: async (user, session) => (`${user} ${session.database}` === 'alice shop' ? 'secret' : null),
    });
    const account = { host: '127.0.0.1', port: portOf(server), database: 'shop', password: 'secret' };
    const client = new pg.Client({ ...account, user: 'alice' });
    await client.connect();
    await client.end();
    await expect(new pg.Client({ ...account, user: 'bob' }).connect()).rejects.toMatchObject({ code: '28P01' });
  });

  test('offers TLS with a certificate, or requires it', async () => {
    const { certificate, key } = selfSignedCertificate();
    await using server = await serve({ address, query: oneRow, tls: { certificate, key, required: true } });
    const account = { host: 'localhost', port: portOf(server), user: 'alice', database: 'shop' };
    const client = new pg.Client({ ...account, ssl: { ca: String(certificate) } });
    await client.connect();
    await client.end();
    await expect(new pg.Client(account).connect()).rejects.toMatchObject({
      code: '28000',
      message: expect.stringMatching(
        /^no pg_hba.conf entry for host ".*", user "alice", database "shop", no encryption$/,
      ),
    });
  });

  test('asks describe, when there is one, instead of running the statement', async () => {
    const fields = [{ name: 'described', typeOid: 23 }];
    let runs = 0;
    await using server = await serve({
      address,
      query() {
        runs += 1;
        return encodedRows({ fields, rows: [] });
      },
      describe: () => ({ parameterTypes: [], schema: fields }),
    });
    const client = await Frontend.connect(portOf(server));
    await client.start();
    const trace = await client.ask(
      serialize.parse({ text: 'select' }),
      serialize.describe({ type: 'S' }),
      serialize.sync(),
    );
    expect(trace).toContain('RowDescription\t 1 "described"');
    expect(runs).toBe(0);
    client.stream.destroy();
  });

  test('answers with an error when the function has no answer', async () => {
    const answers: readonly (() => unknown)[] = [() => undefined, async () => {}, () => null];
    for (const answer of answers) {
      await using server = await serve({ address, query: (): QueryResult => untyped(answer()) });
      const client = await Frontend.connect(portOf(server));
      await client.start();
      expect(await client.ask(serialize.query('select 1'))).toMatch(/C "XX000" M "handleQuery .*\n.*ReadyForQuery/);
      client.stream.destroy();
    }
  });

  test('takes every option of the server and of its start', async () => {
    const logger = new RecordingLogger();
    const controller = new AbortController();
    const server = await serve({
      address: { host: '127.0.0.1', port: 0 },
      query() {
        throw new Error('secret');
      },
      logger,
      serverVersion: '15.20',
      signal: controller.signal,
      limits: { messageBytes: 100 },
      onError: () => new PgError({ sqlstate: '58000', message: 'system error' }),
    });
    const client = await Frontend.connect(portOf(server));
    expect(await client.start()).toContain('"server_version" "15.20"');
    expect(await client.ask(serialize.query('select 1'))).toContain('C "58000" M "system error"');
    client.send(serialize.query('x'.repeat(200)));
    expect(await client.untilEnd()).toContain('S "FATAL" V "FATAL" C "58000" M "system error"');
    controller.abort();
    await server.close();
    expect(server.address()).toBeNull();
  });

  test('answers what tools ask of the catalog, unless told otherwise', async () => {
    await using emulating = await serve({ address, query: (asked) => [{ '?column?': asked }] });
    await using plain = await serve({
      address,
      query: (asked) => [{ '?column?': asked }],
      catalogEmulation: false,
    });
    const sql = "SELECT relkind FROM pg_class WHERE relname = 'pg_class'";
    const kinds = [];
    for (const server of [emulating, plain]) {
      const client = new pg.Client({ host: '127.0.0.1', port: portOf(server), user: 'alice', database: 'shop' });
      await client.connect();
      kinds.push((await client.query(sql)).rows);
      await client.end();
    }
    expect(kinds).toEqual([[{ relkind: 'r' }], [{ '?column?': sql }]]);
  });

  test('at an address that cannot be had is an error', async () => {
    await using first = await serve({ address, query: oneRow });
    await expect(serve({ address: `127.0.0.1:${portOf(first)}`, query: oneRow })).rejects.toMatchObject({
      code: 'RIFFQ_ERR_LISTEN_ADDRESS',
    });
  });
});

/** What a program from JavaScript may answer with, whatever the types say. */
function untyped(value: unknown): QueryResult {
  const box = new Map<string, QueryResult>();
  Reflect.apply(Map.prototype.set, box, ['value', value]);
  return Reflect.apply(Map.prototype.get, box, ['value']);
}
