import { describe, expect, test } from 'vitest';
import type { Authentication, Session } from '../../src/index.js';
import { Conversation, serialize } from '../conversation.js';
import { deciding } from '../deciding.js';
import { Listening } from '../listening.js';
import { startupMessage } from '../startup-packets.js';
import { lookingUp } from './looking-up.js';

/** What the client of user `alice` is told first. */
async function firstWord(authentication: Authentication, peer: { ip?: string; encrypted?: boolean } = {}) {
  const events: string[] = [];
  const client = new Conversation(lookingUp({ alice: 'secret' }, events), { authentication }, peer);
  client.send(startupMessage(0, { user: 'alice', database: 'shop' }));
  const word = await client.until('AuthenticationOk', 'AuthenticationSASL', passwordRequest, 'ErrorResponse');
  await client[Symbol.asyncDispose]();
  return { word, events, logged: client.logger.lines };
}

const passwordRequest = 'AuthenticationCleartextPassword';

describe('the option authentication', () => {
  test.each<[string, Authentication, string]>([
    ['a method', 'trust', 'AuthenticationOk'],
    ['a method with settings', { method: 'password' }, passwordRequest],
    ['a function', () => 'password', passwordRequest],
    ['a function that takes its time', async () => ({ method: 'trust' }), 'AuthenticationOk'],
  ])('is %s', async (_, authentication, word) => {
    expect((await firstWord(authentication)).word).toContain(word);
  });

  test('as a function knows whom it chooses for', async () => {
    const seen: Partial<Session>[] = [];
    await firstWord(
      ({ user, database, remoteAddress, encrypted, peerCertificate }) => {
        seen.push({ user, database, remoteAddress, encrypted, peerCertificate });
        return 'trust';
      },
      { ip: '192.0.2.1', encrypted: true },
    );
    expect(seen).toEqual([
      { user: 'alice', database: 'shop', remoteAddress: '192.0.2.1', encrypted: true, peerCertificate: null },
    ]);
  });

  test.each<[string, Authentication]>([
    ['a function that throws', () => Promise.reject(new Error('no connection to ldap://10.0.0.1'))],
    ['a function that chooses what there is not', () => JSON.parse('"none"')],
  ])('as %s refuses the client', async (_, authentication) => {
    const { word, events, logged } = await firstWord(authentication);
    expect(word).toContain('S "FATAL" V "FATAL" C "28000" M "authentication failed for user "alice""');
    expect(events).toEqual([]);
    expect(logged).toMatchObject([{ level: 'error' }]);
  });

  test('that no server knows is refused when the server is made', () => {
    const unknown: Authentication = JSON.parse('"pam"');
    expect(() => new Conversation(lookingUp({}), { authentication: unknown })).toThrow(
      expect.objectContaining({ code: 'RIFFQ_ERR_AUTHENTICATION', message: expect.stringContaining('"pam"') }),
    );
  });

  test('wins over what the class has', async () => {
    const events: string[] = [];
    await using client = new Conversation(
      deciding(events, () => false),
      { authentication: 'trust' },
    );
    expect(await client.start()).toContain('ReadyForQuery');
    expect(events).toEqual(['connect 127.0.0.1 4711']);
  });
});

describe('a class with handleAuth and lookupPassword', () => {
  test('has passwords sent to handleAuth', async () => {
    const events: string[] = [];
    class Both extends deciding(events, () => true) {
      override lookupPassword() {
        return 'secret';
      }
    }
    await using client = new Conversation(Both);
    client.send(startupMessage(0, { user: 'alice', database: 'shop' }), serialize.password('other'));
    expect(await client.until('ReadyForQuery')).toContain(passwordRequest);
    expect(events).toEqual(['auth alice other 127.0.0.1 shop', 'connect 127.0.0.1 4711']);
  });
});

describe('the method reject', () => {
  test('keeps everybody out, in the words of PostgreSQL', async () => {
    const { word, events } = await firstWord('reject', { ip: '192.0.2.1' });
    expect(word).toContain(
      'S "FATAL" V "FATAL" C "28000" M "pg_hba.conf rejects connection for host "192.0.2.1", user "alice", database "shop", no encryption"',
    );
    expect(events).toEqual([]);
  });
});

describe('a password in clear text', () => {
  test.each([
    ['of this machine', { ip: '127.8.9.10' }],
    ['of this machine, by IPv6', { ip: '::1' }],
    ['of this machine, as IPv6 shows IPv4', { ip: '::ffff:127.0.0.1' }],
    ['of a Unix socket', { ip: '' }],
    ['with encryption', { ip: '192.0.2.1', encrypted: true }],
  ])('is asked of a client %s', async (_, peer) => {
    expect((await firstWord('password', peer)).word).toContain(passwordRequest);
  });

  test.each(['192.0.2.1', '::ffff:192.0.2.1', '2001:db8::1'])(
    'is not asked of %s, and the host is told',
    async (ip) => {
      const { word, events, logged } = await firstWord('password', { ip });
      expect(word).toMatch(
        /"FATAL" C "28000" M "this server asks for passwords over encrypted connections only" H "[^"]+"/,
      );
      expect(events).toEqual([]);
      expect(logged).toMatchObject([
        { level: 'warn', message: expect.stringMatching(/setTls.*scram-sha-256.*allowUnenc/) },
      ]);
    },
  );

  test('is asked of everybody where the host says so', async () => {
    const { word } = await firstWord({ method: 'password', allowUnencrypted: true }, { ip: '192.0.2.1' });
    expect(word).toContain(passwordRequest);
  });
});

describe('failureDelay', () => {
  test('has a refused client wait for its error', async () => {
    const authentication = { method: 'scram-sha-256', failureDelay: 200 } as const;
    await using client = new Conversation(lookingUp({ alice: 'secret' }), { authentication });
    const began = performance.now();
    await expect(client.raw.start({ user: 'alice', password: 'wrong' })).rejects.toMatchObject({ sqlstate: '28P01' });
    // Timers may be a millisecond early.
    expect(performance.now() - began).toBeGreaterThanOrEqual(199);
  });

  test('holds up nobody else', async () => {
    const authentication = ({ user }: Session) =>
      user === 'alice' ? ('trust' as const) : ({ method: 'reject', failureDelay: 60_000 } as const);
    await using server = await Listening.open(lookingUp({}), { authentication });
    const refused = await server.connect();
    refused.send(startupMessage(0, { user: 'mallory' }));
    const client = await server.connect();
    expect(await client.start()).toContain('ReadyForQuery');
    expect(refused.raw.received.bytes).toBe(0);
    client.stream.destroy();
    refused.stream.destroy();
  });

  test('does not keep the session of a client that has left', async () => {
    const authentication = { method: 'reject', failureDelay: 60_000 } as const;
    await using client = new Conversation(lookingUp({}), { authentication });
    client.send(startupMessage(0, { user: 'alice' }));
    client.stream.end();
    await client.served;
  });
});

test('the password that a client has sent is in no log', async () => {
  await using client = new Conversation(lookingUp({}), { authentication: 'password' });
  await expect(client.raw.start({ user: 'alice', password: 'very secret' })).rejects.toThrow();
  expect(JSON.stringify(client.logger.lines)).not.toContain('very secret');
});
