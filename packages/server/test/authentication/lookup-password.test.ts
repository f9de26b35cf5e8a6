import { RawClient } from '@riffq/testing';
import { describe, expect, inject, test } from 'vitest';
import {
  type Authentication,
  type AuthenticationMethod,
  md5Verifier,
  PgError,
  scramVerifier,
} from '../../src/index.js';
import { Conversation } from '../conversation.js';
import { query } from '../frames.js';
import { Listening } from '../listening.js';
import { startupMessage } from '../startup-packets.js';
import { lookingUp } from './looking-up.js';
import { saslInitialResponse, saslResponse } from './sasl-frames.js';

const refusal = { severity: 'FATAL', sqlstate: '28P01', message: 'password authentication failed for user "alice"' };

/** Names of all messages up to ReadyForQuery, or the error. */
async function logIn(
  secret: string | null,
  password: string,
  authentication?: Authentication,
  events: string[] = [],
): Promise<readonly string[] | PgError> {
  const secrets = secret === null ? {} : { alice: secret };
  await using server = await Listening.open(lookingUp(secrets, events), authentication && { authentication });
  const client = await RawClient.open({ port: server.port });
  try {
    return (await client.start({ user: 'alice', database: 'shop', password })).names;
  } catch (error) {
    if (error instanceof PgError) return error;
    throw error;
  } finally {
    await client.close();
  }
}

const scram = ['AuthenticationSASL', 'AuthenticationSASLContinue', 'AuthenticationSASLFinal', 'AuthenticationOk'];

describe('a class with lookupPassword', () => {
  test('has clients show by SCRAM that they know the password, then asks handleConnect', async () => {
    const events: string[] = [];
    expect(await logIn('secret', 'secret', undefined, events)).toEqual(expect.arrayContaining(scram));
    expect(events).toEqual(['lookup alice shop', 'connect']);
  });

  test.each<[string, () => Promise<string> | string]>([
    ['clear text', () => 'pässword €'],
    ['a verifier', () => scramVerifier('pässword €')],
    ['a verifier with more iterations', () => scramVerifier('pässword €', { iterations: 10_000 })],
    ['a verifier with another salt', () => scramVerifier('pässword €', { salt: Buffer.from('salt') })],
  ])('may give %s', async (_, secret) => {
    const stored = await secret();
    expect(await logIn(stored, 'pässword €')).toContain('ReadyForQuery');
    expect(await logIn(stored, 'password')).toMatchObject(refusal);
  });

  test.each<[string, string, string]>([
    ['composed in another way', 'p\u00e4ss', 'pa\u0308ss'],
    ['with a space of another kind', 'a b', 'a\u00a0b'],
    ['with what SASLprep does not allow, as it is', 'a\u0007\u00e4', 'a\u0007\u00e4'],
  ])('takes a password %s', async (_, stored, given) => {
    expect(await logIn(await scramVerifier(stored), given)).toContain('ReadyForQuery');
  });

  test('whose verifier cannot be read refuses who has read it, and the host is told', async () => {
    const broken = 'SCRAM-SHA-256$4096:c2FsdA==$short:short';
    await using client = new Conversation(lookingUp({ alice: broken }));
    client.send(startupMessage(0, { user: 'alice' }));
    await client.until('AuthenticationSASL');
    expect(client.logger.lines).toMatchObject([{ level: 'error', message: expect.stringContaining('cannot be read') }]);
    expect(await logIn(broken, broken)).toMatchObject(refusal);
  });

  test.each(['scram-sha-256', 'md5', 'password'] as const)('that throws refuses the client (%s)', async (method) => {
    const failing = lookingUp(() => {
      throw new Error('no connection to ldap://10.0.0.1');
    });
    await using server = await Listening.open(failing, { authentication: method });
    const client = RawClient.connect({ port: server.port }, { user: 'alice', password: 'secret' });
    await expect(client).rejects.toMatchObject(refusal);
    expect(server.logger.lines).toMatchObject([{ level: 'error' }]);
  });
});

test('nobody sends an empty password and comes in, whatever is stored, as with PostgreSQL', async () => {
  const refused = { severity: 'FATAL', sqlstate: '28P01', message: 'empty password returned by client' };
  expect(await logIn(await scramVerifier(''), '', 'password')).toMatchObject(refused);
  expect(await logIn(md5Verifier('alice', ''), '', 'password')).toMatchObject(refused);
});

describe('the method', () => {
  const clear = 'secret';
  const md5 = md5Verifier('alice', clear);

  test.each<[AuthenticationMethod, string, () => Promise<string> | string, string]>([
    ['md5', 'clear text', () => clear, 'AuthenticationMD5Password'],
    ['md5', 'an MD5 verifier', () => md5, 'AuthenticationMD5Password'],
    ['md5', 'a SCRAM verifier', () => scramVerifier(clear), 'AuthenticationSASL'],
    ['password', 'clear text', () => clear, 'AuthenticationCleartextPassword'],
    ['password', 'an MD5 verifier', () => md5, 'AuthenticationCleartextPassword'],
    ['password', 'a SCRAM verifier', () => scramVerifier(clear), 'AuthenticationCleartextPassword'],
    ['scram-sha-256', 'clear text', () => clear, 'AuthenticationSASL'],
    ['scram-sha-256', 'a SCRAM verifier', () => scramVerifier(clear), 'AuthenticationSASL'],
  ])('%s, where %s is known, lets in who has the password, and nobody else', async (method, _, secret, question) => {
    const stored = await secret();
    const names = await logIn(stored, clear, method);
    expect(names).toEqual(expect.arrayContaining([question, 'ReadyForQuery']));
    expect(await logIn(stored, 'wrong', method)).toMatchObject(refusal);
    expect(await logIn(null, clear, method)).toMatchObject(refusal);
    expect(await logIn('', '', method)).toMatchObject({ sqlstate: '28P01' });
  });

  test('scram-sha-256 lets in nobody of whom an MD5 verifier is known', async () => {
    expect(await logIn(md5, clear, 'scram-sha-256')).toMatchObject(refusal);
  });

  test.each(['scram-sha-256', 'md5', 'password'] as const)(
    '%s lets in nobody without lookupPassword',
    async (method) => {
      const events: string[] = [];
      class Forgetful extends lookingUp({}, events) {
        constructor(...parameters: ConstructorParameters<ReturnType<typeof lookingUp>>) {
          super(...parameters);
          Object.defineProperty(this, 'lookupPassword', { value: undefined });
        }
      }
      await using server = await Listening.open(Forgetful, { authentication: method });
      const client = RawClient.connect({ port: server.port }, { user: 'alice', password: 'secret' });
      await expect(client).rejects.toMatchObject(refusal);
      expect(server.logger.lines).toMatchObject([
        { level: 'error', message: expect.stringContaining('lookupPassword') },
      ]);
      expect(events).toEqual([]);
    },
  );
});

describe('an unknown user', () => {
  /** The server's first message of SCRAM, without what is random. */
  async function askedOf(user: string, server: Listening): Promise<string> {
    const client = await server.connect();
    client.send(startupMessage(0, { user }));
    await client.until('AuthenticationSASL');
    client.raw.send(saslInitialResponse('n,,n=,r=abc'));
    const trace = await client.until('AuthenticationSASLContinue');
    client.stream.destroy();
    return trace.replace(/r=[^,]*/, '');
  }

  test('is asked as a known one is, and always the same', async () => {
    await using server = await Listening.open(lookingUp({ alice: 'secret', bob: await scramVerifier('secret') }));
    const unknown = await askedOf('mallory', server);
    expect(unknown).toMatch(/^B\t\d+\tAuthenticationSASLContinue\t ',s=[A-Za-z0-9+/]{22}==,i=4096'\n$/);
    expect(await askedOf('mallory', server)).toBe(unknown);
    expect(await askedOf('eve', server)).not.toBe(unknown);
    const alice = await askedOf('alice', server);
    expect(await askedOf('alice', server)).toBe(alice);
    expect(alice.length).toBe(unknown.length);
    expect((await askedOf('bob', server)).length).toBe(unknown.length);
  });

  test('has one salt for all servers that share a secret, and as many iterations as known users', async () => {
    const authentication = { method: 'scram-sha-256', secret: 'shared', iterations: 15_000 } as const;
    await using one = await Listening.open(lookingUp({}), { authentication });
    await using other = await Listening.open(lookingUp({}), { authentication });
    await using stranger = await Listening.open(lookingUp({}), {
      authentication: { ...authentication, secret: 'own' },
    });
    const asked = await askedOf('mallory', one);
    expect(asked).toContain(',i=15000');
    expect(await askedOf('mallory', other)).toBe(asked);
    expect(await askedOf('mallory', stranger)).not.toBe(asked);
  });

  test('is told as many iterations as the first verifier has, for ever', async () => {
    const secrets = {
      alice: await scramVerifier('secret', { iterations: 10_000 }),
      bob: await scramVerifier('secret', { iterations: 20_000 }),
    };
    await using server = await Listening.open(lookingUp(secrets));
    await askedOf('alice', server);
    const asked = await askedOf('mallory', server);
    expect(asked).toContain(',i=10000');
    expect(await askedOf('bob', server)).toContain(',i=20000');
    expect(await askedOf('mallory', server)).toBe(asked);
  });

  /** The methods that clients are asked by. */
  async function methodsFor(
    secrets: Readonly<Record<string, string>>,
    users: readonly string[],
    passwordEncryption?: 'md5' | 'scram-sha-256',
  ): Promise<string[]> {
    const authentication = { method: 'md5', ...(passwordEncryption && { passwordEncryption }) } as const;
    await using server = await Listening.open(lookingUp(secrets), { authentication });
    const asked: string[] = [];
    for (const user of users) {
      const client = await server.connect();
      client.send(startupMessage(0, { user }));
      const [, name = ''] =
        /Authentication(SASL|MD5Password)/.exec(
          await client.until('AuthenticationSASL', 'AuthenticationMD5Password'),
        ) ?? [];
      asked.push(name);
      client.stream.destroy();
    }
    return asked;
  }

  test.each([
    ['the password itself', 'secret'],
    ['an MD5 verifier', md5Verifier('bob', 'secret')],
  ])('is asked by md5 what users are of whom %s is known, also before one of them comes', async (_, bob) => {
    expect(await methodsFor({ bob }, ['mallory', 'bob', 'mallory'])).toEqual(Array(3).fill('MD5Password'));
  });

  test('is asked by md5 what users with SCRAM verifiers are, once one of them has come', async () => {
    const secrets = { alice: await scramVerifier('secret'), bob: 'secret' };
    const users = ['mallory', 'alice', 'bob', 'mallory'];
    expect(await methodsFor(secrets, users)).toEqual(['MD5Password', 'SASL', 'MD5Password', 'SASL']);
  });

  test('is asked by md5 what the host says', async () => {
    const secrets = { alice: await scramVerifier('secret'), bob: 'secret' };
    const users = ['mallory', 'alice', 'bob', 'mallory'];
    expect(await methodsFor(secrets, users, 'scram-sha-256')).toEqual(['SASL', 'SASL', 'MD5Password', 'SASL']);
    expect(await methodsFor(secrets, users, 'md5')).toEqual(['MD5Password', 'SASL', 'MD5Password', 'MD5Password']);
  });

  const secrets: Readonly<Record<string, () => Promise<string> | string>> = {
    'clear text': () => 'secret',
    'an MD5 verifier': () => md5Verifier('alice', 'secret'),
    'a SCRAM verifier': () => scramVerifier('secret'),
  };
  const methods = ['scram-sha-256', 'md5', 'password'] as const;
  const pairs = Object.entries(secrets).flatMap(([known, secret]) =>
    methods.map((method) => [method, known, secret] as const),
  );

  test.each(pairs)('hears (%s) what a known one with a wrong password hears, where %s is known', async (...pair) => {
    const [authentication, , secret] = pair;
    await using server = await Listening.open(lookingUp({ alice: await secret() }), { authentication });
    /** All that the server says, without names and what is random. */
    const heard = async (user: string, password: string): Promise<string> => {
      const client = await RawClient.open({ port: server.port });
      await client.start({ user, password }).catch(() => {});
      const trace = client.trace();
      await client.close();
      return (trace.match(/^B.*$/gm) ?? [])
        .join('\n')
        .replaceAll(user, 'USER')
        .replaceAll(/(?<=AuthenticationMD5Password\t ).*|\b[rs]=[^,']*/g, '*');
    };
    // A server learns from its users with SCRAM verifiers how to ask the others.
    await heard('alice', 'secret');
    const expected = await heard('alice', 'wrong');
    expect(expected).toContain('28P01');
    expect(await heard('bobby', 'wrong')).toBe(expected);
    expect(await heard('bobby', 'secret')).toBe(expected);
  });

  /** Of whom different things are known; what takes long is hashed 400,000 times. */
  const slow = 400_000;
  const known: Readonly<Record<string, () => Promise<string> | string>> = {
    clear: () => 'secret',
    md5: () => md5Verifier('md5', 'secret'),
    scram: () => scramVerifier('secret', { iterations: slow }),
  };

  /** Milliseconds that users with a wrong proof or password wait for their refusal, one after the other. */
  async function waits(
    authentication: Authentication,
    users: readonly string[],
    refused: (server: Listening, user: string) => Promise<() => Promise<void>>,
  ): Promise<number[]> {
    const secrets: Record<string, string> = {};
    for (const user of users) secrets[user] = (await known[user]?.()) ?? '';
    await using server = await Listening.open(lookingUp(secrets), { authentication });
    const times: number[] = [];
    for (const user of users) {
      const refusal = await refused(server, user);
      const begun = performance.now();
      await refusal();
      times.push(performance.now() - begun);
    }
    return times;
  }

  /** How much longer the one waits that waits longest. */
  const spread = (times: readonly number[]): number => Math.max(...times) / Math.min(...times);

  test('is waited for as long as a known one, on a new server and whatever is known of others', async () => {
    const times = await waits(
      { method: 'scram-sha-256', iterations: slow },
      ['mallory', 'clear', 'mallory', 'scram', 'mallory', 'md5'],
      async (server, user) => {
        const client = await server.connect();
        client.send(startupMessage(0, { user }));
        await client.until('AuthenticationSASL');
        client.send(saslInitialResponse('n,,n=,r=abc'));
        const trace = await client.until('AuthenticationSASLContinue');
        const nonce = /r=([^,]*)/.exec(trace)?.[1];
        return async () => {
          client.send(saslResponse(`c=biws,r=${nonce},p=${Buffer.alloc(32).toString('base64')}`));
          expect(await client.untilEnd()).toContain('28P01');
        };
      },
    );
    expect(spread(times)).toBeLessThan(4);
  });

  test('whose password comes in clear text waits as long for the refusal as a known one', async () => {
    const times = await waits(
      'password',
      ['scram', 'mallory', 'clear', 'mallory', 'md5'],
      async (server, user) => async () => {
        const client = RawClient.connect({ port: server.port }, { user, password: 'wrong' });
        await expect(client).rejects.toMatchObject({ sqlstate: '28P01' });
      },
    );
    expect(spread(times)).toBeLessThan(4);
  });
});

test('verifiers are what PostgreSQL itself stores', async () => {
  const { host, port, user, password } = inject('oracle');
  const salt = Buffer.from('0123456789abcdef');
  const verifier = await scramVerifier('pässword €', { salt });
  await using client = await RawClient.connect({ host, port }, { user, password, database: 'postgres' });
  const role = `verified_${process.pid}`;
  const md5 = md5Verifier(role, 'pässword €');
  await client.ask(query(`SET md5_password_warnings = off; CREATE ROLE ${role} LOGIN PASSWORD '${verifier}'`));
  try {
    await using byScram = await RawClient.connect(
      { host, port },
      { user: role, password: 'pässword €', database: 'postgres' },
    );
    expect(byScram.trace()).toContain('AuthenticationSASLFinal');
    const stored = await client.ask(
      query(`SET password_encryption = md5; ALTER ROLE ${role} PASSWORD 'pässword €';
             SELECT rolpassword FROM pg_authid WHERE rolname = '${role}'`),
    );
    expect(stored.trace).toContain(md5);
  } finally {
    await client.ask(query(`DROP ROLE ${role}`));
  }
});
