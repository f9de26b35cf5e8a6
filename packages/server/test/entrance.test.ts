import { duplexPair } from 'node:stream';
import { cancelRequest } from '@riffq/testing';
import pg from 'pg';
import { describe, expect, test, vi } from 'vitest';
import { BaseConnection } from '../src/index.js';
import { oneRow } from './answers.js';
import { Bystander } from './bystander.js';
import { answering, serialize } from './conversation.js';
import { Frontend } from './frontend.js';
import { Latch } from './latch.js';
import { Listening } from './listening.js';
import { openSockets } from './open-sockets.js';
import { sslRequest, startupMessage } from './startup-packets.js';

const anything = answering(() => oneRow());

function startingAs(client: Frontend, user: string): Frontend {
  client.send(startupMessage(0, { user }));
  return client;
}

describe('connections', () => {
  test('are let in up to the limit; others get 53300, until somebody leaves', async () => {
    await using server = await Listening.open(anything, { limits: { connections: 2 } });
    const bystander = await Bystander.watch(server.port);
    const second = await server.connect();
    await second.start();
    const third = startingAs(await server.connect(), 'carol');
    expect(await third.untilEnd()).toMatch(
      /^B\t\d+\tErrorResponse\t S "FATAL" V "FATAL" C "53300" M "sorry, too many clients already" \\x00\n$/,
    );
    second.send(serialize.end());
    await second.untilEnd();
    const fourth = await server.connect();
    expect(await fourth.start()).toContain('ReadyForQuery');
    await bystander.expectUnharmed();
  });

  test('have left when they are gone, whatever handleDisconnect does about it', async () => {
    const done = new Latch();
    class Slow extends BaseConnection {
      override handleQuery() {
        return oneRow();
      }
      override handleDisconnect() {
        return done.opened;
      }
    }
    await using server = await Listening.open(Slow, { limits: { connections: 1, connectionsPerAddress: 1 } });
    for (let visit = 0; visit < 3; visit += 1) {
      const client = await server.connect();
      expect(await client.start()).toContain('ReadyForQuery');
      client.send(serialize.end());
      await client.untilEnd();
    }
    done.open();
  });

  test('are let in up to the limit, and others get 53300, also when all come at once', async () => {
    class Guarded extends BaseConnection {
      override lookupPassword() {
        return 'secret';
      }
      override handleQuery() {
        return oneRow();
      }
    }
    await using server = await Listening.open(Guarded, { limits: { connections: 5, connectionsPerAddress: 7 } });
    const clients = Array.from(
      { length: 50 },
      () => new pg.Client({ host: '127.0.0.1', port: server.port, user: 'alice', password: 'secret' }),
    );
    const outcomes = await Promise.all(
      clients.map(async (client) => {
        client.on('error', () => {});
        return client.connect().then(
          () => 'in',
          (error) => error.code,
        );
      }),
    );
    expect(outcomes.filter((outcome) => outcome === 'in')).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome === '53300')).toHaveLength(45);
    await Promise.all(clients.map((client) => client.end().catch(() => {})));
  });

  test('that are refused never reach the host’s class', async () => {
    let made = 0;
    class Counting extends BaseConnection {
      constructor(...context: ConstructorParameters<typeof BaseConnection>) {
        super(...context);
        made += 1;
      }
      override handleQuery() {
        return oneRow();
      }
    }
    await using server = await Listening.open(Counting, { limits: { connections: 1 } });
    await (await server.connect()).start();
    await startingAs(await server.connect(), 'bob').untilEnd();
    expect(made).toBe(1);
  });

  test('for a CancelRequest there is always one', async () => {
    let aborted = (): void => {};
    const cancelled = new Promise<void>((resolve) => {
      aborted = resolve;
    });
    const waiting = answering((_sql, { signal }) => {
      signal.addEventListener('abort', () => aborted());
      return new Promise<never>(() => {});
    });
    await using server = await Listening.open(waiting, { limits: { connections: 1 } });
    const client = await server.connect();
    await client.start();
    client.send(serialize.query('wait'));
    (await server.connect()).send(cancelRequest(client.cancelKey));
    await cancelled;
    expect(await client.until('ReadyForQuery')).toContain('C "57014"');
  });

  test('that are reserved go to those whom the host’s function chooses', async () => {
    const limits = {
      connections: 2,
      reservedConnections: { count: 1, mayUse: ({ user }: { user: string }) => user === 'admin' },
    };
    await using server = await Listening.open(anything, { limits });
    await (await server.connect()).start();
    const other = startingAs(await server.connect(), 'bob');
    expect(await other.untilEnd()).toContain('C "53300" M "remaining connection slots are reserved"');
    const admin = await server.connect();
    expect(await admin.start({ user: 'admin' })).toContain('ReadyForQuery');
    const second = startingAs(await server.connect(), 'admin');
    expect(await second.untilEnd()).toContain('C "53300" M "sorry, too many clients already"');
  });

  test('that are reserved are given to nobody when the host’s function fails', async () => {
    const failure = new Error('the directory is down');
    const mayUse = (): boolean => {
      throw failure;
    };
    await using server = await Listening.open(anything, {
      limits: { connections: 1, reservedConnections: { count: 1, mayUse } },
    });
    const client = startingAs(await server.connect(), 'alice');
    expect(await client.untilEnd()).toContain('S "FATAL" V "FATAL" C "XX000" M "the directory is down"');
    expect(server.logger.lines).toMatchObject([{ level: 'error', fields: { err: failure } }]);
  });

  test('of one address have a limit of their own', async () => {
    await using server = await Listening.open(anything, { limits: { connectionsPerAddress: 1 } });
    await (await server.connect()).start();
    const second = startingAs(await server.connect(), 'bob');
    expect(await second.untilEnd()).toContain('C "53300" M "too many connections for address "127.0.0.1""');
    const [stream, served] = duplexPair();
    const serving = server.server.handleSocket(served, { ip: '192.0.2.7', port: 1 });
    const elsewhere = await Frontend.connect(stream);
    expect(await elsewhere.start()).toContain('ReadyForQuery');
    elsewhere.send(serialize.end());
    await serving;
  });
});

/** Whether a client that asks to be let in comes in. */
async function comesIn(server: Listening): Promise<boolean> {
  const client = startingAs(await server.connect(), 'alice');
  return client.until('ReadyForQuery').then(
    () => true,
    () => false,
  );
}

describe('a client on its way in', () => {
  /** A client that asks for encryption, and what it hears: nothing when it is closed at once. */
  async function arrive(server: Listening): Promise<readonly [Frontend, string]> {
    const client = await server.connect();
    client.send(sslRequest);
    return [client, await client.byte()];
  }

  test('has its time; then another one takes its place, and until then those that come are closed at once', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      await using server = await Listening.open(anything, { limits: { connections: 2 } });
      const [first, heard] = await arrive(server);
      expect(heard).toBe('N');
      vi.advanceTimersByTime(10);
      const [second] = await arrive(server);
      for (let at = 2; at < 100; at += 1) expect((await arrive(server))[1]).toBe('N');
      vi.advanceTimersByTime(9);
      expect((await arrive(server))[1]).toBe('');
      vi.advanceTimersByTime(1);
      expect((await arrive(server))[1]).toBe('N');
      await first.raw.closed;
      expect(await second.start()).toContain('ReadyForQuery');
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a flood of clients that', () => {
  test.each<[string, (client: Frontend) => unknown]>([
    ['say nothing', () => {}],
    ['ask for encryption and then say nothing', (client) => client.send(sslRequest)],
    ['send half a start-up packet', (client) => client.send(startupMessage(0, { user: 'mallory' }).subarray(0, 9))],
    ['scan ports', (client) => client.reset()],
  ])('%s cuts itself off, and others go on and come in', async (_, act) => {
    await using server = await Listening.open(anything, { limits: { connections: 20 } });
    const bystander = await Bystander.watch(server.port);
    const before = openSockets();
    const flood: Frontend[] = [];
    const cutOff = new Latch();
    let ended = 0;
    for (let at = 0; at < 200; at += 1) {
      const client = await server.connect();
      flood.push(client);
      act(client);
      client.raw.closed.then(() => {
        ended += 1;
        if (ended === 200 - 100) cutOff.open();
      });
    }
    while (!(await comesIn(server)));
    await cutOff.opened;
    expect(openSockets() - before).toBeLessThan(250);
    await bystander.expectUnharmed();
    for (const client of flood) client.stream.destroy();
  });
});
