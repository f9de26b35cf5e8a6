import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { BaseConnection, RiffqServer, tag } from '../src/index.js';
import { answering, Conversation, serialize } from './conversation.js';
import { Journal } from './journal.js';
import { Latch } from './latch.js';
import { Listening } from './listening.js';
import { startupMessage } from './startup-packets.js';

describe('a handleDisconnect', () => {
  class Failing extends BaseConnection {
    override handleQuery() {
      return tag('OK');
    }
    override handleDisconnect(): Promise<void> | void {
      if (this.session.user === 'sync') throw new Error('sync');
      if (this.session.user === 'async') return Promise.reject(new Error('async'));
    }
    override async [Symbol.asyncDispose]() {
      disposed.push(this.session.user);
    }
  }
  const disposed: string[] = [];

  test.each(['sync', 'async'])('that fails (%s) is logged, and the object is let go all the same', async (user) => {
    await using client = new Conversation(Failing);
    await client.start({ user });
    expect(client.server.getConnection(0)).toBeInstanceOf(Failing);
    client.send(serialize.end());
    await client.served;
    expect(() => client.server.getConnection(0)).toThrow(RangeError);
    expect(disposed).toContain(user);
    expect(client.logger.lines).toMatchObject([{ level: 'error', fields: { connectionId: 0, err: new Error(user) } }]);
  });

  test('that takes its time does not keep its client waiting', async () => {
    const finish = new Latch();
    class Slow extends BaseConnection {
      override handleQuery() {
        return tag('OK');
      }
      override handleDisconnect() {
        return finish.opened;
      }
    }
    await using client = new Conversation(Slow);
    await client.start();
    client.send(serialize.end());
    expect(await client.untilEnd()).toBe('');
    expect(client.server.getConnection(0)).toBeInstanceOf(Slow);
    finish.open();
    await client.served;
  });

  test('of the server, overridden, still lets the object go', async () => {
    class Server extends RiffqServer {
      override handleDisconnect() {}
    }
    const journal = new Journal();
    await using server = new Server('127.0.0.1:0', journal.connectionClass());
    const stream = new PassThrough();
    const served = server.handleSocket(stream, { ip: '127.0.0.1', port: 1 });
    stream.write(startupMessage(0, { user: 'alice' }));
    stream.end();
    await served;
    expect(journal.events).toEqual(['dispose']);
    expect(() => server.getConnection(0)).toThrow(RangeError);
  });
});

describe('getConnection', () => {
  test('gives the object of a client that is here, by numbers that are never used again', async () => {
    await using server = await Listening.open(answering(() => tag('OK')));
    const numbers: number[] = [];
    for (let at = 0; at < 3; at += 1) {
      const client = await server.connect();
      await client.start();
      expect(server.server.getConnection(at).connectionId).toBe(at);
      numbers.push(at);
      client.send(serialize.end());
      await client.untilEnd();
    }
    for (const number of numbers) expect(() => server.server.getConnection(number)).toThrow(RangeError);
  });
});
