import { serialize } from 'pg-protocol';
import { describe, expect, inject, test } from 'vitest';
import { cancelRequest, RawClient, startupMessage } from '../../src/index.js';
import { backend, failure, saying, TinyServer, welcome } from './tiny-server.js';

const oracle = inject('oracle');
const bySocket = { host: oracle.socketDirectory, port: oracle.port };
const session = { user: oracle.user, database: oracle.database };
const series = serialize.query('select n from generate_series(1, 3) as n');

describe('what the server says', () => {
  test('is given up to the message that was waited for, and the rest the next time', async () => {
    await using client = await RawClient.connect(bySocket, session);
    client.send(series);
    expect((await client.until('DataRow')).trace).toBe(
      'B\t26\tRowDescription\t 1 "n" 0 0 23 4 -1 0\n' + "B\t11\tDataRow\t 1 1 '1'\n",
    );
    expect((await client.until((message) => message.trace.includes("'3'"))).names).toEqual(['DataRow', 'DataRow']);
    expect((await client.until('ReadyForQuery')).names).toEqual(['CommandComplete', 'ReadyForQuery']);
  });

  test('can be told by its names, its bytes and its error', async () => {
    await using client = await RawClient.connect(bySocket, session);
    const reply = await client.ask(serialize.query('select 1; select none'));
    expect(reply.names).toEqual(['RowDescription', 'DataRow', 'CommandComplete', 'ErrorResponse', 'ReadyForQuery']);
    expect(reply.messages.at(-1)?.bytes).toEqual(Buffer.from('Z\0\0\0\x05I'));
    expect(reply.messages.at(-1)?.body).toEqual(Buffer.from('I'));
    expect(reply.error).toMatchObject({
      severity: 'ERROR',
      sqlstate: '42703',
      message: 'column "none" does not exist',
      fields: { position: 18 },
    });
  });

  test('is given in whole when all of a pipeline is asked for', async () => {
    await using client = await RawClient.connect(bySocket, session);
    const one = [serialize.parse({ text: 'select 1' }), serialize.bind(), serialize.execute()];
    const reply = await client.ask(...one, ...one, serialize.sync());
    const names = ['ParseComplete', 'BindComplete', 'DataRow', 'CommandComplete'];
    expect(reply.names).toEqual([...names, ...names, 'ReadyForQuery']);
  });

  test('can be skipped, and is counted all the same', async () => {
    await using client = await RawClient.connect(bySocket, session);
    client.send(serialize.query('select n from generate_series(1, 100000) as n'));
    const complete = await client.skipUntil('CommandComplete');
    expect(complete.trace).toBe('B\t18\tCommandComplete\t "SELECT 100000"\n');
    expect((await client.until('ReadyForQuery')).names).toEqual(['ReadyForQuery']);
    expect(client.received.messages.get('DataRow')).toBe(100_000);
    expect(client.received.bytes).toBeGreaterThan(100_000 * 12);
  });

  test('is given to its end when the server ends the session', async () => {
    await using client = await RawClient.connect(bySocket, session);
    client.send(serialize.query('select pg_terminate_backend(pg_backend_pid())'));
    const reply = await client.untilEnd();
    expect(reply.error).toMatchObject({ severity: 'FATAL', sqlstate: '57P01' });
    expect(reply.rest).toHaveLength(0);
    expect(await client.closed).toBeUndefined();
  });

  test('need not be a message, as the error for a client of protocol 2.0', async () => {
    await using client = await RawClient.open(bySocket);
    client.send(Buffer.from([0, 0, 0, 9, 0, 2, 0, 0, 0]));
    const reply = await client.untilEnd();
    expect(reply.messages).toEqual([]);
    expect(Buffer.from(reply.rest).toString()).toMatch(/^EFATAL: {2}unsupported frontend protocol 2\.0/);
    expect(reply.trace).toMatch(/^B\tIncomplete message: \d+ of \d+ bytes\n$/);
  });

  test('may be a single byte, the answer to a request for encryption', async () => {
    await using client = await RawClient.open(bySocket);
    client.send(Buffer.from('0000000804d21630', 'hex'));
    expect((await client.until('GSSENCResponse')).trace).toBe('B\t1\tGSSENCResponse\t N\n');
    client.send(serialize.requestSsl());
    expect((await client.until('SSLResponse')).trace).toBe('B\t1\tSSLResponse\t N\n');
    client.send(startupMessage('3.0', session));
    expect((await client.until('ReadyForQuery')).names[0]).toBe('AuthenticationOk');
  });

  test('may be an error where a byte is expected, from a server that knows no encryption', async () => {
    const refusal = backend({ type: 'ErrorResponse', fields: { message: 'no' } }, { type: 'NoData' });
    await using server = await TinyServer.listen(saying(refusal));
    await using client = await RawClient.open({ port: server.port });
    client.send(serialize.requestSsl());
    expect((await client.until('NoData')).names).toEqual(['ErrorResponse', 'NoData']);
  });

  test('may come byte by byte', async () => {
    const bytes = Buffer.concat([welcome, backend({ type: 'CommandComplete', tag: 'SELECT 1' })]);
    await using server = await TinyServer.listen((socket) => {
      let sent = 0;
      const next = (): unknown =>
        sent < bytes.length && socket.write(bytes.subarray(sent, ++sent), () => setImmediate(next));
      socket.once('data', next).on('end', () => socket.end());
    });
    await using client = await RawClient.open({ port: server.port });
    client.send(startupMessage('3.0', session));
    const reply = await client.until('CommandComplete');
    expect(reply.names).toEqual(['AuthenticationOk', 'ReadyForQuery', 'CommandComplete']);
    expect(reply.trace).toContain('"SELECT 1"');
  });
});

describe('any frame can be sent', () => {
  test('COPY FROM STDIN', async () => {
    await using client = await RawClient.connect(bySocket, session);
    await client.ask(serialize.query('create temporary table copied (n int4)'));
    client.send(serialize.query('copy copied from stdin'));
    await client.until('CopyInResponse');
    const reply = await client.ask(serialize.copyData(Buffer.from('1\n2\n')), serialize.copyDone());
    expect(reply.trace).toBe('B\t11\tCommandComplete\t "COPY 2"\nB\t5\tReadyForQuery\t I\n');
  });

  test.each(['3.0', '3.2'] as const)('a CancelRequest with the key of protocol %s', async (protocol) => {
    await using client = await RawClient.connect(bySocket, { ...session, protocol });
    client.send(serialize.query("do $$ begin raise notice 'running'; perform pg_sleep(60); end $$"));
    await client.until('NoticeResponse');
    await using canceller = await RawClient.open(bySocket);
    canceller.send(cancelRequest(client.backendKey));
    expect((await canceller.untilEnd()).messages).toEqual([]);
    expect((await client.until('ReadyForQuery')).error).toMatchObject({ sqlstate: '57014' });
  });

  test('a message that there is not', async () => {
    await using client = await RawClient.connect(bySocket, session);
    client.send(Buffer.from('!\0\0\0\x04'));
    expect((await client.untilEnd()).error).toMatchObject({ sqlstate: '08P01' });
    expect(client.trace()).toContain('F\t4\tUnknown message: 21\n');
  });
});

describe('the trace', () => {
  test('has both sides, each message where it was complete', async () => {
    await using server = await TinyServer.listen(
      saying(
        backend({ type: 'AuthenticationCleartextPassword' }),
        welcome,
        backend({ type: 'CommandComplete', tag: 'BEGIN' }, { type: 'ReadyForQuery', status: 'T' }),
      ),
    );
    await using client = await RawClient.connect({ port: server.port }, { user: 'alice', password: 'secret' });
    await client.ask(serialize.query('begin'));
    client.send(Buffer.from('Q\0\0'));
    expect(client.trace()).toBe(
      [
        'F\t20\tStartupMessage\t 3 0 "user" "alice"',
        'B\t8\tAuthenticationCleartextPassword',
        'F\t11\tPasswordMessage\t "secret"',
        'B\t8\tAuthenticationOk',
        'B\t5\tReadyForQuery\t I',
        'F\t10\tQuery\t "begin"',
        'B\t10\tCommandComplete\t "BEGIN"',
        'B\t5\tReadyForQuery\t T',
        'F\tIncomplete message: 3 bytes',
        '',
      ].join('\n'),
    );
  });

  test('of a long conversation is its end', async () => {
    const row = backend({ type: 'CopyData', data: Buffer.alloc(200_000, 'x') });
    const rows = Buffer.concat(Array.from({ length: 50 }, () => row));
    await using server = await TinyServer.listen(saying(Buffer.concat([rows, welcome])));
    await using client = await RawClient.open({ port: server.port });
    client.send(startupMessage('3.0', session));
    await client.skipUntil('ReadyForQuery');
    const lines = client.trace().split('\n');
    expect(lines[0]).toBe(`(${53 - (lines.length - 2)} messages before)`);
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.length).toBeLessThan(53);
    expect(lines.at(-2)).toBe('B\t5\tReadyForQuery\t I');
  });
});

describe('waiting for what does not come', () => {
  test('ends in an error that shows the conversation, and takes nothing', async () => {
    await using client = await RawClient.connect(bySocket, session);
    client.send(series);
    const { message } = await failure(client.until('CopyInResponse', { timeout: 300 }));
    expect(message).toMatch(/^CopyInResponse did not come within 300 ms; the conversation so far:\n/);
    expect(message).toContain(`F\t${series.length - 1}\tQuery\t "select n from generate_series(1, 3) as n"\n`);
    expect(message).toMatch(/B\t5\tReadyForQuery\t I\n$/);
    expect((await client.until('ReadyForQuery')).names).toHaveLength(6);
  });

  test('lasts as long as the client was told, if the wait itself is told nothing', async () => {
    await using client = await RawClient.connect(bySocket, { ...session, timeout: 200 });
    const waits = [client.ask(), client.until(() => false)];
    const messages = (await Promise.all(waits.map(failure))).map(({ message }) => message.split(';')[0]);
    expect(messages).toEqual(['ReadyForQuery did not come within 200 ms', 'this client already waits for something']);
    expect((await failure(client.skipUntil(() => false))).message).toMatch(
      /^a message that fits did not come within 200/,
    );
    expect((await failure(client.untilEnd())).message).toMatch(/^the end of the connection did not come within 200 ms/);
  });

  test('is given up when the signal aborts, also one that has', async () => {
    await using client = await RawClient.connect(bySocket, session);
    const reason = new Error('enough');
    const controller = new AbortController();
    const waiting = failure(client.until('NoData', { signal: controller.signal }));
    controller.abort(reason);
    expect((await waiting).message).toMatch(/^NoData was given up \(enough\); the conversation so far:\nF\t/);
    expect((await waiting).cause).toBe(reason);
    expect((await failure(client.until('NoData', { signal: controller.signal }))).message).toMatch(
      /^NoData was given up/,
    );
    expect((await client.ask(series)).error).toBeUndefined();
  });

  test('ends at once when the server has ended, or says what is no message', async () => {
    const hello = backend({ type: 'NoData' });
    await using ending = await TinyServer.listen((socket) => socket.end(Buffer.concat([hello, hello.subarray(0, 3)])));
    await using ended = await RawClient.open({ port: ending.port });
    expect((await failure(ended.until('ReadyForQuery', { timeout: Number.POSITIVE_INFINITY }))).message).toBe(
      'ReadyForQuery did not come: the server ended the connection; the conversation so far:\n' +
        'B\t4\tNoData\nB\tIncomplete message: 3 bytes\n',
    );
    await using babbling = await TinyServer.listen((socket) => socket.write(Buffer.from('Z\0\0\0\x03')));
    await using confused = await RawClient.open({ port: babbling.port });
    expect((await failure(confused.until('ReadyForQuery'))).message).toBe(
      'ReadyForQuery did not come: what the server sends is no message; the conversation so far:\n' +
        'B\tInvalid message length: 3\n',
    );
    await using silent = await TinyServer.listen((socket) => socket.end());
    await using puzzled = await RawClient.open({ port: silent.port });
    expect((await failure(puzzled.until('ReadyForQuery'))).message).toMatch(/the conversation so far:\n\(nothing\)$/);
  });

  test('shows of a long conversation the end alone', async () => {
    await using client = await RawClient.connect(bySocket, session);
    client.send(serialize.query(`select repeat('x', 100000); select n from generate_series(1, 10000) as n`));
    const { message } = await failure(client.skipUntil('NoData', { timeout: 1000 }));
    expect(message).toMatch(/the conversation so far:\n\(\d+ messages before\)\nB\t\d+\tDataRow/);
    expect(message).toMatch(/"SELECT 10000"\nB\t5\tReadyForQuery\t I\n$/);
    expect(message.length).toBeLessThan(10_000);
  });

  test('a condition that throws is what the wait fails with', async () => {
    await using client = await RawClient.connect(bySocket, session);
    const reason = new Error('not like this');
    const waiting = client.until(() => {
      throw reason;
    });
    client.send(series);
    await expect(waiting).rejects.toBe(reason);
  });
});
