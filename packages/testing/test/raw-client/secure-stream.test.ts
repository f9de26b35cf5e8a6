import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { type Duplex, duplexPair } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { serialize } from 'pg-protocol';
import { describe, expect, test } from 'vitest';
import { RawClient, startupMessage } from '../../src/index.js';
import { backend, failure, saying, TinyServer, welcome } from './tiny-server.js';

const read = (name: string) => readFileSync(new URL(`../fixtures/localhost.${name}.pem`, import.meta.url));
const cert = read('crt');
const key = read('key');
const alice = { user: 'alice' };
const commandComplete = backend({ type: 'CommandComplete', tag: 'SELECT 0' }, { type: 'ReadyForQuery', status: 'I' });

/** Shakes hands over a connection, then lets the client in and answers it once. */
function serveSecurely(): (socket: Duplex) => TLSSocket {
  return (socket) => {
    const secure = new TLSSocket(socket, { isServer: true, cert, key, ALPNProtocols: ['postgresql'] });
    secure.on('error', () => undefined).on('end', () => secure.end());
    saying(welcome, commandComplete)(secure);
    return secure;
  };
}

/** Waits for an SSLRequest and agrees, perhaps saying more than that. */
function serveAfterRequest(
  answer = 'S',
  look: (secure: TLSSocket) => void = () => undefined,
): (socket: Socket) => void {
  return (socket) => {
    socket.once('data', () => {
      socket.write(answer);
      if (answer === 'S') look(serveSecurely()(socket));
    });
  };
}

describe('TLS', () => {
  test('is asked for with an SSLRequest, and the certificate is for the host', async () => {
    const seen: TLSSocket[] = [];
    await using server = await TinyServer.listen(serveAfterRequest('S', (secure) => seen.push(secure)));
    await using client = await RawClient.connect(
      { host: 'localhost', port: server.port },
      { ...alice, tls: { ca: cert } },
    );
    expect(client.trace()).toMatch(/^F\t8\tSSLRequest\t 1234 5679\nB\t1\tSSLResponse\t S\nF\t20\tStartupMessage\t/);
    expect((await client.ask(serialize.query('select'))).trace).toContain('"SELECT 0"');
    const [secure] = seen;
    expect(secure?.alpnProtocol).toBe('postgresql');
    expect(secure && Reflect.get(secure, 'servername')).toBe('localhost');
    expect(client.stream).toBeInstanceOf(TLSSocket);
  });

  test('can begin at once, with ALPN', async () => {
    await using server = await TinyServer.listen(serveSecurely());
    const tls = { ca: cert, negotiation: 'direct' } as const;
    await using client = await RawClient.connect({ port: server.port }, { ...alice, tls });
    expect(client.trace()).toMatch(/^F\t20\tStartupMessage\t/);
    expect((await client.ask(serialize.query('select'))).trace).toContain('"SELECT 0"');
  });

  test('goes over any stream', async () => {
    const [ours, theirs] = duplexPair();
    theirs.once('data', () => {
      theirs.write('S');
      serveSecurely()(theirs);
    });
    await using client = await RawClient.connect(ours, { ...alice, tls: { ca: cert } });
    expect((await client.ask(serialize.query('select'))).trace).toContain('"SELECT 0"');
  });

  test.each([
    ['reset', 'ECONNRESET'],
    ['halfClose', 'end'],
  ] as const)('lets %s through to the server', async (misbehave, seen) => {
    let settle: (how: string | undefined) => void = () => undefined;
    const ended = new Promise<string | undefined>((resolve) => {
      settle = resolve;
    });
    const fail = (error: NodeJS.ErrnoException) => settle(error.code);
    const agree = serveAfterRequest('S', (secure) => secure.on('error', fail).on('end', () => settle('end')));
    await using server = await TinyServer.listen((socket) => agree(socket.on('error', fail)));
    await using client = await RawClient.connect({ port: server.port }, { ...alice, tls: { ca: cert } });
    client[misbehave]();
    expect(await ended).toBe(seen);
  });
});

describe('TLS is refused', () => {
  const connect = (port: number, tls = {}) => RawClient.connect({ port }, { ...alice, tls: { ca: cert, ...tls } });

  test('by a server that answers N, or with an error', async () => {
    await using unwilling = await TinyServer.listen(serveAfterRequest('N'));
    expect((await failure(connect(unwilling.port))).message).toBe('the server refuses TLS: B\t1\tSSLResponse\t N');
    const error = backend({ type: 'ErrorResponse', fields: { message: 'what?' } });
    await using old = await TinyServer.listen(saying(error));
    const refusal = await failure(connect(old.port));
    expect(refusal.message).toMatch(/^the server refuses TLS: B\t\d+\tErrorResponse/);
    expect(refusal.cause).toMatchObject({ message: 'what?' });
  });

  test('to a server that says more in clear text', async () => {
    await using server = await TinyServer.listen(serveAfterRequest('SZ'));
    expect((await failure(connect(server.port))).message).toBe('the server sends clear text before the TLS handshake');
  });

  test('to a server whose certificate is not known', async () => {
    await using server = await TinyServer.listen(serveAfterRequest());
    expect(await failure(connect(server.port, { ca: [] }))).toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    await using client = await connect(server.port, { ca: [], rejectUnauthorized: false });
    expect(client.trace()).toContain('AuthenticationOk');
  });

  test('to a server that does not choose the protocol, if it begins at once', async () => {
    await using server = await TinyServer.listen((socket) => {
      new TLSSocket(socket, { isServer: true, cert, key }).on('error', () => undefined);
    });
    const { message } = await failure(connect(server.port, { negotiation: 'direct' }));
    expect(message).toBe('the server did not choose the protocol "postgresql" by ALPN');
  });

  test('by a server that hangs up, or says nothing', async () => {
    await using rude = await TinyServer.listen((socket) => socket.once('data', () => socket.end('S')));
    expect((await failure(connect(rude.port))).message).toMatch(/TLS/);
    await using silent = await TinyServer.listen((socket) => socket.once('data', () => socket.write('S')));
    await using client = await RawClient.open({ port: silent.port });
    const { message } = await failure(client.startTls({}, { timeout: 200 }));
    expect(message).toBe('the TLS handshake did not come within 200 ms');
    expect(() => client.send(startupMessage('3.0', alice))).toThrow('nothing can be sent any more');
  });
});
