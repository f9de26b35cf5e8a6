import type { Socket } from 'node:net';
import { join } from 'node:path';
import { duplexPair } from 'node:stream';
import { serialize } from 'pg-protocol';
import { describe, expect, inject, test } from 'vitest';
import { RawClient, startupMessage } from '../../src/index.js';
import { backend, failure, saying, TinyServer, welcome } from './tiny-server.js';

const oracle = inject('oracle');
const bySocket = { host: oracle.socketDirectory, port: oracle.port };
const alice = { user: 'alice' };

/** A server that lets everybody in, and what it hears and how each connection ends. */
async function listening(serve: (socket: Socket) => void = saying(welcome)) {
  const heard: string[] = [];
  let settle: (how: string) => void = () => undefined;
  const gone = new Promise<string>((resolve) => {
    settle = resolve;
  });
  const server = await TinyServer.listen((socket) => {
    let how = 'closed';
    socket.on('data', (chunk: Buffer) => heard.push(chunk.toString('latin1')));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      how = String(error.code);
    });
    socket.on('close', () => settle(how));
    serve(socket);
  });
  return { server, heard, gone, target: { port: server.port } };
}

describe('a client that ends its side alone', () => {
  test('still gets the answer of PostgreSQL, which then ends the session', async () => {
    await using client = await RawClient.connect(bySocket, oracle);
    client.send(serialize.query('select 1 as one'));
    client.halfClose();
    const reply = await client.untilEnd();
    expect(reply.names).toEqual(['RowDescription', 'DataRow', 'CommandComplete', 'ReadyForQuery']);
    expect(await client.closed).toBeUndefined();
  });

  test('can send nothing more', async () => {
    await using client = await RawClient.connect(bySocket, oracle);
    client.halfClose();
    const refusal = 'nothing can be sent any more: this side has ended the connection';
    expect(() => client.send(serialize.sync())).toThrow(refusal);
    expect((await failure(client.ask(serialize.sync()))).message).toBe(refusal);
    expect((await failure(client.sendSplit(serialize.sync(), 1))).message).toBe(refusal);
  });
});

describe('a client that resets the connection', () => {
  test('is seen as such by the server, over TCP', async () => {
    const { server, gone, target } = await listening();
    await using _ = server;
    await using client = await RawClient.connect(target, alice);
    client.reset();
    expect(await gone).toBe('ECONNRESET');
    expect(await client.closed).toBeUndefined();
    expect((await failure(client.until('NoData'))).message).toMatch(
      /^NoData did not come: the client has reset the con/,
    );
  });

  test('is gone at once for PostgreSQL behind a Unix socket', async () => {
    await using other = await RawClient.connect(bySocket, oracle);
    await using client = await RawClient.connect(bySocket, oracle);
    const processId = Buffer.from(client.backendKey).readInt32BE();
    client.reset();
    const sql = `select count(*) from pg_stat_activity where pid = ${processId}`;
    await expect
      .poll(async () => (await other.ask(serialize.query(sql))).trace, { timeout: 10_000 })
      .toContain("DataRow\t 1 1 '0'");
  });
});

describe('closing a client', () => {
  test('terminates its session, also when the client has paused', async () => {
    const { server, heard, gone, target } = await listening();
    await using _ = server;
    const client = await RawClient.connect(target, alice);
    client.pauseReading();
    await client.close();
    expect(heard.at(-1)).toBe('X\0\0\0\x04');
    expect(await gone).toBe('closed');
  });

  test('says nothing where there is no session', async () => {
    const { server, heard, gone, target } = await listening();
    await using _ = server;
    const client = await RawClient.open(target);
    await client.close();
    await gone;
    expect(heard).toEqual([]);
  });

  test('may be done twice, and after the other side has ended', async () => {
    const { server, heard, gone, target } = await listening((socket) => socket.end(welcome));
    await using _ = server;
    const client = await RawClient.connect(target, alice);
    expect(await client.closed).toBeUndefined();
    await Promise.all([client.close(), client[Symbol.asyncDispose]()]);
    await client.close();
    expect(heard.join('')).not.toContain('X');
    expect(await gone).toBe('closed');
  });

  test('does not wait long for a server that does not mind', async () => {
    const deaf = (socket: Socket) => socket.once('data', () => socket.write(welcome));
    const { server, target } = await listening(deaf);
    await using _ = server;
    const client = await RawClient.connect(target, alice);
    const waiting = failure(client.until('NoData'));
    const begin = performance.now();
    await client.close();
    expect(performance.now() - begin).toBeGreaterThan(900);
    expect((await waiting).message).toMatch(/^NoData did not come: the client was closed;/);
  });
});

describe('a connection that the server', () => {
  test('resets is closed with the error', async () => {
    const { server, target } = await listening((socket) => socket.once('data', () => socket.resetAndDestroy()));
    await using _ = server;
    await using client = await RawClient.open(target);
    client.send(startupMessage('3.0', alice));
    expect((await failure(client.until('ReadyForQuery'))).message).toMatch(
      /^ReadyForQuery did not come: the connection broke \(read ECONNRESET\); the conversation so far:\nF\t20\tStartupMessage\t/,
    );
    expect(await client.closed).toMatchObject({ code: 'ECONNRESET' });
    expect((await client.untilEnd()).messages).toEqual([]);
  });

  test('ends can still be sent to', async () => {
    const { server, heard, gone, target } = await listening((socket) => socket.end(backend({ type: 'NoData' })));
    await using _ = server;
    await using client = await RawClient.open(target);
    expect((await client.untilEnd()).names).toEqual(['NoData']);
    await client.sendSplit(serialize.sync(), 5);
    client.halfClose();
    await gone;
    expect(heard).toEqual(['S\0\0\0\x04']);
  });
});

test('a signal ends the client when it aborts', async () => {
  const { server, gone, target } = await listening();
  await using _ = server;
  const controller = new AbortController();
  const client = await RawClient.connect(target, { ...alice, signal: controller.signal });
  const waiting = failure(client.until('NoData'));
  controller.abort();
  expect((await waiting).message).toMatch(/^NoData did not come: the client was aborted;/);
  expect(await client.closed).toBeUndefined();
  await gone;
});

describe('a target', () => {
  test('may be the path of a Unix socket', async () => {
    const path = join(oracle.socketDirectory, `.s.PGSQL.${oracle.port}`);
    await using client = await RawClient.connect({ path }, oracle);
    expect((await client.ask(serialize.query('select 1'))).error).toBeUndefined();
  });

  test('where nobody listens is an error', async () => {
    const { server, target } = await listening();
    await server[Symbol.asyncDispose]();
    expect(await failure(RawClient.open(target))).toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('that is a stream is destroyed when the signal has aborted', async () => {
    const [stream] = duplexPair();
    const reason = new Error('enough');
    expect(await failure(RawClient.open(stream, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(stream.destroyed).toBe(true);
  });

  test('is given up when the signal aborts', async () => {
    const { server, target } = await listening();
    await using _ = server;
    const signal = AbortSignal.abort(new Error('enough'));
    expect((await failure(RawClient.open(target, { signal }))).message).toMatch(
      /^the connection to 127\.0\.0\.1:\d+ was given up \(enough\)$/,
    );
  });
});
