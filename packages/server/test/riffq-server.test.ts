import { getEventListeners } from 'node:events';
import { duplexPair } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { RiffqServer } from '../src/index.js';
import { oneRow } from './answers.js';
import { answering, serialize } from './conversation.js';
import { Frontend } from './frontend.js';
import { Listening, portOf } from './listening.js';
import { startupMessage } from './startup-packets.js';

const anything = answering(() => oneRow());
const shutDown = 'S "FATAL" V "FATAL" C "57P01" M "terminating connection due to administrator command"';
const alreadyStarted = { code: 'RIFFQ_ERR_ALREADY_STARTED' };

describe('listen', () => {
  test('twice is an error, at once and after closing', async () => {
    const server = new RiffqServer('127.0.0.1:0', anything);
    const first = server.listen();
    await expect(server.listen()).rejects.toMatchObject(alreadyStarted);
    await first;
    await expect(server.listen()).rejects.toMatchObject(alreadyStarted);
    await server.close();
    await expect(server.listen()).rejects.toMatchObject(alreadyStarted);
  });

  test('closes the server when its signal aborts, and lets go of the signal', async () => {
    const controller = new AbortController();
    const { server, port } = await Listening.open(anything, { signal: controller.signal });
    const client = await Frontend.connect(port);
    await client.start();
    controller.abort();
    expect(await client.untilEnd()).toContain(shutDown);
    await server.close();
    expect(server.address()).toBeNull();
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  test('with a signal that has aborted does not begin', async () => {
    const reason = new Error('never mind');
    const server = new RiffqServer('127.0.0.1:0', anything);
    await expect(server.listen({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(server.address()).toBeNull();
    await server.listen();
    await server.close();
  });
});

describe('close', () => {
  test('before listen, or while that is under way, leaves nothing listening', async () => {
    const never = new RiffqServer('127.0.0.1:0', anything);
    await never.close();
    await expect(never.listen()).rejects.toMatchObject(alreadyStarted);
    const early = new RiffqServer('localhost:0', anything);
    const listening = early.listen();
    await early.close();
    await expect(listening).rejects.toMatchObject(alreadyStarted);
    expect(early.address()).toBeNull();
  });
});

describe('start', () => {
  test('settles when the server has been closed, handlers of signals taken away', async () => {
    const before = process.listenerCount('SIGTERM');
    const server = new RiffqServer('127.0.0.1:0', anything);
    await server.listen();
    const stopped = server.start();
    expect(process.listenerCount('SIGTERM')).toBe(before + 1);
    expect(process.listenerCount('SIGINT')).toBeGreaterThan(0);
    await server.close();
    await stopped;
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });

  test('of a server that has been closed settles at once', async () => {
    const server = new RiffqServer('127.0.0.1:0', anything);
    await server.listen();
    await server.close();
    await server.start();
  });

  test('twice is an error', async () => {
    const server = new RiffqServer('127.0.0.1:0', anything);
    await server.listen();
    const stopped = server.start();
    await expect(server.start()).rejects.toMatchObject(alreadyStarted);
    await server.close();
    await stopped;
  });

  test('ends with its signal', async () => {
    const controller = new AbortController();
    const server = new RiffqServer('127.0.0.1:0', anything);
    await server.listen({ signal: controller.signal });
    const stopped = server.start();
    controller.abort();
    await stopped;
    expect(server.address()).toBeNull();
  });
});

describe('handleSocket', () => {
  test('serves any Duplex, with the peer that it is told of', async () => {
    const server = new RiffqServer('127.0.0.1:0', anything);
    const [stream, served] = duplexPair();
    const done = server.handleSocket(served, {
      ip: '2001:db8::1',
      port: 99,
      encrypted: true,
      serverName: 'db.example',
    });
    const client = await Frontend.connect(stream);
    await client.start();
    expect(server.getConnection(0).session).toMatchObject({
      remoteAddress: '2001:db8::1',
      remotePort: 99,
      encrypted: true,
      serverName: 'db.example',
    });
    client.send(serialize.end());
    await done;
    await server.close();
  });

  test('of a closed server destroys the stream', async () => {
    const server = new RiffqServer('127.0.0.1:0', anything);
    await server.close();
    const [, served] = duplexPair();
    await server.handleSocket(served, { ip: '127.0.0.1', port: 1 });
    expect(served.destroyed).toBe(true);
  });

  test('goes on after a stream that breaks', async () => {
    const server = new RiffqServer('127.0.0.1:0', anything);
    const [, served] = duplexPair();
    const done = server.handleSocket(served, { ip: '127.0.0.1', port: 1 });
    served.destroy(new Error('cable cut'));
    await done;
    await server.close();
  });
});

describe('a server that is subclassed', () => {
  test('sees every event of every connection, and may leave the rest to it', async () => {
    const events: string[] = [];
    class Server extends RiffqServer {
      override handleAuth(...[connectionId, user, password, ...rest]: Parameters<RiffqServer['handleAuth']>) {
        events.push(`auth ${connectionId} ${user} ${password}`);
        return super.handleAuth(connectionId, user, password, ...rest);
      }
      override handleConnect(...[connectionId, ...rest]: Parameters<RiffqServer['handleConnect']>) {
        events.push(`connect ${connectionId}`);
        return super.handleConnect(connectionId, ...rest);
      }
      override handleQuery(...[sql, callback, context]: Parameters<RiffqServer['handleQuery']>) {
        events.push(`query ${context.connectionId} ${sql}`);
        return super.handleQuery(sql, callback, context);
      }
      override handleDisconnect(connectionId: number, ip: string, port: number) {
        events.push(`disconnect ${connectionId}`);
        return super.handleDisconnect(connectionId, ip, port);
      }
    }
    await using server = new Server('127.0.0.1:0', anything);
    await server.listen();
    const client = await Frontend.connect(portOf(server));
    client.send(startupMessage(0, { user: 'alice' }), serialize.password('secret'));
    await client.until('ReadyForQuery');
    expect(await client.ask(serialize.query('select 1'))).toContain('DataRow');
    client.send(serialize.end());
    await client.untilEnd();
    await server.close();
    expect(events).toEqual(['auth 0 alice secret', 'connect 0', 'query 0 select 1', 'disconnect 0']);
  });
});
