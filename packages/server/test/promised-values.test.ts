import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  BaseConnection,
  encodedRows,
  type QueryCallback,
  type QueryContext,
  type QueryResult,
  rows,
  tag,
} from '../src/index.js';
import { oneRow } from './answers.js';
import { Bystander } from './bystander.js';
import { answering, Conversation, RecordingLogger, serialize } from './conversation.js';
import { bind, closeStatement, describeStatement, execute, parse, query, sync } from './frames.js';
import { Latch } from './latch.js';
import { Listening } from './listening.js';
import { untyped } from './untyped.js';

const fields = [{ name: 'n', typeOid: 25 }];
const rejecting = (): Promise<never> => Promise.reject(new Error('nobody catches this'));

/** What would have ended the process. */
const uncaught: unknown[] = [];
const remember = (error: unknown): void => void uncaught.push(error);
beforeEach(() => void process.on('unhandledRejection', remember));
afterEach(async () => {
  // Node tells of a rejection when nothing else is left to do in its turn.
  await setImmediate();
  process.off('unhandledRejection', remember);
  expect(uncaught.splice(0)).toEqual([]);
});

/** Promises that reject, where a host without types may give them instead of values. */
const mistakes: Readonly<
  Record<string, (context: QueryContext, callback: QueryCallback) => QueryResult | Promise<QueryResult> | undefined>
> = {
  'to its callback': (_context, callback) => void callback(untyped(rejecting())),
  'to its callback, when the statement has its answer': (_context, callback) => {
    callback(tag('OK'));
    callback(untyped(rejecting()));
    return undefined;
  },
  'to its callback as an error': (_context, callback) => void callback(untyped(rejecting()), { isError: true }),
  'to its callback as a second error': (_context, callback) => {
    callback(tag('OK'));
    callback(untyped(rejecting()), { isError: true });
    return undefined;
  },
  'to its callback as a tag': (_context, callback) => void callback(untyped(rejecting()), { isTag: true }),
  'as a tag': () => tag(untyped(rejecting())),
  'as what makes the tag of rows': () => rows([{ n: 1 }], { tag: untyped(rejecting) }),
  'as what makes the tag of encoded rows': () => encodedRows({ fields, rows: [['a']], tag: untyped(rejecting) }),
  'as rows with a tag': () => rows(untyped(rejecting()), { tag: 'OK' }),
  'as encoded rows': () => encodedRows({ fields, rows: untyped([rejecting(), rejecting()]) }),
  'as values of encoded rows': () => encodedRows({ fields, rows: untyped([[rejecting()], [rejecting()]]) }),
  'as rows': () => untyped([rejecting(), rejecting()]),
  'as values of objects': () => [{ n: 1 }, { n: rejecting() }, { n: rejecting() }],
  'as values of rows behind a schema': () => [[{ name: 'n', type: 'int' }], [[rejecting()], [rejecting()]]],
  'as what it throws': () => {
    throw rejecting();
  },
};

test.each(Object.entries(mistakes))('a handler that gives promises %s ends no session', async (_, mistake) => {
  const connectionClass = answering((sql, context, callback) =>
    sql === 'mistake' ? mistake(context, callback) : sql === 'tag' ? tag('OK') : oneRow(),
  );
  await using server = await Listening.open(connectionClass);
  const bystander = await Bystander.watch(server.port);
  const client = await server.connect();
  await client.start();
  await client.ask(query('mistake'));
  await client.ask(parse('mistake', 'it'), describeStatement('it'), sync());
  await client.ask(closeStatement('it'), parse('mistake'), bind(), execute('', 1), sync());
  expect(await client.ask(query('tag'))).toContain('"OK"');
  await bystander.expectUnharmed();
  client.stream.destroy();
});

/** What is known only when it is read: until then it is the host's own. */
const mistakesToRead: Readonly<Record<string, () => QueryResult>> = {
  'as encoded rows that come one by one': () => encodedRows({ fields, rows: untyped([rejecting()].values()) }),
  'as values of a later encoded row': () =>
    encodedRows({ fields, rows: untyped([['a'], [rejecting()], [rejecting()]]) }),
};

test.each(Object.entries(mistakesToRead))(
  'a handler that gives promises %s ends no session that reads them',
  async (_, mistake) => {
    await using client = new Conversation(answering((sql) => (sql === 'mistake' ? mistake() : oneRow())));
    await client.start();
    expect(await client.ask(query('mistake'))).toContain('ErrorResponse\t S "ERROR" V "ERROR" C "XX000"');
    expect(await client.ask(query('select 1'))).toContain('"SELECT 1"');
  },
);

test('a handler that gives promises to its callback when its statement has timed out ends no session', async () => {
  const limits = { statementTimeout: 50 };
  const said = new Latch();
  const connectionClass = answering((sql, { signal }, callback) => {
    if (sql !== 'mistake') return oneRow();
    signal.addEventListener('abort', () => {
      void setImmediate().then(() => {
        callback(untyped(rejecting()));
        said.open();
      });
    });
    return undefined;
  });
  await using client = new Conversation(connectionClass, { limits });
  await client.start();
  expect(await client.ask(query('mistake'))).toContain('C "57014"');
  await said.opened;
  expect(await client.ask(query('select 1'))).toContain('"SELECT 1"');
});

test('a logger whose methods are async and reject ends nobody’s session', async () => {
  const broken = { debug: rejecting, info: rejecting, warn: rejecting, error: rejecting };
  await using client = new Conversation(
    answering((sql) => {
      if (sql === 'throw') throw new Error('no');
      return [{ n: 1 }];
    }),
    { logger: broken },
  );
  await client.start();
  expect(await client.ask(serialize.query('throw'))).toContain('C "XX000" M "no"');
  expect(await client.ask(serialize.query('select 1'))).toContain('"SELECT 1"');
});

test('an onError that is async is logged, and its client sees nothing of the error', async () => {
  const logger = new RecordingLogger();
  await using client = new Conversation(
    answering((sql) => {
      if (sql === 'throw') throw new Error('secret');
      return [{ n: 1 }];
    }),
    { logger, onError: untyped(rejecting) },
  );
  await client.start();
  expect(await client.ask(serialize.query('throw'))).toContain('C "XX000" M "unknown error"');
  expect(await client.ask(serialize.query('select 1'))).toContain('"SELECT 1"');
  expect(logger.lines[0]).toMatchObject({
    message: 'onError failed',
    fields: { err: { message: 'onError has to answer at once, not with a promise' } },
  });
});

test('places that are reserved are given to nobody by a function that is async', async () => {
  const reservedConnections = { count: 1, mayUse: untyped(rejecting) };
  await using server = await Listening.open(
    answering(() => oneRow()),
    { limits: { connections: 1, reservedConnections } },
  );
  const client = await server.connect();
  client.send(serialize.startup({ user: 'alice' }));
  expect(await client.untilEnd()).toContain(
    'S "FATAL" V "FATAL" C "XX000" M "reservedConnections.mayUse has to answer at once, not with a promise"',
  );
});

test('a handleConnect that gives its callback a promise lets nobody in', async () => {
  class Deciding extends BaseConnection {
    override handleConnect(_ip: string, _port: number, { callback }: Parameters<BaseConnection['handleConnect']>[2]) {
      callback(untyped(rejecting()));
    }
    override handleQuery() {
      return oneRow();
    }
  }
  await using client = new Conversation(Deciding);
  client.send(serialize.startup({ user: 'alice' }));
  expect(await client.untilEnd()).toContain('S "FATAL"');
});
