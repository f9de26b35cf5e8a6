import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { TLSSocket } from 'node:tls';
import type { RawTls } from '@riffq/testing';
import { cancelRequest } from '@riffq/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BaseConnection, type QueryContext, type Session, type StartOptions } from '../../src/index.js';
import { oneRow } from '../answers.js';
import { Bystander } from '../bystander.js';
import { Certificates, hasOpenssl } from '../certificates.js';
import { serialize } from '../conversation.js';
import type { Frontend } from '../frontend.js';
import { Latch } from '../latch.js';
import { Listening } from '../listening.js';
import { gssencRequest, sslRequest, startupMessage } from '../startup-packets.js';

describe.skipIf(!hasOpenssl)('TLS, with certificates made by openssl,', () => {
  let certificates: Certificates;
  let sessions: Session[];
  let serverNames: (string | null)[];
  let running: Latch<QueryContext>;
  let disconnects: number;
  beforeAll(() => {
    certificates = new Certificates();
  });
  afterAll(() => certificates[Symbol.dispose]());

  class Connection extends BaseConnection {
    override handleConnect(_ip: string, _port: number, { serverName }: { serverName: string | null }) {
      sessions.push(this.session);
      serverNames.push(serverName);
      return true;
    }
    override handleQuery(sql: string, _callback: unknown, context: QueryContext) {
      if (sql !== 'wait') return oneRow();
      running.open(context);
      return new Promise<never>(() => {});
    }
    override handleDisconnect() {
      disconnects += 1;
    }
  }

  function open(options: StartOptions = { tls: true }, startupTimeout = 60_000): Promise<Listening> {
    sessions = [];
    serverNames = [];
    disconnects = 0;
    running = new Latch();
    return Listening.open(Connection, { ...options, limits: { startupTimeout } }, (server) => {
      server.setTls(certificates.certificate, certificates.key);
    });
  }

  /** Goes on over TLS, after the server's `S`. */
  async function upgrade(client: Frontend, options: RawTls = {}): Promise<TLSSocket> {
    const ca = readFileSync(certificates.certificate);
    await client.startTls({ ca, servername: 'localhost', ...options });
    if (!(client.stream instanceof TLSSocket)) throw new Error('expected TLS');
    return client.stream;
  }

  test('is taken up behind an SSLRequest, and the session knows', async () => {
    await using server = await open();
    const client = await server.connect();
    await upgrade(client);
    await client.start();
    expect(await client.ask(serialize.query('select 1'))).toContain('DataRow');
    expect(sessions[0]).toMatchObject({ encrypted: true, serverName: 'localhost' });
    expect(serverNames).toEqual(['localhost']);
    client.stream.destroy();
  });

  test('may follow a GSSENCRequest, and is not taken up twice', async () => {
    await using server = await open();
    const client = await server.connect();
    client.send(gssencRequest);
    expect(await client.byte()).toBe('N');
    await upgrade(client);
    client.send(sslRequest);
    expect(await client.untilEnd()).toContain('C "0A000" M "unsupported frontend protocol 1234.5679: server supports');
    const other = await server.connect();
    await upgrade(other);
    other.send(gssencRequest);
    expect(await other.untilEnd()).toContain('C "0A000" M "unsupported frontend protocol 1234.5680: server supports');
  });

  test('is the client’s choice', async () => {
    await using server = await open();
    const client = await server.connect();
    expect(await client.start()).toContain('ReadyForQuery');
    expect(sessions[0]).toMatchObject({ encrypted: false, serverName: null });
    client.stream.destroy();
  });

  test('is off while nobody turns it on, certificate or not', async () => {
    await using server = await open({});
    const client = await server.connect();
    client.send(sslRequest);
    expect(await client.byte()).toBe('N');
    expect(await client.start()).toContain('ReadyForQuery');
    client.stream.destroy();
  });

  test('can be required: a plain client is refused, and told what to do', async () => {
    await using server = await open({ tls: 'require' });
    const plain = await server.connect();
    plain.send(startupMessage(0, { user: 'alice' }));
    expect(await plain.untilEnd()).toMatch(/V "FATAL" C "28000".* H "Connect with sslmode=require\."/);
    const client = await server.connect();
    await upgrade(client);
    expect(await client.start()).toContain('ReadyForQuery');
    expect(sessions).toHaveLength(1);
    client.stream.destroy();
  });

  test.each([
    ['a StartupMessage', startupMessage(0, { user: 'mallory' })],
    ['half a packet', Buffer.from([0])],
  ])('refuses what was stuffed behind the SSLRequest in the clear: %s', async (_, stuffing) => {
    await using server = await open();
    const client = await server.connect();
    client.send(sslRequest, stuffing);
    expect(await client.untilEnd()).toContain(
      'S "FATAL" V "FATAL" C "08P01" M "received unencrypted data after SSL request"',
    );
    expect(sessions).toEqual([]);
  });

  test.each<[string, (client: Frontend) => void]>([
    ['rubbish', (client) => client.send(Buffer.alloc(100, 0x21))],
    ['a plain StartupMessage', (client) => client.send(startupMessage(0, { user: 'alice' }))],
    ['a FIN', (client) => client.stream.end()],
    ['a reset', (client) => client.reset()],
  ])('ends with the client that sends %s instead of a handshake, and nobody else notices', async (_, spoil) => {
    await using server = await open();
    const bystander = await Bystander.watch(server.port);
    const client = await server.connect();
    client.send(sslRequest);
    expect(await client.byte()).toBe('S');
    spoil(client);
    await client.bytesUntilEnd();
    await bystander.expectUnharmed();
    const closing = performance.now();
    await server.server.close();
    expect(performance.now() - closing).toBeLessThan(1000);
    expect(sessions.filter(({ user }) => user !== 'bystander')).toEqual([]);
  });

  test('ends, after startupTimeout, with a client that does not begin the handshake', async () => {
    await using server = await open({ tls: true }, 100);
    const client = await server.connect();
    client.send(sslRequest);
    expect(await client.byte()).toBe('S');
    expect((await client.bytesUntilEnd()).length).toBe(0);
  });

  test('refuses protocols that are no PostgreSQL (ALPN), and takes the one that is', async () => {
    await using server = await open();
    const client = await server.connect();
    await expect(upgrade(client, { ALPNProtocols: ['h2'] })).rejects.toThrow();
    const other = await server.connect();
    const secure = await upgrade(other, { ALPNProtocols: ['postgresql'] });
    expect(secure.alpnProtocol).toBe('postgresql');
    secure.destroy();
  });

  test('is not spoken below 1.2', async () => {
    await using server = await open();
    const client = await server.connect();
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    await expect(upgrade(client, old)).rejects.toThrow();
  });

  test.each([
    ['a session in the clear', false, true],
    ['an encrypted session', true, true],
    ['an encrypted session, itself in the clear', true, false],
  ])('carries a CancelRequest to %s', async (_, encryptsSession, encryptsRequest) => {
    await using server = await open();
    const client = await server.connect();
    if (encryptsSession) await upgrade(client);
    await client.start();
    client.send(serialize.query('wait'));
    await running.opened;
    const canceling = await server.connect();
    if (encryptsRequest) await upgrade(canceling);
    canceling.send(cancelRequest(client.cancelKey));
    expect(await canceling.untilEnd()).toBe('');
    expect(await client.until('ReadyForQuery')).toContain('C "57014"');
    expect(await client.ask(serialize.query('select 1'))).toContain('DataRow');
    client.stream.destroy();
  });

  test('notices a client that goes while its statement runs', async () => {
    await using server = await open();
    const client = await server.connect();
    const plain = client.stream;
    await upgrade(client);
    await client.start();
    client.send(serialize.query('wait'));
    const { signal } = await running.opened;
    const aborted = once(signal, 'abort');
    plain.destroy();
    await aborted;
    await server.server.close();
    expect(disconnects).toBe(1);
  });

  test('changes its certificate for those who come after, and drops nobody', async () => {
    using others = new Certificates();
    await using server = await open();
    const before = await server.connect();
    const first = await upgrade(before);
    await before.start();
    server.server.setTls(others.certificate, others.key);
    const after = await server.connect();
    const second = await upgrade(after, { ca: readFileSync(others.certificate) });
    expect(second.getPeerCertificate().fingerprint256).not.toBe(first.getPeerCertificate().fingerprint256);
    expect(await before.ask(serialize.query('select 1'))).toContain('DataRow');
    first.destroy();
    second.destroy();
  });

  test('is what node-postgres connects with', async () => {
    await using server = await open({ tls: 'require' });
    const ssl = { ca: readFileSync(certificates.certificate, 'utf8') };
    const client = new pg.Client({ host: 'localhost', port: server.port, user: 'alice', database: 'shop', ssl });
    await client.connect();
    expect((await client.query('select 1')).rows).toEqual([{ '?column?': 1 }]);
    expect((await client.query({ text: 'select 1', values: [] })).rowCount).toBe(1);
    expect(sessions[0]).toMatchObject({ encrypted: true, serverName: 'localhost' });
    await client.end();
  });
});
