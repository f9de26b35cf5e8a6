import { describe, expect, test } from 'vitest';
import { oneRow } from './answers.js';
import { answering } from './conversation.js';
import { query } from './frames.js';
import { Listening } from './listening.js';

/** A server whose session statements are its own, and some clients of it. */
async function harbour(clients: number) {
  const listening = await Listening.open(
    answering(() => oneRow()),
    { sessionStatements: 'server' },
  );
  const connected = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = await listening.connect();
      await client.start();
      return client;
    }),
  );
  return { listening, server: listening.server, connected };
}

describe('NOTIFY', () => {
  test('reaches every client that listens, with the process id of who has said it', async () => {
    const { listening, connected } = await harbour(3);
    await using _ = listening;
    const [speaker, first, second] = connected;
    await first?.ask(query('listen harbour'));
    await second?.ask(query('listen harbour'));
    const pid = speaker?.cancelKey.readInt32BE(0);
    expect(await speaker?.ask(query("notify harbour, 'ship'"))).not.toContain('NotificationResponse');
    for (const client of [first, second]) {
      expect(await client?.until('NotificationResponse')).toContain(`NotificationResponse\t ${pid} "harbour" "ship"`);
    }
  });

  test("reaches the sessions of the speaker's database, and server.notify all", async () => {
    const { listening, server, connected } = await harbour(2);
    await using _ = listening;
    const [speaker, listener] = connected;
    const stranger = await listening.connect();
    await stranger.start({ user: 'postgres', database: 'elsewhere' });
    for (const client of [listener, stranger]) await client?.ask(query('listen harbour'));
    await speaker?.ask(query("notify harbour, 'ship'"));
    server.notify('harbour', 'all hands');
    expect(await listener?.until('NotificationResponse')).toContain('"ship"');
    expect(await listener?.until('NotificationResponse')).toContain('"all hands"');
    expect(await stranger.until('NotificationResponse')).toContain('"all hands"');
  });

  test('waits for the end of a block of who listens', async () => {
    const { listening, connected } = await harbour(2);
    await using _ = listening;
    const [speaker, listener] = connected;
    await listener?.ask(query('listen harbour'));
    await listener?.ask(query('begin'));
    await speaker?.ask(query('notify harbour'));
    expect(await listener?.ask(query('select 1'))).not.toContain('NotificationResponse');
    expect(await listener?.ask(query('commit'))).toMatch(
      /CommandComplete.*"COMMIT"\n.*NotificationResponse.*\n.*ReadyForQuery/,
    );
  });

  test('no longer reaches a client that has left', async () => {
    const { listening, server, connected } = await harbour(2);
    await using _ = listening;
    const [leaver, stayer] = connected;
    await leaver?.ask(query('listen harbour'));
    await stayer?.ask(query('listen harbour'));
    leaver?.stream.destroy();
    server.notify('harbour', 'still here');
    expect(await stayer?.until('NotificationResponse')).toContain('"still here"');
  });
});

describe('server.notify', () => {
  test('reaches the clients that listen, from nobody’s process', async () => {
    const { listening, server, connected } = await harbour(2);
    await using _ = listening;
    const [listener, other] = connected;
    await listener?.ask(query('listen "Ünï"'));
    server.notify('Ünï');
    server.notify('elsewhere', 'x');
    server.notify('Ünï', 'x'.repeat(7999));
    expect(await listener?.until('NotificationResponse')).toContain('NotificationResponse\t 0 "');
    expect(await listener?.until('NotificationResponse')).toContain('xxx');
    expect(await other?.ask(query('select 1'))).not.toContain('NotificationResponse');
  });

  test.each([
    ['', ''],
    ['x'.repeat(64), ''],
    ['é'.repeat(32), ''],
    ['harbour', 'x'.repeat(8000)],
    ['harbour', 'a\0b'],
    ['har\0bour', ''],
  ])('refuses what PostgreSQL would not send: %#', async (channel, payload) => {
    const { listening, server } = await harbour(0);
    await using _ = listening;
    expect(() => server.notify(channel, payload)).toThrow(expect.objectContaining({ code: 'RIFFQ_ERR_NOTIFICATION' }));
  });
});
