import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { BaseConnection, encodedRows, RiffqServer, rows, tag } from '../src/index.js';
import { answering, Conversation, RecordingLogger, serialize } from './conversation.js';
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

test('a handleDisconnect that never ends does not keep the server from its shutdown', async () => {
  class Forgetful extends BaseConnection {
    override handleQuery() {
      return [{ n: 1 }];
    }

    override handleDisconnect(): Promise<void> {
      return new Promise(() => {});
    }
  }
  const logger = new RecordingLogger();
  const server = new RiffqServer('127.0.0.1:0', Forgetful, { logger });
  let shutdowns = 0;
  server.handleShutdown(() => {
    shutdowns += 1;
  });
  const address = await server.listen();
  if (typeof address === 'string') throw new Error('expected a port');
  const socket = connect(address.port, '127.0.0.1');
  socket.write(serialize.startup({ user: 'alice' }));
  await once(socket, 'data');
  socket.destroy();
  await server.close({ grace: 0 });
  expect(shutdowns).toBe(1);
  expect(logger.lines.map(({ level, message }) => `${level}: ${message}`)).toContain(
    'warn: handlers did not finish with clients that have left',
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
