import { createPrivateKey } from 'node:crypto';
import { inspect } from 'node:util';
import { RawClient } from '@riffq/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  BaseConnection,
  md5Verifier,
  type QueryContext,
  scramVerifier,
  selfSignedCertificate,
  tag,
} from '../src/index.js';
import { serialize } from './conversation.js';
import { bind, execute, parse, query, sync } from './frames.js';
import { Listening } from './listening.js';
import type { RecordingLogger } from './recording-logger.js';
import { startupMessage } from './startup-packets.js';

/** What no log may have: passwords, values of parameters and of COPY data, literals. */
const secrets = {
  rightPassword: 'correct-horse',
  wrongPassword: 'battery-staple',
  parameter: 'card-4111111111111111',
  undecodable: 'ssn-078-05-1120',
  literal: 'literal-iban-de89',
  copied: 'copied-salary-99000',
  passphrase: 'open-sesame-passphrase',
  salt: 'secret-of-the-salts',
};

const console = { log: vi.fn(), warn: vi.fn(), error: vi.fn(), info: vi.fn(), debug: vi.fn() };
beforeAll(() => void vi.stubGlobal('console', { ...globalThis.console, ...console }));
afterAll(() => void vi.unstubAllGlobals());

class Connection extends BaseConnection {
  override handleAuth(_user: string, password: string) {
    if (password === '') throw new Error('the directory is down');
    return password === secrets.rightPassword;
  }
  override handleQuery(sql: string, _callback: unknown, { args }: QueryContext) {
    if (sql.startsWith('fail')) throw new Error('the engine is down');
    if (sql.startsWith('wrong')) return [{ a: args.length }, { a: 'no number' }];
    return tag('OK');
  }
  override async handleCopyIn(): Promise<number> {
    throw new Error('the table is gone');
  }
  override handleDisconnect(): void {
    throw new Error('the cache is gone');
  }
}

/** Whether anything of what was logged, or written to the console, is a secret, however deep it hides. */
function expectNoSecrets(logger: RecordingLogger, ...others: readonly string[]): string {
  const logged = inspect([logger.lines, Object.values(console).map(({ mock }) => mock.calls)], {
    depth: null,
    showHidden: true,
    maxArrayLength: null,
    maxStringLength: null,
  });
  for (const secret of [...Object.values(secrets), ...others]) expect(logged).not.toContain(secret);
  return logged;
}

test.each(['scram-sha-256', 'md5', 'password'] as const)(
  'nothing that is logged of clients by %s has what the server or the client knows of a password',
  async (method) => {
    const verifier = await scramVerifier(secrets.rightPassword);
    const hash = md5Verifier('hashed', secrets.rightPassword);
    const stored: Readonly<Record<string, string>> = {
      clear: secrets.rightPassword,
      hashed: hash,
      scrammed: verifier,
      broken: verifier.slice(0, -5),
    };
    class LookingUp extends BaseConnection {
      override lookupPassword(user: string) {
        if (user === 'failing') throw new Error('the directory is down');
        return stored[user] ?? null;
      }
      override handleQuery() {
        return tag('OK');
      }
    }
    const authentication = method === 'password' ? method : ({ method, secret: secrets.salt } as const);
    await using server = await Listening.open(LookingUp, { authentication });
    for (const user of [...Object.keys(stored), 'failing', 'unknown']) {
      for (const password of [secrets.rightPassword, secrets.wrongPassword]) {
        const client = await RawClient.open({ port: server.port });
        await client.start({ user, password }).catch(() => {});
        await client.close();
      }
    }
    await server.server.close();
    const logged = expectNoSecrets(server.logger, verifier, verifier.slice(-30, -5), hash);
    expect(logged).toContain('the directory is down');
  },
);

test('nothing that is logged of TLS has a key or its passphrase', async () => {
  const { certificate, key } = selfSignedCertificate();
  const encrypted = createPrivateKey(String(key)).export({
    ...{ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: secrets.passphrase },
  });
  const wrong = { certificate, key: encrypted, passphrase: `not ${secrets.passphrase}` };
  await using server = await Listening.open(Connection, { tls: true }, (made) =>
    made.setTls(certificate, key, { selectCertificate: () => wrong }),
  );
  const client = await RawClient.open({ port: server.port });
  await client.startTls({ servername: 'any.example', rejectUnauthorized: false }).catch(() => {});
  await client.close();
  await server.server.close();
  const [, line = ''] = String(encrypted).split('\n');
  expect(expectNoSecrets(server.logger, line)).toContain('selectCertificate failed');
});

test('nothing that is logged, at any level, has a password, a parameter or data in it', async () => {
  await using server = await Listening.open(Connection);
  const { logger } = server;
  for (const password of [secrets.wrongPassword, '', `${secrets.wrongPassword}\0${secrets.wrongPassword}`]) {
    const refused = await server.connect();
    refused.send(startupMessage(0, { user: 'alice' }), serialize.password(password));
    await refused.untilEnd();
  }
  const misplaced = await server.connect();
  misplaced.send(serialize.password(secrets.wrongPassword));
  await misplaced.untilEnd();
  const unasked = await server.connect();
  unasked.send(startupMessage(0, { user: 'alice' }), query(secrets.literal));
  await unasked.untilEnd();

  const client = await server.connect();
  client.send(startupMessage(0, { user: 'alice' }), serialize.password(secrets.rightPassword));
  await client.until('ReadyForQuery');
  const values = [secrets.parameter];
  await client.ask(parse('ok $1'), bind({ values }), execute(), sync());
  await client.ask(parse('fail $1'), bind({ values }), execute(), sync());
  await client.ask(parse('wrong $1'), bind({ values }), execute(), sync());
  await client.ask(parse('ok $1', '', [23]), bind({ values: [secrets.undecodable] }), sync());
  await client.ask(parse('ok $1', '', [17]), bind({ values: [`\\x${secrets.undecodable}`] }), sync());
  await client.ask(query(`fail '${secrets.literal}'`));
  await client.ask(query(`set statement_timeout = '${secrets.literal}'`));
  client.send(
    query('copy t (a) from stdin'),
    serialize.copyData(Buffer.from(`${secrets.copied}\n`)),
    serialize.copyDone(),
  );
  await client.until('ReadyForQuery');
  client.send(
    query('copy t (a) from stdin'),
    serialize.copyData(Buffer.from(secrets.copied)),
    serialize.copyFail(secrets.copied),
  );
  await client.until('ReadyForQuery');
  client.send(Buffer.from(`Q\x7f\xff\xff\xff${secrets.literal}`, 'latin1'));
  await client.untilEnd();
  await server.server.close();

  expect(logger.lines.length).toBeGreaterThan(5);
  expect(expectNoSecrets(logger)).toContain('the engine is down');
});
