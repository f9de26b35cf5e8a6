import { once } from 'node:events';
import type { Socket } from 'node:net';
import { serialize } from 'pg-protocol';
import { expect, inject, test } from 'vitest';
import { RawClient } from '../../src/index.js';
import { failure, TinyServer } from './tiny-server.js';

const oracle = inject('oracle');
const bySocket = { host: oracle.socketDirectory, port: oracle.port };
const frames = Buffer.concat([
  serialize.parse({ text: 'select $1::text' }),
  serialize.bind({ values: ['x'] }),
  serialize.execute(),
  serialize.sync(),
]);

test('a conversation is the same wherever what is sent is split', async () => {
  await using client = await RawClient.connect(bySocket, oracle);
  const whole = await client.ask(frames);
  for (let at = 1; at < frames.length; at += 1) {
    await client.sendSplit(frames, [at]);
    expect((await client.until('ReadyForQuery')).trace).toBe(whole.trace);
  }
});

test.each([
  [3, [3, 3, 2]],
  [8, [8]],
  [
    [1, 5],
    [1, 5, 2],
  ],
  [
    [1, 100],
    [1, 7],
  ],
])('a slow sender sends in pieces of %j', async (sizes, expected) => {
  const heard: number[] = [];
  await using server = await TinyServer.listen((socket) => {
    socket.on('data', (chunk) => heard.push(chunk.length)).on('end', () => socket.end());
  });
  await using client = await RawClient.open({ port: server.port });
  await client.sendSplit(Buffer.from('abcdefgh'), sizes, { pause: 20 });
  client.halfClose();
  await client.untilEnd();
  expect(heard).toEqual(expected);
});

test.each([0, -1, 1.5, Number.NaN])('a piece cannot have %d bytes', async (size) => {
  await using server = await TinyServer.listen(() => undefined);
  await using client = await RawClient.open({ port: server.port });
  await expect(client.sendSplit(frames, size)).rejects.toThrow(new RangeError(`a piece cannot have ${size} bytes`));
});

test('sending stops when the signal aborts, be it between pieces or while the server does not read', async () => {
  await using server = await TinyServer.listen((socket) => socket.pause());
  await using client = await RawClient.open({ port: server.port });
  const reason = new Error('enough');
  for (const [bytes, size] of [[frames, 1] as const, [Buffer.alloc(64 * 1024 * 1024), 1024 * 1024] as const]) {
    const controller = new AbortController();
    const sending = client.sendSplit(bytes, size, { pause: size === 1 ? 60_000 : 0, signal: controller.signal });
    // By now the first piece is in the kernel; of the large ones, soon no further one will be.
    const waiting = failure(client.until('NoData', { timeout: 300 }));
    await waiting;
    controller.abort(reason);
    await expect(sending).rejects.toBe(reason);
    await expect(client.sendSplit(bytes, size, { signal: controller.signal })).rejects.toBe(reason);
  }
});

test('sending fails when the connection ends on the way', async () => {
  await using server = await TinyServer.listen((socket: Socket) => {
    once(socket, 'data').then(() => socket.resetAndDestroy());
  });
  await using client = await RawClient.open({ port: server.port });
  const { message } = await failure(client.sendSplit(frames, 1, { pause: 20 }));
  expect(message).toBe('the connection was closed before all was sent');
});
