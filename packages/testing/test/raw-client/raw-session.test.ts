import { once } from 'node:events';
import type { Socket } from 'node:net';
import { serialize } from 'pg-protocol';
import { describe, expect, inject, test } from 'vitest';
import { RawClient } from '../../src/index.js';
import { type Answer, backend, failure, saying, TinyServer, welcome } from './tiny-server.js';

const oracle = inject('oracle');
const bySocket = { host: oracle.socketDirectory, port: oracle.port };
const nobody = { user: oracle.user, database: oracle.database };

describe('a session on PostgreSQL', () => {
  test('over TCP is opened with a password by SCRAM-SHA-256', async () => {
    await using client = await RawClient.connect(oracle, oracle);
    const names = client.trace().match(/\tAuthentication\w+/g);
    expect(names?.map((name) => name.trim())).toEqual([
      'AuthenticationSASL',
      'AuthenticationSASLContinue',
      'AuthenticationSASLFinal',
      'AuthenticationOk',
    ]);
    expect(client.trace()).toMatch(/^F\t\d+\tSASLInitialResponse\t "SCRAM-SHA-256" 32 'n,,n=,r=/m);
    expect(client.trace()).toMatch(/^F\t\d+\tSASLResponse\t 'c=biws,r=/m);
    expect((await client.ask(serialize.query('select 1'))).error).toBeUndefined();
  });

  test('over the Unix socket is opened without a password', async () => {
    await using client = await RawClient.connect(bySocket, nobody);
    expect((await client.ask(serialize.query('select current_user'))).trace).toContain("'postgres'");
  });

  test('needs no database: it is the one of the name of the user', async () => {
    await using client = await RawClient.connect(bySocket, { user: oracle.user });
    expect((await client.ask(serialize.query('select current_database()'))).trace).toContain("'postgres'");
  });

  test('takes a password however its characters are composed', async () => {
    await using owner = await RawClient.connect(bySocket, nobody);
    await owner.ask(serialize.query(`create role composer login password 'p\u00e4ss\u00a0word\u2168'`));
    const user = { ...nobody, user: 'composer' };
    await using client = await RawClient.connect(oracle, { ...user, password: 'pa\u0308ss\u00ad word\u200dIX' });
    expect((await client.ask(serialize.query('select current_user'))).trace).toContain("'composer'");
    await client.close();
    await owner.ask(serialize.query('drop role composer'));
  });

  test('has a secret key of 4 bytes in protocol 3.0 and of 32 in 3.2', async () => {
    await using old = await RawClient.connect(bySocket, nobody);
    await using recent = await RawClient.connect(bySocket, { ...nobody, protocol: '3.2' });
    expect([old.backendKey.length, recent.backendKey.length]).toEqual([4 + 4, 4 + 32]);
  });

  test('may ask for any minor version, and for options that nobody knows', async () => {
    const parameters = { '_pq_.grease': 'x' };
    await using client = await RawClient.connect(bySocket, { ...nobody, protocol: '3.9999', parameters });
    expect(client.trace()).toContain(
      'StartupMessage\t 3 9999 "user" "postgres" "database" "postgres" "_pq_.grease" "x"',
    );
    expect(client.trace()).toContain('NegotiateProtocolVersion\t 196610 1 "_pq_.grease"');
  });

  test('has the parameters that were given, in their order, and no others', async () => {
    await using client = await RawClient.open(bySocket);
    const parameters = { application_name: 'raw', client_encoding: 'LATIN1' };
    const reply = await client.start({ ...nobody, parameters });
    expect(reply.trace).toContain('ParameterStatus\t "application_name" "raw"');
    expect(reply.trace).toContain('ParameterStatus\t "client_encoding" "LATIN1"');
    expect(reply.names.at(-1)).toBe('ReadyForQuery');
  });
});

describe('a session that PostgreSQL refuses is the error that it says:', () => {
  test('the wrong password', async () => {
    const refusal = await failure(RawClient.connect(oracle, { ...oracle, password: 'wrong' }));
    expect(refusal).toMatchObject({
      name: 'PgError',
      severity: 'FATAL',
      sqlstate: '28P01',
      message: 'password authentication failed for user "postgres"',
    });
  });

  test('a database that does not exist', async () => {
    const refusal = await failure(RawClient.connect(bySocket, { ...nobody, database: 'none' }));
    expect(refusal).toMatchObject({ sqlstate: '3D000', message: 'database "none" does not exist' });
  });

  test('a password that is wanted and was not given', async () => {
    const { message } = await failure(RawClient.connect(oracle, nobody));
    expect(message).toBe('the server asks for a password (AuthenticationSASL), and none was given');
  });
});

describe('a server that asks in another way:', () => {
  const alice = { user: 'alice', password: 'sécret' };

  test('for the password in clear text', async () => {
    await using server = await TinyServer.listen(saying(backend({ type: 'AuthenticationCleartextPassword' }), welcome));
    await using client = await RawClient.connect({ port: server.port }, alice);
    expect(client.trace()).toContain('F\t12\tPasswordMessage\t "sécret"\n');
  });

  test('for its MD5 hash, which is what PostgreSQL makes of it', async () => {
    await using client = await RawClient.connect(bySocket, nobody);
    const sql = `select 'md5' || md5(md5('sécret' || 'alice') || 'salt')`;
    const hash = /md5[0-9a-f]{32}/.exec((await client.ask(serialize.query(sql))).trace)?.[0];

    const salt = Buffer.from('salt');
    await using server = await TinyServer.listen(saying(backend({ type: 'AuthenticationMD5Password', salt }), welcome));
    await using asked = await RawClient.connect({ port: server.port }, alice);
    expect(asked.trace()).toContain(`PasswordMessage\t "${hash}"\n`);
  });

  test.each([
    ['AuthenticationGSS', 'the server asks for AuthenticationGSS, which this client cannot answer'],
    ['AuthenticationSASLContinue', 'the server sends AuthenticationSASLContinue before AuthenticationSASL'],
  ] as const)('by %s, which is an error', async (type, message) => {
    await using server = await TinyServer.listen(saying(backend({ type, data: new Uint8Array() })));
    expect((await failure(RawClient.connect({ port: server.port }, alice))).message).toBe(message);
  });

  test('by mechanisms that the client does not know, which is an error', async () => {
    const mechanisms = ['SCRAM-SHA-256-PLUS', 'OAUTHBEARER'];
    await using server = await TinyServer.listen(saying(backend({ type: 'AuthenticationSASL', mechanisms })));
    const { message } = await failure(RawClient.connect({ port: server.port }, alice));
    expect(message).toBe('the server offers SCRAM-SHA-256-PLUS, OAUTHBEARER; this client knows SCRAM-SHA-256 alone');
  });
});

describe('a server that does not know the password is found out', () => {
  const mechanisms = ['SCRAM-SHA-256'];
  const nonceOf = (heard: Buffer) => /r=([^,]+)/.exec(heard.toString())?.[1];
  const challenge = (text: string) => backend({ type: 'AuthenticationSASLContinue', data: Buffer.from(text) });
  const fair = (heard: Buffer) => challenge(`r=${nonceOf(heard)}more,s=c2FsdA==,i=4096`);

  async function refusal(...answers: readonly Answer[]): Promise<string> {
    await using server = await TinyServer.listen(
      saying(backend({ type: 'AuthenticationSASL', mechanisms }), ...answers),
    );
    const connecting = RawClient.connect({ port: server.port }, { user: 'alice', password: 'secret' });
    return (await failure(connecting)).message;
  }

  test('by its signature', async () => {
    const signature = backend({ type: 'AuthenticationSASLFinal', data: Buffer.from('v=bm8=') });
    expect(await refusal(fair, signature)).toBe('the server does not know the password: v=bm8=');
  });

  test('by the lack of one', async () => {
    expect(await refusal(fair, welcome)).toBe('the server has not shown that it knows the password');
  });

  test.each(['r=other,s=c2FsdA==,i=4096', 's=c2FsdA==,i=4096', ''])('by another nonce: %j', async (text) => {
    expect(await refusal(challenge(text))).toBe(`the server does not continue the client's nonce: ${text}`);
  });

  test('by a nonce to which it has added nothing', async () => {
    const echo = (heard: Buffer) => challenge(`r=${nonceOf(heard)},s=c2FsdA==,i=4096`);
    expect(await refusal(echo)).toContain("the server does not continue the client's nonce");
  });

  test.each(['s=c2FsdA==', 's=c2FsdA==,i=0', 'i=4096'])(
    'by a challenge without salt or iterations: %s',
    async (rest) => {
      const incomplete = (heard: Buffer) => challenge(`r=${nonceOf(heard)}more,${rest}`);
      expect(await refusal(incomplete)).toContain('the server sends no salt or no number of iterations');
    },
  );
});

test('a client whose session was refused leaves no connection behind', async () => {
  const hungUp: Promise<unknown>[] = [];
  const refuse = (socket: Socket) => {
    hungUp.push(once(socket, 'close'));
    socket.once('data', () => socket.end(backend({ type: 'ErrorResponse', fields: { message: 'no' } })));
  };
  await using server = await TinyServer.listen(refuse);
  expect((await failure(RawClient.connect({ port: server.port }, { user: 'alice' }))).message).toBe('no');
  await Promise.all(hungUp);
  expect(hungUp).toHaveLength(1);
});
