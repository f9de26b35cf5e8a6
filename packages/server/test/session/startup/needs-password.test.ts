import { expect, test } from 'vitest';
import { PgError } from '../../../src/index.js';
import { Conversation, serialize } from '../../conversation.js';
import { deciding } from '../../deciding.js';

function needing(events: string[], decide: () => boolean | Promise<boolean>) {
  return class extends deciding(events, () => true) {
    override needsPassword(): boolean | Promise<boolean> {
      events.push('needs');
      return decide();
    }
  };
}

test('a client that needs no password is not asked for one, and handleAuth is not called', async () => {
  const events: string[] = [];
  await using client = new Conversation(needing(events, async () => false));
  expect(await client.start()).toMatch(/^B\t8\tAuthenticationOk\n/);
  expect(events).toEqual(['needs', 'connect 127.0.0.1 4711']);
});

test('a client that needs a password is asked for it', async () => {
  const events: string[] = [];
  await using client = new Conversation(needing(events, () => true));
  client.send(serialize.startup({ user: 'alice', database: 'shop' }));
  await client.until('AuthenticationCleartextPassword');
  client.send(serialize.password('secret'));
  await client.until('ReadyForQuery');
  expect(events).toEqual(['needs', 'auth alice secret 127.0.0.1 shop', 'connect 127.0.0.1 4711']);
});

test.each([
  [
    new PgError({ sqlstate: '3D000', message: 'database "x" does not exist' }),
    'C "3D000" M "database "x" does not exist"',
  ],
  [new Error('a secret'), 'C "28P01" M "password authentication failed for user "alice""'],
])('a client about whom that fails is refused: %s', async (error, told) => {
  await using client = new Conversation(needing([], () => Promise.reject(error)));
  client.send(serialize.startup({ user: 'alice' }));
  expect(await client.untilEnd()).toContain(`S "FATAL" V "FATAL" ${told}`);
});
