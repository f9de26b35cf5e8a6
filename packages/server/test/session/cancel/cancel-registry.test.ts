import { cancelRequest } from '@riffq/testing';
import { describe, expect, test } from 'vitest';
import { BaseConnection, type QueryContext } from '../../../src/index.js';
import { oneRow } from '../../answers.js';
import { serialize } from '../../conversation.js';
import type { Frontend } from '../../frontend.js';
import { Latch } from '../../latch.js';
import { Listening } from '../../listening.js';
import { gssencRequest, sslRequest, startupMessage } from '../../startup-packets.js';

const canceled = 'S "ERROR" V "ERROR" C "57014" M "canceling statement due to user request"';

/** A server where the statement `wait` runs until it is cancelled; `contexts` has what each user's was given. */
async function open() {
  const started = new Map<string, Latch<QueryContext>>();
  const running = (user: string): Latch<QueryContext> => {
    const latch = started.get(user) ?? new Latch<QueryContext>();
    started.set(user, latch);
    return latch;
  };
  class Connection extends BaseConnection {
    override handleQuery(sql: string, _callback: unknown, context: QueryContext) {
      if (sql !== 'wait') return oneRow();
      running(this.session.user).open(context);
      // Deaf to its signal: nobody is to wait for it.
      return new Promise<never>(() => {});
    }
  }
  const server = await Listening.open(Connection);
  return { server, running: (user: string) => running(user).opened };
}

async function connectAs(server: Listening, user: string, minor = 0): Promise<Frontend> {
  const client = await server.connect();
  client.send(startupMessage(minor, { user }));
  await client.until('ReadyForQuery');
  return client;
}

/** Sends a CancelRequest on a connection of its own; settles when the server has closed that. */
async function cancel(server: Listening, key: Uint8Array, before: readonly Uint8Array[] = []): Promise<string> {
  const client = await server.connect();
  for (const packet of before) {
    client.send(packet);
    await client.byte();
  }
  client.send(cancelRequest(key));
  return client.untilEnd();
}

describe.each([0, 2])('a CancelRequest (protocol 3.%d)', (minor) => {
  test('aborts the running statement of its session with 57014, and of no other', async () => {
    const { server, running } = await open();
    await using _closing = server;
    const alice = await connectAs(server, 'alice', minor);
    const bob = await connectAs(server, 'bob', minor);
    alice.send(serialize.query('wait'));
    bob.send(serialize.query('wait'));
    const [{ signal }, { signal: bobs }] = await Promise.all([running('alice'), running('bob')]);
    expect(await cancel(server, alice.cancelKey)).toBe('');
    expect(await alice.until('ReadyForQuery')).toContain(canceled);
    expect(signal.reason).toMatchObject({ sqlstate: '57014', severity: 'ERROR' });
    expect(bobs.aborted).toBe(false);
    expect(await alice.ask(serialize.query('select 1'))).toContain('DataRow');
    alice.stream.destroy();
    bob.stream.destroy();
  });

  test('aborts an extended query, too', async () => {
    const { server, running } = await open();
    await using _closing = server;
    const alice = await connectAs(server, 'alice', minor);
    alice.send(serialize.parse({ text: 'wait' }), serialize.bind(), serialize.execute(), serialize.sync());
    await running('alice');
    await cancel(server, alice.cancelKey);
    const trace = await alice.until('ReadyForQuery');
    expect(trace).toContain(canceled);
    expect(trace.match(/ErrorResponse/g)).toHaveLength(1);
    alice.stream.destroy();
  });

  test('with a wrong key is ignored without a word', async () => {
    const { server, running } = await open();
    await using _closing = server;
    const alice = await connectAs(server, 'alice', minor);
    alice.send(serialize.query('wait'));
    const { signal } = await running('alice');
    const { cancelKey } = alice;
    const wrong = Buffer.from(cancelKey);
    wrong.writeUInt8(wrong.readUInt8(wrong.length - 1) ^ 1, wrong.length - 1);
    const otherProcess = Buffer.from(cancelKey);
    otherProcess.writeUInt32BE((cancelKey.readUInt32BE(0) + 1) >>> 0, 0);
    const shorter = minor === 2 ? cancelKey.subarray(0, -1) : Buffer.concat([cancelKey, Buffer.alloc(1)]);
    for (const key of [wrong, otherProcess, shorter, Buffer.concat([cancelKey.subarray(0, 4), Buffer.alloc(256)])]) {
      expect(await cancel(server, key)).toBe('');
    }
    expect(signal.aborted).toBe(false);
    alice.stream.destroy();
  });

  test('between statements does nothing', async () => {
    const { server } = await open();
    await using _closing = server;
    const alice = await connectAs(server, 'alice', minor);
    await alice.ask(serialize.query('select 1'));
    await cancel(server, alice.cancelKey);
    expect(await alice.ask(serialize.query('select 1'))).toContain('DataRow');
    alice.stream.destroy();
  });
});

describe('a CancelRequest', () => {
  test('may come behind requests for encryption', async () => {
    const { server, running } = await open();
    await using _closing = server;
    const alice = await connectAs(server, 'alice');
    alice.send(serialize.query('wait'));
    await running('alice');
    await cancel(server, alice.cancelKey, [sslRequest, gssencRequest]);
    expect(await alice.until('ReadyForQuery')).toContain(canceled);
    alice.stream.destroy();
  });

  test('ends one statement of several, and those behind it in the same message', async () => {
    const { server, running } = await open();
    await using _closing = server;
    const alice = await connectAs(server, 'alice');
    alice.send(serialize.query('select 1; wait; select 1'), serialize.query('select 1'));
    await running('alice');
    await cancel(server, alice.cancelKey);
    const first = await alice.until('ReadyForQuery');
    expect(first.match(/DataRow/g)).toHaveLength(1);
    expect(first).toContain(canceled);
    expect(await alice.until('ReadyForQuery')).toContain('DataRow');
    alice.stream.destroy();
  });

  test('for a session that has ended does nothing', async () => {
    const { server } = await open();
    await using _closing = server;
    const alice = await connectAs(server, 'alice');
    alice.send(serialize.end());
    await alice.untilEnd();
    expect(await cancel(server, alice.cancelKey)).toBe('');
  });

  test('is made of other keys for every session', async () => {
    const { server } = await open();
    await using _closing = server;
    const clients = await Promise.all(Array.from({ length: 20 }, (_, at) => connectAs(server, `user${at}`)));
    const keys = new Set(clients.map((client) => client.cancelKey.toString('hex', 4)));
    const processes = new Set(clients.map((client) => client.cancelKey.readUInt32BE(0)));
    expect(keys.size).toBe(20);
    expect(processes.size).toBe(20);
    for (const client of clients) client.stream.destroy();
  });
});
