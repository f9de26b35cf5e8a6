import { once } from 'node:events';
import { duplexPair } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BaseConnection, RiffqServer, tag } from '../../../src/index.js';
import { Bystander } from '../../bystander.js';
import { answering, Conversation, serialize } from '../../conversation.js';
import { Listening } from '../../listening.js';
import { comparable, connectToOracle } from '../../oracle-frontend.js';
import { gssencRequest, sslRequest, startupMessage, startupPacket } from '../../startup-packets.js';

const anything = answering(() => tag('SELECT 1'));

describe('a request for encryption', () => {
  test.each<[string, readonly Uint8Array[]]>([
    ['SSLRequest', [sslRequest]],
    ['GSSENCRequest', [gssencRequest]],
    ['one after the other', [sslRequest, gssencRequest]],
    ['the other way round', [gssencRequest, sslRequest]],
    ['SSLRequest with a body', [startupPacket(1234, 5679, Buffer.alloc(3))]],
    ['GSSENCRequest with a body', [startupPacket(1234, 5680, Buffer.alloc(3))]],
  ])('is answered with N while no TLS is set: %s', async (_, requests) => {
    const theirs = await connectToOracle();
    await using ours = new Conversation(anything);
    for (const client of [theirs, ours]) {
      for (const request of requests) {
        client.send(request);
        expect(await client.byte()).toBe('N');
      }
      expect(await client.start({ user: 'postgres', database: 'postgres' })).toContain('ReadyForQuery');
    }
    theirs.stream.destroy();
  });

  test.each<[string, Uint8Array, readonly Uint8Array[]]>([
    ['SSLRequest', sslRequest, []],
    ['GSSENCRequest', gssencRequest, []],
    ['SSLRequest, with another between', sslRequest, [gssencRequest]],
    ['GSSENCRequest, with another between', gssencRequest, [sslRequest]],
  ])('is none the second time, as with PostgreSQL: %s', async (_, request, between) => {
    const theirs = await connectToOracle();
    await using ours = new Conversation(anything);
    for (const client of [theirs, ours]) {
      for (const packet of [request, ...between]) {
        client.send(packet);
        expect(await client.byte()).toBe('N');
      }
      client.send(request);
    }
    const answer = comparable(await ours.untilEnd());
    expect(answer).toMatch(/C "0A000" M "unsupported frontend protocol 1234\.\d+: server supports 3\.0 to 3\.2"/);
    expect(answer).toBe(comparable(await theirs.untilEnd()));
  });

  const alice = startupMessage(0, { user: 'alice' });
  test.each<[string, readonly Uint8Array[]]>([
    ['a StartupMessage behind SSLRequest', [sslRequest, alice]],
    ['a StartupMessage behind GSSENCRequest', [gssencRequest, alice]],
    ['one request behind the other', [gssencRequest, sslRequest]],
    ['a single byte', [sslRequest, Buffer.alloc(1)]],
    ['what is no packet', [sslRequest, Buffer.from('GET / HTTP/1.1')]],
    ['twenty thousand requests', Array.from({ length: 20_000 }, () => sslRequest)],
  ])('has nothing behind it before it is answered, as with PostgreSQL: %s', async (_, packets) => {
    const theirs = await connectToOracle();
    await using server = await Listening.open(anything);
    const bystander = await Bystander.watch(server.port);
    const ours = await server.connect();
    for (const client of [theirs, ours]) {
      client.send(Buffer.concat(packets));
      expect(await client.byte()).toBe('N');
    }
    const answer = comparable(await ours.untilEnd());
    expect(answer).toMatch(/C "08P01" M "received unencrypted data after (SSL|GSSAPI encryption) request" D /);
    expect(answer).toBe(comparable(await theirs.untilEnd()));
    await bystander.expectUnharmed();
  });

  test('may come byte by byte', async () => {
    await using client = new Conversation(anything);
    for (const byte of sslRequest) client.send(Uint8Array.of(byte));
    expect(await client.byte()).toBe('N');
    for (const byte of alice) client.send(Uint8Array.of(byte));
    expect(await client.until('ReadyForQuery')).toContain('ReadyForQuery');
  });
});

describe('a flood', () => {
  test.each(['startup', 'garbage'])('of random bytes ends with its client, whatever they are (%s)', async (kind) => {
    await using other = new Conversation(anything);
    await other.start();
    const head = kind === 'startup' ? startupMessage(0, { user: 'alice' }) : Buffer.alloc(0);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 5 }), async (chunks) => {
        const client = new Conversation(anything);
        client.send(head);
        for (const chunk of chunks) client.send(chunk);
        client.stream.end();
        await client.bytesUntilEnd();
        await client.served;
      }),
      { numRuns: 200 },
    );
    expect(await other.ask(serialize.query('select 1'))).toContain('CommandComplete');
  });
});

describe('start-up is answered as by PostgreSQL', () => {
  test.each<[string, Uint8Array]>([
    ['protocol 3.0', startupMessage(0, { user: 'postgres' })],
    ['protocol 3.1', startupMessage(1, { user: 'postgres' })],
    ['protocol 3.2', startupMessage(2, { user: 'postgres' })],
    ['protocol 3.9999, which is told of 3.2', startupMessage(9999, { user: 'postgres' })],
    ['unknown protocol options', startupMessage(0, { user: 'postgres', '_pq_.b': '1', '_pq_.a': '2' })],
    ['unknown protocol options of a newer protocol', startupMessage(3, { user: 'postgres', '_pq_.grease': '' })],
    ['no user', startupMessage(0, { database: 'postgres' })],
    ['an empty user', startupMessage(0, { user: '', database: 'postgres' })],
    ['no user, and protocol options', startupMessage(0, { '_pq_.b': '1' })],
    ['protocol 4.0', startupPacket(4, 0)],
    ['a request that nobody knows', startupPacket(1234, 5681)],
    ['a packet without its last NUL', startupPacket(3, 0, Buffer.from('user\0postgres\0'))],
    ['a packet with a NUL too many', startupPacket(3, 0, Buffer.from('user\0postgres\0\0\0'))],
  ])('%s', async (_, packet) => {
    const oracle = await connectToOracle();
    oracle.send(packet, serialize.end());
    await using client = new Conversation(anything);
    client.send(packet, serialize.end());
    // Which settings there are is another test's; here they would only be in other orders.
    const settings = /^B\t\d+\tParameterStatus.*\n/gm;
    expect(comparable(await client.untilEnd()).replaceAll(settings, '')).toBe(
      comparable(await oracle.untilEnd()).replaceAll(settings, ''),
    );
  });

  test.each([1, 2])('protocol %d.0, in its own format', async (major) => {
    const packet = startupPacket(major, 0, Buffer.alloc(20));
    const oracle = await connectToOracle();
    oracle.send(packet);
    await using client = new Conversation(anything);
    client.send(packet);
    const answer = await client.bytesUntilEnd();
    expect(answer.toString()).toMatch(/^EFATAL: {2}unsupported frontend protocol/);
    expect(answer).toEqual(await oracle.bytesUntilEnd());
  });

  test.each<[string, Uint8Array]>([
    ['nothing', Buffer.alloc(0)],
    ['half a length', Buffer.from([0, 0])],
    ['a length of zero', Buffer.from([0, 0, 0, 0, 0, 0, 0, 0])],
    ['a length of seven', Buffer.from([0, 0, 0, 7, 0, 3, 0])],
    ['a length of 2 GiB', Buffer.from([0x7f, 0xff, 0xff, 0xff, 0, 3, 0, 0])],
    ['a negative length', Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 3, 0, 0])],
    ['a packet of 20,000 bytes', startupMessage(0, { user: 'postgres', application_name: 'a'.repeat(20_000) })],
    ['a packet cut short', startupMessage(0, { user: 'postgres' }).subarray(0, -3)],
    ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
    ['a Query without start-up', serialize.query('select 1')],
    ['a CancelRequest of nobody', startupPacket(1234, 5678, Buffer.alloc(8))],
    ['a CancelRequest without a process id', startupPacket(1234, 5678, Buffer.alloc(3))],
    ['a CancelRequest without a key', startupPacket(1234, 5678, Buffer.alloc(4))],
    ['a CancelRequest with a key that is too short', startupPacket(1234, 5678, Buffer.alloc(7))],
    ['a CancelRequest with a key that is too long', startupPacket(1234, 5678, Buffer.alloc(261))],
  ])('%s: without a word', async (_, bytes) => {
    const oracle = await connectToOracle();
    oracle.send(bytes);
    oracle.stream.end();
    expect(await oracle.untilEnd()).toBe('');
    await using client = new Conversation(anything);
    client.send(bytes);
    client.stream.end();
    expect(await client.untilEnd()).toBe('');
  });
});

describe('a client that cannot come in', () => {
  test.each<[string, Uint8Array]>([
    ['TLS without asking for it', Buffer.from('16030100c4010000c00303', 'hex')],
    ['an HTTP request', Buffer.from('POST / HTTP/1.1\r\n\r\n')],
    ['a megabyte of nothing', Buffer.alloc(1024 * 1024)],
    ['a length of 2 GiB', Buffer.from([0x7f, 0xff, 0xff, 0xff, 0, 3, 0, 0])],
    ['protocol 2.0', startupPacket(2, 0)],
  ])('is let go at once and harms nobody: %s', async (_, bytes) => {
    await using server = await Listening.open(anything);
    const bystander = await Bystander.watch(server.port);
    const client = await server.connect();
    client.send(bytes);
    await client.bytesUntilEnd();
    await bystander.expectUnharmed();
  });

  test.each(['true', 'on', 'database'])('wants replication (%s): 0A000', async (replication) => {
    await using client = new Conversation(anything);
    client.send(startupMessage(0, { user: 'alice', replication }));
    expect(await client.untilEnd()).toContain(
      'S "FATAL" V "FATAL" C "0A000" M "replication connections are not supported"',
    );
  });

  test('wants something else than replication or none: 22023, with a hint', async () => {
    await using client = new Conversation(answering(() => tag('OK')));
    client.send(startupMessage(0, { user: 'alice', replication: 'maybe' }));
    expect(await client.untilEnd()).toContain(
      'C "22023" M "invalid value for parameter "replication": "maybe"" H "Valid values are: "false", 0, "true", 1, "database"."',
    );
  });

  test('wants no replication: it is served', async () => {
    await using client = new Conversation(anything);
    expect(await client.start({ replication: 'false' })).toContain('ReadyForQuery');
  });
});

describe('the session knows', () => {
  /** Answers with what the session says of itself. */
  function telling(sessions: BaseConnection['session'][]) {
    return class extends BaseConnection {
      override handleQuery() {
        sessions.push(this.session);
        return tag('OK');
      }
    };
  }

  test('who its client is and what it sent', async () => {
    const sessions: BaseConnection['session'][] = [];
    await using client = new Conversation(telling(sessions));
    await client.start({ application_name: 'test', '_pq_.x': 'y' });
    await client.ask(serialize.query('select'));
    const [session] = sessions;
    expect(session).toMatchObject({
      user: 'alice',
      database: 'shop',
      applicationName: 'test',
      remoteAddress: '127.0.0.1',
      remotePort: 4711,
      serverName: null,
      encrypted: false,
      transactionStatus: 'I',
    });
    expect(session?.startupParameters.get('_pq_.x')).toBe('y');
    expect(session?.settings.get('application_name')).toBe('test');
    expect(session?.settings.has('_pq_.x')).toBe(false);
  });

  test.each([
    ['no', {}],
    ['an empty', { database: '' }],
  ])('the user as database when the client names %s database', async (_, parameters) => {
    const sessions: BaseConnection['session'][] = [];
    await using client = new Conversation(telling(sessions));
    client.send(startupMessage(0, { user: 'bob', ...parameters }));
    await client.until('ReadyForQuery');
    await client.ask(serialize.query('select'));
    expect(sessions[0]?.database).toBe('bob');
  });
});

test('a stream that is gone already is served to its end', async () => {
  const server = new RiffqServer('127.0.0.1:0', anything);
  const [stream] = duplexPair();
  await once(stream.destroy(), 'close');
  await server.handleSocket(stream, { ip: '127.0.0.1', port: 1 });
  await server.close();
});
