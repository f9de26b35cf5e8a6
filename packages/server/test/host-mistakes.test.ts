import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  BaseConnection,
  copyIn,
  copyOut,
  encodedRows,
  PgError,
  type QueryResult,
  RiffqServer,
  rows,
  type Session,
  tag,
} from '../src/index.js';
import { answering, Conversation, RecordingLogger, serialize } from './conversation.js';
import { integers } from './tracked-source.js';
import { untyped } from './untyped.js';

const fields = [{ name: 'n', typeOid: 23 }];

describe('a host without types that gives', () => {
  test.each([
    ['no tag', () => tag(untyped(undefined))],
    ['a number as tag', () => tag(untyped(5))],
    ['a function that makes no tag', () => rows([{ n: 1 }], { tag: untyped(() => 5) })],
    ['numbers as encoded values', () => encodedRows({ fields, rows: untyped([[5]]) })],
  ])('%s makes an error of it, and the session goes on', async (_, answer) => {
    await using client = new Conversation(answering((sql) => (sql === 'mistake' ? answer() : [{ n: 1 }])));
    await client.start();
    const trace = await client.ask(serialize.query('mistake'));
    expect(trace).toMatch(/ErrorResponse\t S "ERROR" V "ERROR" C "XX000" M "[^"]+"/);
    expect(trace).not.toContain('CommandComplete');
    expect(await client.ask(serialize.query('select 1'))).toContain('"SELECT 1"');
  });
});

describe('a host without types', () => {
  test('that gives text as COPY data is told what they have to be', async () => {
    await using client = new Conversation(
      answering(() => copyOut({ format: 'text', columns: 1, data: untyped(['one\n']) })),
      { copy: 'handler' },
    );
    await client.start();
    const trace = await client.ask(serialize.query('copy t to stdout'));
    expect(trace).toContain('C "XX000" M "the data of copyOut have a string among them, which is not a Uint8Array"');
    expect(trace).not.toContain('CopyData');
  });

  const counts = [
    ['undefined', undefined],
    ['NaN', Number.NaN],
    ['-1', -1],
    ['1.5', 1.5],
    ['a string', '1'],
  ] as const;

  test.each(counts)('that answers %s for the rows that it took is told so', async (found, count) => {
    class Counting extends answering(() => copyIn({ format: 'text', columns: 1, receive: () => untyped(count) })) {
      override handleCopyIn(): number {
        return untyped(count);
      }
    }
    for (const copy of ['server', 'handler'] as const) {
      await using client = new Conversation(Counting, { copy });
      await client.start();
      const trace = await client.ask(
        ...[serialize.query('copy t (a) from stdin'), serialize.copyData(Buffer.from('1\n')), serialize.copyDone()],
      );
      const who = copy === 'server' ? 'handleCopyIn' : "copyIn's receive";
      expect(trace).toContain(`C "XX000" M "${who} answered with ${found}, which is not a number of rows"`);
      expect(trace).not.toContain('CommandComplete');
      expect(await client.ask(serialize.query('select 1'), serialize.copyDone())).toContain('ReadyForQuery');
    }
  });
});

test.each([
  ['takes nine seconds', 9000, 'disconnect, shutdown'],
  ['never ends', Number.POSITIVE_INFINITY, 'shutdown'],
])('a handleDisconnect that %s: shutdown comes after it, and not never', async (_, milliseconds, expected) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const events: string[] = [];
  class Slow extends BaseConnection {
    override handleQuery() {
      return [{ n: 1 }];
    }

    override async handleDisconnect(): Promise<void> {
      await new Promise<void>((resolve) => {
        if (Number.isFinite(milliseconds)) setTimeout(resolve, milliseconds);
      });
      events.push('disconnect');
    }
  }
  const logger = new RecordingLogger();
  const server = new RiffqServer('127.0.0.1:0', Slow, { logger });
  server.handleShutdown(() => void events.push('shutdown'));
  const address = await server.listen();
  if (typeof address === 'string') throw new Error('expected a port');
  const socket = connect(address.port, '127.0.0.1');
  socket.write(serialize.startup({ user: 'alice' }));
  await once(socket, 'data');
  socket.destroy();
  const closing = server.close({ grace: 0 });
  await vi.advanceTimersByTimeAsync(12_000);
  await closing;
  expect(events.join(', ')).toBe(expected);
  const warned = logger.lines.map(({ level, message }) => `${level}: ${message}`);
  expect(warned).toEqual(
    Number.isFinite(milliseconds) ? [] : ['warn: handlers did not finish with clients that have left'],
  );
});

test('a text of millions of statements is read one by one: the first error ends it', async () => {
  let asked = 0;
  await using client = new Conversation(
    answering(() => {
      asked += 1;
      throw new Error('no such thing');
    }),
  );
  await client.start();
  expect(await client.ask(serialize.query('a;'.repeat(2_000_000)))).toContain('M "no such thing"');
  expect(asked).toBe(1);
});

test('a pool of asyncpg gets its connections back', async () => {
  await using client = new Conversation(
    answering(() => {
      throw new Error('not for the handler');
    }),
    { sessionStatements: 'server' },
  );
  await client.start();
  const trace = await client.ask(
    serialize.query('SELECT pg_advisory_unlock_all();\nCLOSE ALL;\nUNLISTEN *;\nRESET ALL;'),
  );
  expect(trace.match(/CommandComplete\t "[^"]+"/g)).toEqual(
    ['SELECT 1', 'CLOSE CURSOR ALL', 'UNLISTEN', 'RESET'].map((name) => `CommandComplete\t "${name}"`),
  );
});

/** What no program means to throw, and what a proxy or a careless getter makes of it. */
const hostile: readonly (readonly [string, unknown])[] = [
  ['a proxy that throws whatever it is asked', new Proxy({}, { get: fails, has: fails, getPrototypeOf: fails })],
  ['an error whose message throws', Object.defineProperty(new Error('no'), 'message', { get: fails })],
  ['an error whose code throws', Object.defineProperty(new Error('no'), 'code', { get: fails })],
  ['a PgError with a number for its message', new PgError({ message: untyped(5) })],
  ['nothing', undefined],
  ['a symbol', Symbol('no')],
  ['an object without a prototype', Object.create(null)],
];

function fails(): never {
  throw new Error('not even this can be asked');
}

test.each(hostile)('a handler that throws %s gets its client an error, and the session goes on', async (_, thrown) => {
  await using client = new Conversation(
    answering((sql) => {
      if (sql === 'throw') throw thrown;
      if (sql === 'reject') return Promise.reject(thrown);
      return [{ n: 1 }];
    }),
  );
  await client.start();
  for (const way of ['throw', 'reject']) {
    expect(await client.ask(serialize.query(way))).toMatch(
      /^B\t\d+\tErrorResponse\t S "ERROR" V "ERROR" C "XX000" M "/,
    );
  }
  expect(await client.ask(serialize.query('select 1'))).toContain('"SELECT 1"');
});

test('a logger and an onError that throw end nobody’s session', async () => {
  const broken = { debug: fails, info: fails, warn: fails, error: fails };
  await using client = new Conversation(
    answering((sql) => {
      if (sql === 'throw') throw new Error('no');
      return [{ n: 1 }];
    }),
    { logger: broken, onError: fails },
  );
  await client.start();
  expect(await client.ask(serialize.query('throw'))).toContain('C "XX000" M "no"');
  expect(await client.ask(serialize.query('select 1'))).toContain('"SELECT 1"');
});

test('an onError that answers with something else than a PgError is understood as a handler would be', async () => {
  await using client = new Conversation(
    answering(() => {
      throw new Error('secret');
    }),
    { onError: () => untyped({ sqlstate: '42501', message: 'no' }) },
  );
  await client.start();
  expect(await client.ask(serialize.query('throw'))).toContain('S "ERROR" V "ERROR" C "42501" M "no"');
});

test.each([
  ['nothing', {}],
  ['numbers', { message: 5, detail: 6, sqlstate: 7 }],
])('a notice of %s is a notice', async (_, fields) => {
  await using client = new Conversation(
    answering((_sql, { session }) => {
      session.notice(untyped(fields));
      return [{ n: 1 }];
    }),
  );
  await client.start();
  const trace = await client.ask(serialize.query('select 1'));
  expect(trace).toContain('NoticeResponse');
  expect(trace).toContain('"SELECT 1"');
});

test('a transaction status that there is not is refused', async () => {
  await using client = new Conversation(
    answering((_sql, { session }) => {
      session.setTransactionStatus(untyped('Q'));
      return [{ n: 1 }];
    }),
  );
  await client.start();
  const trace = await client.ask(serialize.query('select 1'));
  expect(trace).toMatch(/C "XX000" M ""Q" is none of ReadyForQuery's statuses".*\n.*ReadyForQuery\t I/);
});

test('a session that is closed with something else than a PgError ends as if a handler had thrown that', async () => {
  await using client = new Conversation(
    answering((_sql, { session }) => {
      session.close(untyped(new Error('moved')));
      return [{ n: 1 }];
    }),
  );
  await client.start();
  client.send(serialize.query('select 1'));
  expect(await client.untilEnd()).toMatch(/^B\t\d+\tErrorResponse\t S "FATAL" V "FATAL" C "XX000" M "moved" \\x00\n$/);
});

describe('a handler that closes its session and answers all the same, at once,', () => {
  const moved = new PgError({ sqlstate: '57P01', message: 'moved' });
  function* batches(session: Session) {
    yield integers(1);
    session.close(moved);
    yield integers(2);
  }

  test.each<[string, (session: Session) => QueryResult]>([
    [
      'with rows',
      (session) => {
        session.close(moved);
        return [{ n: 1 }];
      },
    ],
    [
      'with a tag',
      (session) => {
        session.close(moved);
        return tag('DONE');
      },
    ],
    ['in the middle of its rows', (session) => ({ schema: integers().schema, batches: batches(session) })],
  ])('%s has none of it sent any more', async (_, answer) => {
    await using client = new Conversation(answering((_sql, { session }) => answer(session)));
    await client.start();
    client.send(serialize.query('select 1'));
    const trace = await client.untilEnd();
    expect(trace).toContain('S "FATAL" V "FATAL" C "57P01" M "moved"');
    expect(trace).not.toContain('CommandComplete');
    expect(trace.match(/DataRow/g)?.length ?? 0).toBeLessThan(2);
  });
});
