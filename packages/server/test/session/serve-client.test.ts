import { cancelRequest } from '@riffq/testing';
import { describe, expect, test } from 'vitest';
import { PgError } from '../../src/index.js';
import { Bystander } from '../bystander.js';
import { serialize } from '../conversation.js';
import type { Frontend } from '../frontend.js';
import { Journal } from '../journal.js';
import { Listening } from '../listening.js';
import { gssencRequest, sslRequest, startupMessage } from '../startup-packets.js';

async function comeIn(client: Frontend): Promise<void> {
  client.send(startupMessage(0, { user: 'alice' }));
  await client.until('ReadyForQuery');
}

describe('handleDisconnect runs once, with the session at its end, and then the object is disposed of, after', () => {
  /** What a client that does this comes to; nobody else may notice. */
  async function eventsAfter(leave: (client: Frontend, journal: Journal) => unknown): Promise<readonly string[]> {
    const journal = new Journal();
    await using server = await Listening.open(journal.connectionClass());
    const bystander = await Bystander.watch(server.port);
    const client = await server.connect();
    await comeIn(client);
    await leave(client, journal);
    const left = performance.now();
    await journal.disposed.opened;
    expect(performance.now() - left).toBeLessThan(1000);
    await bystander.expectUnharmed();
    await server.server.close();
    return journal.events;
  }

  test.each<[string, (client: Frontend) => unknown]>([
    ['Terminate', (client) => client.send(serialize.end())],
    ['Terminate and a FIN', (client) => client.stream.end(serialize.end())],
    ['a FIN', (client) => client.stream.end()],
    ['a reset', (client) => client.reset()],
    ['half a message and a FIN', (client) => client.stream.end(serialize.query('select 1').subarray(0, 8))],
    ['rubbish', (client) => client.send(Buffer.from('rubbish, rubbish'))],
    ['a message that is too long', (client) => client.send(Buffer.from([0x51, 0x7f, 0xff, 0xff, 0xff]))],
    ['a message of no known kind', (client) => client.send(Buffer.from([0x21, 0, 0, 0, 4]))],
    ['a FATAL from the handler', (client) => client.send(serialize.query('fatal'))],
  ])('%s between statements', async (_, leave) => {
    expect(await eventsAfter(leave)).toEqual(['disconnect true true', 'dispose']);
  });

  test.each<[string, (client: Frontend) => unknown]>([
    ['a FIN', (client) => client.stream.end()],
    ['a reset', (client) => client.reset()],
  ])('%s while a statement runs', async (_, leave) => {
    const events = await eventsAfter(async (client, journal) => {
      client.send(serialize.query('wait'));
      await journal.running.opened;
      leave(client);
    });
    expect(events).toEqual(['disconnect true true', 'dispose']);
  });

  test.each<[string, (client: Frontend) => unknown]>([
    ['a FIN', (client) => client.stream.end()],
    ['a reset', (client) => client.reset()],
    [
      'a reset, having stopped reading,',
      (client) => {
        client.raw.pauseReading();
        client.reset();
      },
    ],
  ])('%s in the middle of a result, whose source is released before', async (_, leave) => {
    const events = await eventsAfter(async (client) => {
      client.send(serialize.query('rows'));
      await client.until('DataRow');
      leave(client);
    });
    expect(events).toEqual(['released', 'disconnect true true', 'dispose']);
  });

  test.each<[string, { auth?: boolean; connect?: boolean }]>([
    ['a refusal by handleAuth', { auth: false }],
    ['a refusal by handleConnect', { connect: false }],
  ])('%s', async (_, answers) => {
    const journal = new Journal();
    await using server = await Listening.open(journal.connectionClass(answers));
    const client = await server.connect();
    client.send(startupMessage(0, { user: 'alice' }), serialize.password(''));
    await client.untilEnd();
    await server.server.close();
    expect(journal.events).toEqual(['disconnect true true', 'dispose']);
  });

  test('the end of the server', async () => {
    const journal = new Journal();
    await using server = await Listening.open(journal.connectionClass());
    const client = await server.connect();
    await comeIn(client);
    await server.server.close();
    expect(journal.events).toEqual(['disconnect true true', 'dispose']);
    expect(await client.untilEnd()).toContain('C "57P01"');
  });

  test('the session was closed by the host while its statement runs: the client is told why, once', async () => {
    const journal = new Journal();
    await using server = await Listening.open(journal.connectionClass());
    const client = await server.connect();
    await comeIn(client);
    client.send(serialize.query('wait'), serialize.query('select 1'));
    const { session, signal } = await journal.running.opened;
    session.close(new PgError({ sqlstate: '57P01', message: 'moved to another server' }));
    expect(await client.untilEnd()).toMatch(/^B\t\d+\tErrorResponse\t S "FATAL" V "FATAL" C "57P01" M "moved[^\n]*\n$/);
    expect(signal.reason).toMatchObject({ severity: 'FATAL', sqlstate: '57P01' });
    await server.server.close();
    expect(journal.events).toEqual(['disconnect true true', 'dispose']);
  });

  test('the session was closed by the host', async () => {
    const journal = new Journal();
    await using server = await Listening.open(journal.connectionClass());
    const client = await server.connect();
    await comeIn(client);
    server.server.getConnection(0).session.close(new PgError({ sqlstate: '57P05', message: 'idle for too long' }));
    expect(await client.untilEnd()).toContain('S "FATAL" V "FATAL" C "57P05" M "idle for too long"');
    await server.server.close();
    expect(journal.events).toEqual(['disconnect true true', 'dispose']);
  });
});

describe('handleDisconnect does not run, nor is an object made, for', () => {
  test.each<[string, readonly Uint8Array[]]>([
    ['a port probe', []],
    ['an SSLRequest alone', [sslRequest]],
    ['a GSSENCRequest alone', [gssencRequest]],
    ['a CancelRequest', [cancelRequest(Buffer.alloc(8, 1))]],
    ['a broken start-up packet', [Buffer.from([0, 0, 0, 9, 0, 3, 0, 0, 1])]],
    ['an HTTP request', [Buffer.from('GET / HTTP/1.1\r\n\r\n')]],
    ['a replication client', [startupMessage(0, { user: 'alice', replication: 'true' })]],
  ])('%s', async (_, packets) => {
    const journal = new Journal();
    let made = 0;
    const Noting = journal.connectionClass();
    class Counting extends Noting {
      constructor(...parameters: ConstructorParameters<typeof Noting>) {
        super(...parameters);
        made += 1;
      }
    }
    await using server = await Listening.open(Counting);
    const client = await server.connect();
    for (const packet of packets) client.send(packet);
    client.stream.end();
    await client.bytesUntilEnd();
    await server.server.close();
    expect(journal.events).toEqual([]);
    expect(made).toBe(0);
  });
});

describe('a client that dies', () => {
  test.each<[string, readonly Uint8Array[]]>([
    ['in its start-up packet', [startupMessage(0, { user: 'alice' }).subarray(0, 12)]],
    ['in its password', [startupMessage(0, { user: 'alice' }), Buffer.from('p\0\0\0\x20half')]],
  ])('%s, by reset or FIN, harms nobody', async (_, packets) => {
    const journal = new Journal();
    await using server = await Listening.open(journal.connectionClass({ auth: true }));
    const bystander = await Bystander.watch(server.port, 'secret');
    for (const way of ['reset', 'end'] as const) {
      const client = await server.connect();
      for (const packet of packets) client.send(packet);
      if (way === 'reset') client.reset();
      else client.stream.end();
      await client.untilEnd();
    }
    await bystander.expectUnharmed();
    await server.server.close();
    expect(server.logger.lines).toEqual([]);
  });

  test('while its statement runs and more of its messages wait has the statement’s signal aborted within a second', async () => {
    const journal = new Journal();
    await using server = await Listening.open(journal.connectionClass());
    const client = await server.connect();
    await comeIn(client);
    client.send(serialize.query('wait'), ...Array.from({ length: 100 }, () => serialize.query('select 1')));
    const { signal } = await journal.running.opened;
    client.reset();
    const left = performance.now();
    await journal.disposed.opened;
    expect(performance.now() - left).toBeLessThan(1000);
    expect(signal.aborted).toBe(true);
    expect(signal.reason).toMatchObject({ severity: 'FATAL', sqlstate: '08006' });
  });

  test('while its statement runs and what it sent behind it is rubbish: likewise', async () => {
    const journal = new Journal();
    await using server = await Listening.open(journal.connectionClass());
    const client = await server.connect();
    await comeIn(client);
    client.send(serialize.query('wait'), Buffer.alloc(100_000, 0x21));
    const { signal } = await journal.running.opened;
    client.stream.destroy();
    const left = performance.now();
    await journal.disposed.opened;
    expect(performance.now() - left).toBeLessThan(1000);
    expect(signal.aborted).toBe(true);
  });
});

test('a client that connects and says nothing is cut off after startupTimeout, and harms nobody meanwhile', async () => {
  const journal = new Journal();
  await using server = await Listening.open(journal.connectionClass(), { limits: { startupTimeout: 100 } });
  const bystander = await Bystander.watch(server.port);
  const silent = await server.connect();
  const slow = await server.connect();
  slow.send(sslRequest);
  expect(await slow.byte()).toBe('N');
  slow.send(startupMessage(0, { user: 'alice' }).subarray(0, 10));
  expect(await silent.untilEnd()).toBe('');
  expect(await slow.untilEnd()).toBe('');
  await bystander.expectUnharmed();
  expect(journal.events).toEqual([]);
});

test('an onError that throws is logged, and the client gets the error itself', async () => {
  const journal = new Journal();
  const broken = new Error('onError is broken');
  await using server = await Listening.open(journal.connectionClass(), {
    onError: () => {
      throw broken;
    },
  });
  const client = await server.connect();
  await comeIn(client);
  client.send(serialize.query('fatal'));
  expect(await client.untilEnd()).toContain('S "FATAL" V "FATAL" C "57P02" M "out of order"');
  await server.server.close();
  expect(server.logger.lines).toMatchObject([{ level: 'error', fields: { err: broken } }]);
});
