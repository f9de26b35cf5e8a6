import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { cancelRequest } from '@riffq/testing';
import { serialize } from 'pg-protocol';
import { expect, test } from 'vitest';
import { BaseConnection } from '../src/index.js';
import { endlessRows, oneRow } from './answers.js';
import { extended, query, sync } from './frames.js';
import { Listening } from './listening.js';
import { memoryInUse } from './memory-in-use.js';
import { openSockets } from './open-sockets.js';
import { gssencRequest, sslRequest, startupMessage } from './startup-packets.js';

/** Other numbers: `LEAK_CLIENTS=100000 vitest run ...`. */
const clients = Number(process.env['LEAK_CLIENTS'] ?? 2500);
const made: WeakRef<BaseConnection>[] = [];
let here = 0;

class Connection extends BaseConnection {
  constructor(...context: ConstructorParameters<typeof BaseConnection>) {
    super(...context);
    made.push(new WeakRef(this));
    here += 1;
  }

  override handleQuery(sql: string) {
    return sql === 'endless' ? endlessRows() : oneRow();
  }

  override async handleCopyIn(_target: unknown, { batches }: { readonly batches: AsyncIterable<unknown> }) {
    for await (const _ of batches);
    return 0;
  }

  override handleDisconnect() {
    here -= 1;
  }
}

const alice = startupMessage(0, { user: 'alice' });
const rows = [query('endless'), query('copy t (a) from stdin')];

/** What a client sends, and whether it then goes without a word: of every kind that there is. */
const lives: readonly (readonly [frames: readonly Uint8Array[], how: 'end' | 'reset'])[] = [
  [[alice, query('select 1'), serialize.end()], 'end'],
  [[alice, extended('select 1', { statement: 'a', portal: 'b' }), sync()], 'end'],
  [[alice, query('begin'), query('select 1')], 'reset'],
  ...rows.map((frame) => [[alice, frame], 'reset'] as const),
  ...rows.map((frame) => [[alice, frame], 'end'] as const),
  [[startupMessage(2, { user: 'alice' }), extended('endless'), sync()], 'reset'],
  [[sslRequest, gssencRequest], 'end'],
  [[cancelRequest(Buffer.alloc(8))], 'end'],
  [[Buffer.from('GET / HTTP/1.1\r\n\r\n')], 'end'],
  [[], 'reset'],
];

async function live(port: number, at: number): Promise<void> {
  const [frames, how] = lives[at % lives.length] ?? [[], 'end'];
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.resume();
  await once(socket, 'connect');
  const closed = once(socket, 'close');
  if (frames.length > 0) {
    socket.write(Buffer.concat(frames));
    await Promise.race([once(socket, 'data'), closed]);
  }
  if (how === 'reset') socket.resetAndDestroy();
  else socket.end();
  await closed;
}

/** As many clients, one after another on each of a few lanes. */
async function liveAll(port: number, count: number): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await live(port, next++);
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  while (here > 0) await setImmediate();
}

test('thousands of clients that come and go, however they do it, leave nothing behind', {
  timeout: 120_000 + 20 * clients,
}, async () => {
  await using server = await Listening.open(Connection);
  // Twice the same, so that what is made once, and what is kept for later use, is there before.
  const before = await usage(server);
  const after = await usage(server);
  // What is in the map of connections, the registry of cancel keys or a listener's closure would still be there.
  expect(after.made).toBeGreaterThan(clients / 2);
  expect(after.alive).toBe(0);
  expect((after.memory - before.memory) / clients).toBeLessThan(300);
  expect(after.logged).toEqual([]);
});

/** What is there when many clients have come and gone. */
async function usage({ port, logger }: Listening) {
  const idle = openSockets();
  made.length = 0;
  await liveAll(port, clients);
  // The last socket's close may still be under way.
  while (openSockets() > idle) await setImmediate();
  const logged = logger.lines.splice(0).filter(({ level }) => level !== 'debug');
  const memory = memoryInUse();
  const alive = made.filter((reference) => reference.deref() !== undefined).length;
  return { made: made.length, alive, memory, logged };
}
