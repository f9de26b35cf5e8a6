import { expect, test } from 'vitest';
import type { QueryContext } from '../src/index.js';
import { oneRow } from './answers.js';
import { answering, serialize } from './conversation.js';
import { Frontend } from './frontend.js';
import { Latch } from './latch.js';
import { Listening } from './listening.js';
import { startupMessage } from './startup-packets.js';

test('status and sessions tell what a server is about, from its first client to its last', async () => {
  const running = new Latch<QueryContext>();
  const finish = new Latch();
  const connectionClass = answering((sql, context) => {
    if (sql !== 'wait') return oneRow();
    running.open(context);
    return finish.opened.then(() => oneRow());
  });
  const { server, port } = await Listening.open(connectionClass);
  expect(server.status()).toEqual({ state: 'accepting', sessions: 0, statementsRunning: 0 });

  const [alice, bob, silent] = await Promise.all([
    Frontend.connect(port),
    Frontend.connect(port),
    Frontend.connect(port),
  ]);
  await alice.start();
  await bob.start({ user: 'bob' });
  silent.send(startupMessage(0, { user: 'mallory' }).subarray(0, 9));
  alice.send(serialize.query('wait'));
  await running.opened;
  expect(server.status()).toEqual({ state: 'accepting', sessions: 2, statementsRunning: 1 });
  expect(server.sessions().map(({ user, database }) => `${user} in ${database}`)).toEqual([
    'alice in shop',
    'bob in shop',
  ]);

  const closing = server.close({ grace: 60_000 });
  await bob.untilEnd();
  expect(server.status()).toEqual({ state: 'draining', sessions: 1, statementsRunning: 1 });
  finish.open();
  await closing;
  expect(server.status()).toEqual({ state: 'closed', sessions: 0, statementsRunning: 0 });
  expect(server.sessions()).toEqual([]);
});
