import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, tracingChannel, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  authenticationChannel,
  connectionChannel,
  copyChannel,
  firstRowChannel,
  statementChannel,
} from '../src/diagnostics.js';
import {
  type AuthenticationTrace,
  BaseConnection,
  type ConnectionTrace,
  type CopyTrace,
  encodedRows,
  PgError,
  type StatementTrace,
  serve,
} from '../src/index.js';
import { Conversation, serialize } from './conversation.js';
import { bind, closeStatement, execute, parse, query, sync } from './frames.js';
import { Frontend } from './frontend.js';
import { portOf } from './listening.js';

const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0)) step();
});

/** What a channel tells, as it begins and when it has ended. */
function listen<T extends object>(name: string) {
  const tracing = tracingChannel<unknown, T>(name);
  const begun: T[] = [];
  const ended: T[] = [];
  const subscribers = {
    start: (event: T) => void begun.push({ ...event }),
    asyncEnd: (event: T) => void ended.push(event),
    end: () => {},
    asyncStart: () => {},
    error: () => {},
  };
  tracing.subscribe(subscribers);
  undo.push(() => tracing.unsubscribe(subscribers));
  return { begun, ended };
}

class Connection extends BaseConnection {
  override handleQuery(sql: string) {
    if (sql === 'fail') throw new PgError({ sqlstate: '42P01', message: 'no such table' });
    const rows = Array.from({ length: 10 }, (_, at) => [String(at)]);
    return encodedRows({ fields: [{ name: 'n', typeOid: 23 }], rows });
  }
  override async handleCopyIn(_target: unknown, { batches }: { batches: AsyncIterable<{ numRows: number }> }) {
    let count = 0;
    for await (const batch of batches) count += batch.numRows;
    return count;
  }
}

test('statements are told of: who answers, how long, rows, bytes, the first row, what went wrong', async () => {
  const { begun, ended } = listen<StatementTrace>('riffq:statement');
  const firstRows: unknown[] = [];
  const onFirstRow = (event: unknown): void => void firstRows.push(event);
  subscribe('riffq:statement:firstRow', onFirstRow);
  undo.push(() => unsubscribe('riffq:statement:firstRow', onFirstRow));
  await using client = new Conversation(Connection, { sessionStatements: 'server' });
  await client.start();
  await client.ask(query('select 1; begin; show timezone; fail'));
  await client.ask(query('rollback'));
  await client.ask(query('copy (select 3) to stdout'));

  const told = ended.map(({ sql, protocol, kind, rows, sqlstate }) => [sql, protocol, kind, rows, sqlstate]);
  expect(told).toEqual([
    ['select 1', 'simple', 'handler', 10, undefined],
    ['begin', 'simple', 'transaction', 0, undefined],
    ['show timezone', 'simple', 'session', 1, undefined],
    ['fail', 'simple', 'handler', 0, '42P01'],
    ['rollback', 'simple', 'transaction', 0, undefined],
    ['copy (select 3) to stdout', 'simple', 'copy', 10, undefined],
  ]);
  expect(begun).toHaveLength(ended.length);
  expect(firstRows).toEqual(ended.filter(({ rows }) => rows > 0));
  for (const { duration, firstRow, bytes, rows, session } of ended) {
    expect(session.user).toBe('alice');
    expect(duration).toBeGreaterThan(0);
    if (rows === 0) continue;
    expect(firstRow).toBeGreaterThanOrEqual(0);
    expect(bytes).toBeGreaterThan(rows * 5);
  }
});

test('each Execute of a portal is told of', async () => {
  const { ended } = listen<StatementTrace>('riffq:statement');
  await using client = new Conversation(Connection);
  await client.start();
  await client.ask(parse('select'), bind(), execute('', 4), execute('', 0), sync());
  expect(ended.map(({ protocol, rows }) => [protocol, rows])).toEqual([
    ['extended', 4],
    ['extended', 6],
  ]);
});

test('COPY is told of, both ways, with rows and bytes', async () => {
  const { ended } = listen<CopyTrace>('riffq:copy');
  await using client = new Conversation(Connection);
  await client.start();
  await client.ask(query('copy (select) to stdout'));
  client.send(query('copy t (a) from stdin'), serialize.copyData(Buffer.from('1\n2\n')), serialize.copyDone());
  await client.until('ReadyForQuery');
  expect(ended.map(({ direction, rows, bytes }) => [direction, rows, bytes])).toEqual([
    ['out', 10, 10 * 7],
    ['in', 2, 4],
  ]);
});

test('connections and who gets in are told of', async () => {
  const connections = listen<ConnectionTrace>('riffq:connection');
  const authentications = listen<AuthenticationTrace>('riffq:authentication');
  class Guarded extends Connection {
    override handleAuth(_user: string, password: string) {
      return password === 'right';
    }
  }
  for (const password of ['wrong', 'right']) {
    await using client = new Conversation(Guarded);
    client.send(serialize.startup({ user: 'alice' }), serialize.password(password), serialize.end());
    await client.untilEnd();
    await client.served;
  }
  const outcomes = [
    ['alice', '28P01'],
    ['alice', undefined],
  ];
  expect(authentications.ended.map(({ session, sqlstate }) => [session.user, sqlstate])).toEqual(outcomes);
  expect(connections.ended.map(({ session, sqlstate }) => [session?.user, sqlstate])).toEqual(outcomes);
  expect(connections.begun).toMatchObject([
    { remoteAddress: '127.0.0.1', remotePort: 4711 },
    { remoteAddress: '127.0.0.1', remotePort: 4711 },
  ]);
});

test('catalog queries and pulls are told of', async () => {
  const statements = listen<StatementTrace>('riffq:statement');
  const pulls = listen<{ readonly database: string; duration?: number }>('riffq:catalog-pull');
  await using server = await serve({
    address: '127.0.0.1:0',
    query: () => [{ n: 1 }],
    catalog: {
      databases: () => [{ oid: 16_384, name: 'shop' }],
      schemas: () => [],
      relations: () => [],
      columns: () => [],
    },
  });
  const client = await Frontend.connect(portOf(server));
  await client.start();
  await client.ask(query('select relname from pg_class limit 1'));
  client.send(serialize.end());
  await client.untilEnd();
  expect(statements.ended).toMatchObject([{ kind: 'catalog', rows: 1 }]);
  expect(pulls.ended[0]).toMatchObject({ database: 'shop', duration: expect.any(Number) });
});

test('what a handler does happens in the store that is bound to its statement', async () => {
  const spans = new AsyncLocalStorage<string>();
  const { start } = tracingChannel<string, StatementTrace>('riffq:statement');
  start.bindStore(spans, ({ sql }) => `span of ${sql}`);
  undo.push(() => start.unbindStore(spans));
  const seen: (string | undefined)[] = [];
  class Seeing extends Connection {
    override handleQuery(sql: string) {
      seen.push(spans.getStore());
      return super.handleQuery(sql);
    }
  }
  await using client = new Conversation(Seeing);
  await client.start();
  await client.ask(query('select 1'));
  expect(seen).toEqual(['span of select 1']);
});

describe('of a client that connects, asks in every way, copies and leaves', () => {
  const tracings = { connectionChannel, authenticationChannel, statementChannel, copyChannel };

  /** How often something was made to be told, by channel. */
  async function toldOf(): Promise<Readonly<Record<string, number>>> {
    const tracing = Object.entries(tracings).map(
      ([name, tracing]) => [name, vi.spyOn(tracing, 'tracePromise')] as const,
    );
    const spies = [...tracing, ['firstRowChannel', vi.spyOn(firstRowChannel, 'publish')] as const];
    undo.push(() => spies.forEach(([, spy]) => void spy.mockRestore()));
    const client = new Conversation(Connection, { sessionStatements: 'server' });
    await client.start();
    for (let again = 0; again < 3; again += 1) {
      await client.ask(query('select 1'));
      await client.ask(parse('select', 's'), bind({ statement: 's' }), execute(), closeStatement('s'), sync());
    }
    await client.ask(query('select 1; begin; show timezone; fail'));
    await client.ask(query('rollback'));
    await client.ask(query('copy (select) to stdout'));
    client.send(query('copy t (a) from stdin'), serialize.copyData(Buffer.from('1\n')), serialize.copyDone());
    await client.until('ReadyForQuery');
    client.send(serialize.end());
    await client.served;
    return Object.fromEntries(spies.map(([name, spy]) => [name, spy.mock.calls.length]));
  }

  test('nothing is made while nobody listens', async () => {
    expect(await toldOf()).toEqual({
      connectionChannel: 0,
      authenticationChannel: 0,
      statementChannel: 0,
      copyChannel: 0,
      firstRowChannel: 0,
    });
  });

  test('who listens to one channel is told of that alone', async () => {
    listen('riffq:copy');
    expect(await toldOf()).toEqual({
      connectionChannel: 0,
      authenticationChannel: 0,
      statementChannel: 0,
      copyChannel: 2,
      firstRowChannel: 0,
    });
  });

  test('everything is told to who listens to all', async () => {
    for (const name of ['connection', 'authentication', 'statement', 'copy']) listen(`riffq:${name}`);
    expect(await toldOf()).toEqual({
      connectionChannel: 1,
      authenticationChannel: 1,
      statementChannel: 13,
      copyChannel: 2,
      firstRowChannel: 9,
    });
  });
});
