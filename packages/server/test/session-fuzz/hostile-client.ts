import { setImmediate } from 'node:timers/promises';
import { cancelRequest, RawClient } from '@riffq/testing';
import fc from 'fast-check';
import { serialize } from 'pg-protocol';
import { startupMessage } from '../startup-packets.js';
import { password, type ServerName } from './fuzzed-connection.js';
import { beforeSession, inSession, type Saying } from './hostile-frames.js';

/** How a client that has done what it wanted leaves. */
const endings = ['Terminate', 'half-close', 'reset', 'vanish'] as const;

/** What a client does between two pieces of what it says. */
const pauses = ['go on', 'go on', 'go on', 'wait a turn', 'cancel', 'read no more', 'read again'] as const;

interface Piece {
  readonly saying: Saying;
  readonly cuts: readonly number[];
  readonly next: (typeof pauses)[number];
}

/** All that a hostile client does. */
export interface HostileScript {
  readonly server: ServerName;
  readonly before: readonly Piece[];
  /** Whether it then asks to be let in, and in which minor version of protocol 3. */
  readonly minor: 0 | 2 | null;
  readonly pieces: readonly Piece[];
  readonly ending: (typeof endings)[number];
}

const piecesOf = (saying: fc.Arbitrary<Saying>, maxLength: number): fc.Arbitrary<Piece[]> =>
  fc.array(
    fc.record({
      saying,
      cuts: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 2 }),
      next: fc.constantFrom(...pauses),
    }),
    { maxLength },
  );

export const hostileScript: fc.Arbitrary<HostileScript> = fc.record({
  server: fc.constantFrom<ServerName[]>('open', 'guarded'),
  before: fc.oneof(
    { weight: 3, arbitrary: fc.constant<Piece[]>([]) },
    { weight: 1, arbitrary: piecesOf(beforeSession, 3) },
  ),
  minor: fc.constantFrom<(0 | 2 | null)[]>(0, 0, 2, null),
  pieces: piecesOf(inSession, 12),
  ending: fc.constantFrom(...endings),
});

/** Does to a server what the script says; settles when its connection is closed, with all that the server has said. */
export async function playHostileClient(port: number, script: HostileScript): Promise<RawClient> {
  const client = await RawClient.open({ port });
  const { minor } = script;
  for (const piece of script.before) await say(client, port, piece);
  if (minor !== null) {
    await send(client, startupMessage(minor, { user: 'alice' }));
    if (script.server === 'guarded') await send(client, serialize.password(password));
    // Sometimes it does not wait to be let in; what comes before may have ended the connection, or still be half a message.
    const first = script.pieces[0];
    if (script.before.length === 0 && first?.next !== 'wait a turn') await client.until('ReadyForQuery');
  }
  for (const piece of script.pieces) await say(client, port, piece);
  await leave(client, script.ending);
  return client;
}

async function say(client: RawClient, port: number, { saying: [, bytes], cuts, next }: Piece): Promise<void> {
  await send(client, bytes, cuts);
  if (next === 'wait a turn') await setImmediate();
  else if (next === 'read no more') client.pauseReading();
  else if (next === 'read again') client.resumeReading();
  else if (next === 'cancel' && client.backendKey.length > 0) {
    await using canceller = await RawClient.open({ port });
    canceller.send(cancelRequest(client.backendKey));
    await canceller.untilEnd();
  }
}

/** A server may have ended the connection: then nothing is sent. */
async function send(client: RawClient, bytes: Uint8Array, cuts: readonly number[] = []): Promise<void> {
  await client.sendSplit(bytes, cuts).catch(() => undefined);
}

async function leave(client: RawClient, ending: HostileScript['ending']): Promise<void> {
  if (ending === 'Terminate') await send(client, serialize.end());
  if (ending === 'reset') client.reset();
  else if (ending === 'vanish') client.stream.destroy();
  else client.halfClose();
  client.resumeReading();
  await client.closed;
}
