import { describe, expect, inject, test } from 'vitest';
import { oneRow } from './answers.js';
import { Bystander } from './bystander.js';
import { answering, serialize } from './conversation.js';
import { Listening } from './listening.js';
import { comparable, connectToOracle } from './oracle-frontend.js';
import { startupMessage, startupPacket } from './startup-packets.js';

const anything = answering(() => oneRow());

/** A message's type and what it says its length is. */
function header(type: string, length: number): Buffer {
  const bytes = Buffer.from(`${type}....`);
  bytes.writeInt32BE(length, 1);
  return bytes;
}

/** What both say to a client that is in and sends this, up to the end. */
async function lastWords(bytes: Buffer): Promise<{ readonly theirs: string; readonly ours: string }> {
  const { user, database } = inject('oracle');
  await using server = await Listening.open(anything);
  const bystander = await Bystander.watch(server.port);
  const traces: string[] = [];
  for (const client of [await connectToOracle(), await server.connect()]) {
    await client.start({ user, database });
    client.send(bytes);
    traces.push(comparable(await client.untilEnd()));
  }
  await bystander.expectUnharmed();
  return { theirs: traces[0] ?? '', ours: traces[1] ?? '' };
}

describe('a client that is in is sent away', () => {
  test.each<[string, Buffer]>([
    ['a type that there is not', header('y', 4)],
    ['a password that nobody asked for', header('p', 4)],
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['TLS', Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3])],
    ['a length that does not count itself', header('Q', 3)],
    ['a length of 0', header('S', 0)],
    ['a negative length', header('B', -1)],
    ['a length of 2 GiB', header('d', 0x7fff_ffff)],
  ])('with the words of PostgreSQL for %s', async (_, bytes) => {
    const { theirs, ours } = await lastWords(bytes);
    expect(ours).toBe(theirs);
  });

  test.each<[string, Buffer]>([['a Sync of 20,000 bytes', header('S', 20_000)]])(
    'for %s, which PostgreSQL tells its log alone, and we tell the client, too',
    async (_, bytes) => {
      const { theirs, ours } = await lastWords(bytes);
      expect(theirs).toBe('');
      expect(ours).toMatch(/^B\tn\tErrorResponse\t S "FATAL" V "FATAL" C "08P01" M "invalid message length"[^\n]*\n$/);
    },
  );
});

test.each<[string, Buffer]>([
  ['nothing', Buffer.alloc(0)],
  ['no terminator', Buffer.from('user\0postgres\0')],
  ['a value without its NUL', Buffer.from('user\0postgres')],
  ['a name without its NUL', Buffer.from('user')],
  ['a name without a value', Buffer.from('user\0postgres\0database\0\0')],
  ['something behind the terminator', Buffer.from('user\0postgres\0\0database\0postgres\0\0')],
  ['no user', Buffer.from('database\0postgres\0\0')],
  ['an empty user', Buffer.from('user\0\0\0')],
])('a start-up packet with %s is refused in the words of PostgreSQL', async (_, body) => {
  await using server = await Listening.open(anything);
  const bystander = await Bystander.watch(server.port);
  const [theirs, ours] = await Promise.all(
    [await connectToOracle(), await server.connect()].map(async (client) => {
      client.send(startupPacket(3, 0, body));
      return comparable(await client.untilEnd());
    }),
  );
  expect(ours).toBe(theirs);
  expect(ours).toContain('"FATAL"');
  await bystander.expectUnharmed();
});

test('a client that sends its messages byte by byte takes nobody’s time, and is answered', async () => {
  await using server = await Listening.open(anything);
  const bystander = await Bystander.watch(server.port);
  const slow = await server.connect();
  const bytes = Buffer.concat([startupMessage(0, { user: 'alice' }), serialize.query(`select ${'x'.repeat(2000)}`)]);
  for (const byte of bytes) {
    slow.send(Uint8Array.of(byte));
    await new Promise(setImmediate);
  }
  await slow.until('ReadyForQuery');
  expect(await slow.until('ReadyForQuery')).toContain('DataRow');
  await bystander.expectUnharmed();
});

test('a client that stays in the middle of a message is idle, and its time ends', async () => {
  await using server = await Listening.open(anything, { limits: { idleTimeout: 100 } });
  const slow = await server.connect();
  await slow.start();
  slow.send(serialize.query('select 1').subarray(0, 8));
  expect(await slow.untilEnd()).toContain('C "57P05"');
});
