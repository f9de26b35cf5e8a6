import { setImmediate } from 'node:timers/promises';
import type { RawClient } from '@riffq/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bystander } from '../bystander.js';
import { Listening } from '../listening.js';
import { openSockets } from '../open-sockets.js';
import { intended, Lives, password } from './fuzzed-connection.js';
import { type HostileScript, hostileScript, playHostileClient } from './hostile-client.js';

/** Milliseconds, generous enough for a busy machine. */
const patience = 20_000;

/** More than the usual number of runs: `FUZZ_RUNS=10000 vitest run ...`; the seed and path of a failure are in its message. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 300);
/** Milliseconds that the usual runs may take on a busy machine, and more runs in proportion; also those that shrink a failure. */
const timeLimit = Math.max(15_000, numRuns * 50);

test('legal and illegal frames in any order, split anywhere, with resets and half-closes, harm nobody else', {
  timeout: timeLimit + 60_000,
}, async () => {
  const noises: unknown[] = [];
  const listen = (noise: unknown): void => void noises.push(noise);
  process.on('warning', listen).on('unhandledRejection', listen);
  const lives = new Lives();
  const { open, guarded } = lives.connectionClasses();
  const before = openSockets();
  const servers = { open: await Listening.open(open), guarded: await Listening.open(guarded) };
  const bystanders = [await Bystander.watch(servers.open.port), await Bystander.watch(servers.guarded.port, password)];
  const watched = openSockets();
  const run = async (scripts: readonly HostileScript[]): Promise<void> => {
    await withinPatience(
      Promise.all(
        scripts.map(async (script) => {
          expectWholeMessages(await playHostileClient(servers[script.server].port, script), script);
        }),
      ),
      'the server did not end a connection',
    );
    await withinPatience(lives.over(), 'a session was not ended');
    expect([...lives.left.values()].filter((times) => times !== 1)).toEqual([]);
    lives.left.clear();
    await withinPatience(
      until(() => openSockets() <= watched),
      'a socket stayed',
    );
    const logged = [servers.open, servers.guarded].flatMap(({ logger }) => logger.lines.splice(0));
    expect(logged.filter(({ level, fields }) => level !== 'debug' && !isIntended(fields))).toEqual([]);
    expect(noises).toEqual([]);
  };
  let last: Promise<void> | undefined;
  await fc.assert(
    fc.asyncProperty(fc.array(hostileScript, { minLength: 1, maxLength: 3 }), (scripts) => {
      last = run(scripts);
      return last;
    }),
    { numRuns, interruptAfterTimeLimit: timeLimit },
  );
  // The one that the time limit has interrupted.
  await last;
  for (const bystander of bystanders) await bystander.expectUnharmed();
  await servers.open.server.close();
  await servers.guarded.server.close();
  await withinPatience(
    until(() => openSockets() <= before),
    'a handle stayed',
  );
  process.off('warning', listen).off('unhandledRejection', listen);
  expect(noises).toEqual([]);
});

/** A server says whole messages, whatever it hears; a client that leaves at once may not have read all. */
function expectWholeMessages(client: RawClient, { ending }: HostileScript): void {
  const trace = client.trace();
  expect(trace).not.toMatch(/^B\t.*unknown/im);
  if (ending === 'Terminate' || ending === 'half-close') {
    expect(trace).not.toMatch(/^B\t\d+\tmismatched/im);
  }
}

function isIntended(fields: object): boolean {
  return 'err' in fields && fields.err instanceof Error && fields.err.message.startsWith(intended);
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setImmediate();
}

async function withinPatience<T>(promise: Promise<T>, otherwise: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(otherwise)), patience);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
