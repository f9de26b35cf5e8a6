import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { RawClient } from '../../src/index.js';
import { backend, TinyServer } from './tiny-server.js';

const ready = backend({ type: 'ReadyForQuery', status: 'I' });
/** As many CopyData messages of a length, and ReadyForQuery. */
function rows(count: number, length = 100): Uint8Array {
  const row = backend({ type: 'CopyData', data: Buffer.alloc(length - 5) });
  return Buffer.concat([...Array.from({ length: count }, () => row), ready]);
}

/** Once asked, sends bytes and tells when the kernel has all of them. */
async function sender(bytes: Uint8Array): Promise<{ server: TinyServer; sent: () => boolean; allSent: Promise<void> }> {
  let sent = false;
  let settle: () => void = () => undefined;
  const allSent = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const send = (socket: Socket) =>
    socket
      .on('end', () => socket.end())
      .once('data', () =>
        socket.write(bytes, () => {
          sent = true;
          settle();
        }),
      );
  return { server: await TinyServer.listen(send), sent: () => sent, allSent };
}

test('a client that has paused makes the server wait, and gets all when it reads again', async () => {
  // More than the kernel takes for both sides.
  const { server, sent, allSent } = await sender(rows(640, 100_000));
  await using _ = server;
  await using client = await RawClient.open({ port: server.port });
  client.pauseReading();
  client.send(Buffer.from('x'));
  await expect(client.until('CopyData', { timeout: 500 })).rejects.toThrow('CopyData did not come within 500 ms');
  expect([client.received.bytes, sent()]).toEqual([0, false]);

  client.resumeReading();
  await client.skipUntil('ReadyForQuery');
  await allSent;
  expect(client.received.bytes).toBe(64_000_000 + ready.length);
  expect(client.received.messages.get('CopyData')).toBe(640);
});

test('a slow reader gets all in small pieces, as slowly as it wants', async () => {
  const { server } = await sender(rows(200));
  await using _ = server;
  await using client = await RawClient.open({ port: server.port });
  client.readAtMost(50_000);
  client.send(Buffer.from('x'));
  await client.until('CopyData');
  expect(client.received.bytes).toBeLessThanOrEqual(1000);
  const begin = performance.now();
  await client.skipUntil('ReadyForQuery');
  expect(performance.now() - begin).toBeGreaterThan(300);
});

test('a slow reader can pause, and become fast', async () => {
  const { server } = await sender(rows(2000));
  await using _ = server;
  await using client = await RawClient.open({ port: server.port });
  client.readAtMost(1);
  client.send(Buffer.from('x'));
  await client.until(() => true, { timeout: 100 }).catch(() => undefined);
  client.pauseReading();
  client.readAtMost(Number.POSITIVE_INFINITY);
  await client.until(() => true, { timeout: 100 }).catch(() => undefined);
  expect(client.received.bytes).toBeLessThanOrEqual(2);
  client.resumeReading();
  await client.skipUntil('ReadyForQuery');
});

test('the end of the connection comes behind what was read slowly', async () => {
  await using server = await TinyServer.listen((socket) => socket.end(rows(50)));
  await using client = await RawClient.open({ port: server.port });
  client.readAtMost(50_000);
  expect((await client.untilEnd()).names).toHaveLength(51);
  expect(await client.closed).toBeUndefined();
});

test.each([0, -1, Number.NaN])('nobody can read %d bytes per second', async (pace) => {
  await using server = await TinyServer.listen(() => undefined);
  await using client = await RawClient.open({ port: server.port });
  expect(() => client.readAtMost(pace)).toThrow(new RangeError(`nobody can read ${pace} bytes per second`));
});
