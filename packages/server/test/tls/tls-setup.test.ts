import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import { RawClient, type RawTls } from '@riffq/testing';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import {
  type Authentication,
  BaseConnection,
  PgError,
  type Session,
  selfSignedCertificate,
  type TlsOptions,
  tag,
} from '../../src/index.js';
import { makeCertificate } from '../../src/tls/make-certificate.js';
import { Bystander } from '../bystander.js';
import { Listening } from '../listening.js';
import { sslRequest } from '../startup-packets.js';

/** What was made, as PEM. */
function pemOf(names?: readonly string[]): { readonly certificate: string; readonly key: string } {
  const { certificate, key } = selfSignedCertificate(names && { names });
  return { certificate: String(certificate), key: String(key) };
}

const server = pemOf();
const other = pemOf(['other.example']);
const alice = pemOf(['alice']);
const mallory = pemOf(['alice']);

/** A server with TLS that notes its sessions. */
function open(sessions: Session[], options: TlsOptions = {}, authentication?: Authentication): Promise<Listening> {
  class Connection extends BaseConnection {
    override handleConnect() {
      sessions.push(this.session);
      return true;
    }
    override handleQuery() {
      return tag('OK');
    }
  }
  const settings = { tls: true, ...(authentication && { authentication }) };
  return Listening.open(Connection, settings, (made) => made.setTls(server.certificate, server.key, options));
}

async function connect({ port }: Listening, tls: RawTls = {}, user = 'alice'): Promise<RawClient> {
  return RawClient.connect({ host: 'localhost', port }, { user, tls: { ca: server.certificate, ...tls } });
}

/** The error that a client is refused with. */
async function refusalOf(connecting: Promise<RawClient>): Promise<PgError> {
  const client = await connecting.catch((error: unknown) => error);
  if (client instanceof PgError) return client;
  throw new Error(`not refused: ${String(client)}`);
}

describe('direct TLS', () => {
  test('is taken up where a client begins with it and names the protocol', async () => {
    const sessions: Session[] = [];
    await using listening = await open(sessions);
    await using client = await connect(listening, { negotiation: 'direct' });
    expect(client.trace()).toContain('ReadyForQuery');
    expect(sessions).toMatchObject([{ encrypted: true, serverName: 'localhost' }]);
  });

  test('is not followed by a second TLS', async () => {
    await using listening = await open([]);
    await using client = await RawClient.open({ host: 'localhost', port: listening.port });
    await client.startTls({ ca: server.certificate, negotiation: 'direct' });
    client.send(sslRequest);
    const { messages } = await client.until(({ bytes }) => bytes.length === 1);
    expect(Buffer.from(messages.at(-1)?.bytes ?? []).toString()).toBe('N');
  });

  test.each([
    ['no protocol', undefined],
    ['another protocol', ['http/1.1']],
  ])('is refused where it names %s by ALPN, and nobody else notices', async (_, ALPNProtocols) => {
    const sessions: Session[] = [];
    await using listening = await open(sessions);
    const bystander = await Bystander.watch(listening.port);
    const refused = connect(listening, { negotiation: 'direct', ALPNProtocols });
    await expect(refused).rejects.toThrow();
    await bystander.expectUnharmed();
    expect(sessions.map(({ user }) => user)).toEqual(['bystander']);
  });

  test('is refused where there is no TLS', async () => {
    await using listening = await Listening.open(
      class extends BaseConnection {
        override handleQuery() {
          return tag('OK');
        }
      },
    );
    await expect(connect(listening, { negotiation: 'direct' })).rejects.toThrow('disconnected');
  });
});

describe('a certificate', () => {
  /** The common name of the certificate that a client is shown. */
  async function shownTo(listening: Listening, servername: string): Promise<string> {
    const client = await connect(listening, { servername, rejectUnauthorized: false });
    const { stream } = client;
    const name = stream instanceof TLSSocket ? stream.getPeerCertificate().subject.CN : undefined;
    await client.close();
    return String(name);
  }

  test('is selected by the name that the client asks for', async () => {
    const sessions: Session[] = [];
    await using listening = await open(sessions, {
      selectCertificate: async (name) => (name === 'other.example' ? other : undefined),
    });
    expect(await shownTo(listening, 'other.example')).toBe('other.example');
    expect(await shownTo(listening, 'else.example')).toBe('localhost');
    expect(sessions.map(({ serverName }) => serverName)).toEqual(['other.example', 'else.example']);
  });

  test('that was selected is the one that SCRAM binds its channel to', async () => {
    class Connection extends BaseConnection {
      override lookupPassword() {
        return 'secret';
      }
      override handleQuery() {
        return tag('OK');
      }
    }
    await using listening = await Listening.open(Connection, { tls: true }, (made) =>
      made.setTls(server.certificate, server.key, { selectCertificate: () => other }),
    );
    const client = new pg.Client({
      ...{ host: '127.0.0.1', port: listening.port, user: 'alice', password: 'secret', enableChannelBinding: true },
      ssl: { ca: other.certificate, servername: 'other.example' },
    });
    await client.connect();
    expect((await client.query('select 1')).command).toBe('OK');
    await client.end();
  });

  test('may be a context', async () => {
    const context = createSecureContext({ cert: other.certificate, key: other.key });
    await using listening = await open([], { selectCertificate: () => context });
    expect(await shownTo(listening, 'any.example')).toBe('other.example');
    listening.server.setTls(context);
    expect(await shownTo(listening, 'any.example')).toBe('other.example');
  });

  test('whose selection fails ends the handshake, and is logged', async () => {
    await using listening = await open([], { selectCertificate: () => Promise.reject(new Error('no vault')) });
    await expect(shownTo(listening, 'any.example')).rejects.toThrow();
    expect(listening.logger.lines).toMatchObject([{ level: 'error', message: 'selectCertificate failed' }]);
  });
});

describe('a client certificate', () => {
  const ca = alice.certificate;
  const shown = { cert: alice.certificate, key: alice.key };

  test('is known to the session when an authority stands for it', async () => {
    const sessions: Session[] = [];
    await using listening = await open(sessions, { ca });
    await using _ = await connect(listening, shown);
    expect(sessions[0]?.peerCertificate?.subject.CN).toBe('alice');
    await using __ = await connect(listening);
    expect(sessions[1]?.peerCertificate).toBeNull();
  });

  test('is refused when no authority stands for it, whatever the method', async () => {
    const sessions: Session[] = [];
    await using listening = await open(sessions, { ca });
    const refusal = await refusalOf(connect(listening, { cert: mallory.certificate, key: mallory.key }));
    expect(refusal).toMatchObject({ sqlstate: '28000', message: 'connection requires a valid client certificate' });
    expect(refusal.fields.detail).toContain('self-signed certificate');
    expect(sessions).toEqual([]);
  });

  test('is refused when its time is over, and the client is told', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const [notBefore, notAfter] = [2, 1].map((days) => new Date(Date.now() - days * 86_400_000));
    if (notBefore === undefined || notAfter === undefined) throw new Error('expected two times');
    const der = makeCertificate({ names: ['alice'], publicKey, privateKey, notBefore, notAfter });
    const cert = new X509Certificate(der).toString();
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const sessions: Session[] = [];
    await using listening = await open(sessions, { ca: cert });
    const refusal = await refusalOf(connect(listening, { cert, key }));
    expect(refusal).toMatchObject({ sqlstate: '28000', message: 'connection requires a valid client certificate' });
    expect(refusal.fields.detail).toContain('expired');
    expect(sessions).toEqual([]);
  });

  test('is not asked for without authorities', async () => {
    const sessions: Session[] = [];
    await using listening = await open(sessions);
    await using _ = await connect(listening, shown);
    expect(sessions[0]?.peerCertificate).toBeNull();
  });

  test('is asked for by a context with authorities, when that is said', async () => {
    const sessions: Session[] = [];
    await using listening = await open(sessions);
    const context = createSecureContext({ cert: server.certificate, key: server.key, ca });
    listening.server.setTls(context, undefined, { requestCertificates: true });
    await using _ = await connect(listening, shown);
    expect(sessions[0]?.peerCertificate?.subject.CN).toBe('alice');
  });

  test('is verified also where another certificate was selected', async () => {
    const sessions: Session[] = [];
    await using listening = await open(sessions, { ca, selectCertificate: () => other });
    await using _ = await connect(listening, { ...shown, rejectUnauthorized: false });
    expect(sessions[0]?.peerCertificate?.subject.CN).toBe('alice');
    const refused = connect(listening, { cert: mallory.certificate, key: mallory.key, rejectUnauthorized: false });
    expect(await refusalOf(refused)).toMatchObject({ sqlstate: '28000' });
  });

  test('may come back in a resumed session of TLS', async () => {
    const sessions: Session[] = [];
    await using listening = await open(sessions, { ca });
    const first = await connect(listening, { ...shown, maxVersion: 'TLSv1.2' });
    const session = first.stream instanceof TLSSocket ? first.stream.getSession() : undefined;
    await first.close();
    await using second = await connect(listening, { ...shown, maxVersion: 'TLSv1.2', session });
    expect(second.stream instanceof TLSSocket && second.stream.isSessionReused()).toBe(true);
    expect(sessions.map(({ peerCertificate }) => peerCertificate?.subject.CN)).toEqual(['alice', 'alice']);
  });
});

describe('the method cert', () => {
  const ca = alice.certificate;
  const shown = { cert: alice.certificate, key: alice.key };

  test('lets in whom the common name names', async () => {
    await using listening = await open([], { ca }, 'cert');
    await using client = await connect(listening, shown);
    expect(client.trace()).toContain('ReadyForQuery');
    expect(await refusalOf(connect(listening, shown, 'bob'))).toMatchObject({
      sqlstate: '28000',
      message: 'certificate authentication failed for user "bob"',
    });
    const without = { sqlstate: '28000', message: 'connection requires a valid client certificate' };
    expect(await refusalOf(connect(listening))).toMatchObject(without);
    const plain = RawClient.connect({ port: listening.port }, { user: 'alice' });
    expect(await refusalOf(plain)).toMatchObject(without);
  });

  test.each<[string, string | readonly string[] | null, boolean]>([
    ['one name', 'bob', true],
    ['several names', ['carol', 'bob'], true],
    ['other names', ['carol', 'dave'], false],
    ['no name', null, false],
  ])('lets in whom usersOf names: %s', async (_, users, admitted) => {
    await using listening = await open([], { ca }, { method: 'cert', usersOf: async () => users });
    const connecting = connect(listening, shown, 'bob');
    if (admitted) await (await connecting).close();
    else expect(await refusalOf(connecting)).toMatchObject({ sqlstate: '28000' });
  });
});

test.each<[string, (secure: TLSSocket, plain: Duplex) => void]>([
  ['asks for another handshake', (secure) => secure.renegotiate({ rejectUnauthorized: false }, () => {})],
  ['sends what is no TLS', (_, plain) => plain.write(Buffer.alloc(100, 0x21))],
])('a client that %s within its session is let go', async (_, spoil) => {
  await using listening = await open([]);
  const bystander = await Bystander.watch(listening.port);
  const client = await RawClient.open({ host: 'localhost', port: listening.port });
  const plain = client.stream;
  await client.startTls({ ca: server.certificate, maxVersion: 'TLSv1.2' });
  await client.start({ user: 'alice' });
  const { stream } = client;
  if (!(stream instanceof TLSSocket)) throw new Error('expected TLS');
  spoil(stream, plain);
  await client.closed;
  await bystander.expectUnharmed();
});
