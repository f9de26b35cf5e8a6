import { once } from 'node:events';
import { connect } from 'node:net';
import { duplexPair } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { BaseConnection, type QueryContext, type QueryResult, RiffqServer, tag } from '../src/index.js';
import { endlessRows, oneRow } from './answers.js';
import { answering, RecordingLogger, serialize } from './conversation.js';
import { Frontend } from './frontend.js';
import { Latch } from './latch.js';
import { Listening } from './listening.js';
import { sslRequest, startupMessage } from './startup-packets.js';

const anything = answering(() => oneRow());
const shutDown = 'S "FATAL" V "FATAL" C "57P01" M "terminating connection due to administrator command"';

/** A server whose statement `wait` ends when the test says so, or never; and what its connections went through. */
class Waiting {
  readonly events: string[] = [];
  readonly running = new Latch<QueryContext>();
  readonly finish = new Latch<QueryResult>();

  connectionClass() {
    const waiting = this;
    return class extends BaseConnection {
      override handleQuery(sql: string, _callback: unknown, context: QueryContext) {
        if (sql === 'rows') return endlessRows();
        if (sql === 'row') return oneRow('x'.repeat(10_000));
        if (sql !== 'wait') return oneRow();
        waiting.running.open(context);
        return waiting.finish.opened;
      }
      override async handleDisconnect() {
        // A handler that needs its time is waited for.
        await new Promise(setImmediate);
        waiting.events.push(`disconnect ${this.session.user}`);
      }
    };
  }

  async open(): Promise<Listening> {
    return Listening.open(this.connectionClass(), {}, (server) => {
      server.handleShutdown(async () => {
        this.events.push('shutdown');
      });
    });
  }
}

describe('close', () => {
  test('tells idle clients 57P01 and waits for every handleDisconnect before handleShutdown’s callback, which runs once', async () => {
    const waiting = new Waiting();
    const { server, port } = await waiting.open();
    const users = ['alice', 'bob', 'carol'];
    const clients: Frontend[] = [];
    for (const user of users) {
      const client = await Frontend.connect(port);
      await client.start({ user });
      clients.push(client);
    }
    await clients[1]?.ask(serialize.query('begin'));
    await Promise.all([server.close(), server.close(), server[Symbol.asyncDispose]()]);
    await server.close();
    expect(waiting.events.slice(0, -1).sort()).toEqual(users.map((user) => `disconnect ${user}`));
    expect(waiting.events.at(-1)).toBe('shutdown');
    for (const client of clients) expect(await client.untilEnd()).toContain(shutDown);
    expect(server.address()).toBeNull();
  });

  test('accepts nobody any more while it waits for a statement, which may finish', async () => {
    const waiting = new Waiting();
    const { server, port } = await waiting.open();
    const client = await Frontend.connect(port);
    await client.start();
    client.send(serialize.query('wait'));
    const { signal } = await waiting.running.opened;
    const closing = server.close({ grace: 60_000 });
    const late = connect(port, '127.0.0.1');
    await expect(once(late, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(signal.aborted).toBe(false);
    waiting.finish.open(oneRow());
    const trace = await client.untilEnd();
    expect(trace).toMatch(/DataRow.*\n.*CommandComplete.*\n.*ReadyForQuery.*\n.*ErrorResponse.* C "57P01"/);
    await closing;
    expect(waiting.events).toEqual(['disconnect alice', 'shutdown']);
  });

  test.each([2 ** 31, Number.POSITIVE_INFINITY])('lets a statement finish for a grace of %d', async (grace) => {
    const waiting = new Waiting();
    const { server, port } = await waiting.open();
    const client = await Frontend.connect(port);
    await client.start();
    client.send(serialize.query('wait'));
    const { signal } = await waiting.running.opened;
    const closing = server.close({ grace });
    // A timer that Node cannot be set to would have fired before this one.
    await setTimeout(10);
    expect(signal.aborted).toBe(false);
    waiting.finish.open(oneRow());
    await closing;
    expect(await client.untilEnd()).toContain('CommandComplete');
  });

  test('aborts a statement when the grace is over: 57P01, for handler and client', async () => {
    const waiting = new Waiting();
    const { server, port } = await waiting.open();
    const client = await Frontend.connect(port);
    await client.start();
    client.send(serialize.query('wait'));
    const { signal } = await waiting.running.opened;
    await server.close({ grace: 0 });
    expect(signal.reason).toMatchObject({ severity: 'FATAL', sqlstate: '57P01' });
    const trace = await client.untilEnd();
    expect(trace).toContain(shutDown);
    expect(trace.match(/ErrorResponse/g)).toHaveLength(1);
    expect(waiting.events).toEqual(['disconnect alice', 'shutdown']);
  });

  test('does not wait for clients that have not come in', async () => {
    class WithPassword extends BaseConnection {
      override handleAuth() {
        return undefined;
      }
      override handleQuery() {
        return tag('OK');
      }
    }
    const { server, port } = await Listening.open(WithPassword);
    const silent = await Frontend.connect(port);
    const encrypting = await Frontend.connect(port);
    encrypting.send(sslRequest);
    await encrypting.byte();
    const asked = await Frontend.connect(port);
    asked.send(startupMessage(0, { user: 'alice' }));
    await asked.until('AuthenticationCleartextPassword');
    const undecided = await Frontend.connect(port);
    undecided.send(startupMessage(0, { user: 'alice' }), serialize.password('x'));
    await undecided.until('AuthenticationCleartextPassword');
    const closing = performance.now();
    await server.close({ grace: 60_000 });
    expect(performance.now() - closing).toBeLessThan(10_000);
    expect(await silent.untilEnd()).toBe('');
    expect(await encrypting.untilEnd()).toBe('');
    expect(await asked.untilEnd()).toContain('57P01');
    expect(await undecided.untilEnd()).toContain('57P01');
  });

  test('cuts off a client that does not read what it is told', async () => {
    const waiting = new Waiting();
    const { server } = await waiting.open();
    const [client, served] = duplexPair();
    const done = server.handleSocket(served, { ip: '127.0.0.1', port: 1 });
    client.write(startupMessage(0, { user: 'alice' }));
    await once(client, 'readable');
    await server.close({ grace: 0 });
    await done;
    expect(waiting.events).toEqual(['disconnect alice', 'shutdown']);
  });

  test.each([
    ['of a large result', 'rows'],
    ['of many small results', 'row'],
  ])('cuts off a client that stopped reading in the middle %s', async (_, sql) => {
    const waiting = new Waiting();
    const { server, port } = await waiting.open();
    const client = await Frontend.connect(port);
    await client.start();
    client.send(Buffer.concat(Array.from({ length: 3000 }, () => serialize.query(sql))));
    await client.until('DataRow');
    client.raw.pauseReading();
    const closing = performance.now();
    await server.close({ grace: 0 });
    expect(performance.now() - closing).toBeLessThan(3000);
    expect(waiting.events).toEqual(['disconnect alice', 'shutdown']);
    client.stream.destroy();
  });

  test('gives statements the grace that the server was started with, when nothing else is said', async () => {
    const waiting = new Waiting();
    const controller = new AbortController();
    const { server, port } = await Listening.open(waiting.connectionClass(), {
      signal: controller.signal,
      grace: 60_000,
    });
    const client = await Frontend.connect(port);
    await client.start();
    client.send(serialize.query('wait'));
    const { signal } = await waiting.running.opened;
    controller.abort();
    const late = connect(port, '127.0.0.1');
    await expect(once(late, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(signal.aborted).toBe(false);
    waiting.finish.open(oneRow());
    expect(await client.untilEnd()).toMatch(/CommandComplete.*\n.*ReadyForQuery.*\n.*ErrorResponse.* C "57P01"/);
    await server.close();
  });

  test('is not stopped by a failing handleShutdown, which is logged', async () => {
    const failure = new Error('no checkpoint');
    const logger = new RecordingLogger();
    const server = new RiffqServer('127.0.0.1:0', anything, { logger });
    server.handleShutdown(() => {
      throw failure;
    });
    await server.listen();
    await server.close();
    expect(logger.lines).toMatchObject([{ level: 'error', fields: { err: failure } }]);
  });
});
