import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Field, Int32, makeData, RecordBatch, Schema, Struct } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { RiffqServer } from '../src/index.js';
import { answering, Conversation, RecordingLogger, serialize } from './conversation.js';

const batchRows = 1_000_000;
const field = new Field('n', new Int32(), false);
const batch = new RecordBatch(
  new Schema([field]),
  makeData({
    type: new Struct([field]),
    length: batchRows,
    children: [makeData({ type: new Int32(), data: new Int32Array(batchRows) })],
  }),
);

/** An endless source of 10 MB batches that counts what is pulled and tells when it is released. */
function countingSource() {
  const counts = { pulled: 0 };
  let onReturned = (): void => {};
  const returned = new Promise<void>((resolve) => {
    onReturned = resolve;
  });
  async function* batches() {
    try {
      for (;;) {
        counts.pulled += 1;
        yield batch;
      }
    } finally {
      onReturned();
    }
  }
  return { counts, returned, connectionClass: answering(() => ({ schema: batch.schema, batches: batches() })) };
}

const portal = [
  serialize.parse({ text: 'select' }),
  serialize.bind(),
  serialize.describe({ type: 'P' }),
  serialize.execute({ rows: 1_000_000_000 }),
];
const wholeResult = [...portal.slice(0, -1), serialize.execute(), serialize.sync()];

/** A pathname in a folder of its own, as a listener wants it. */
async function socketFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'riffq-'));
  return { path: join(folder, 'socket'), [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

describe.each([
  ['a simple query', [serialize.query('select')]],
  ['an extended query', wholeResult],
  ['a portal with a row limit', [...portal, serialize.sync()]],
  ['a COPY as text', [serialize.query('copy (select) to stdout')]],
  ['a COPY as CSV', [serialize.query('copy (select) to stdout (format csv)')]],
  ['a COPY in binary', [serialize.query('copy (select) to stdout (format binary)')]],
])('a client that reads one row of %s and stops reading', (_, frames) => {
  test.each(['TCP', 'a Unix socket'])(
    'over %s has at most 3 batches pulled, and when it leaves, the source is released within a second',
    async (transport) => {
      await using folder = await socketFolder();
      const source = countingSource();
      const target = transport === 'TCP' ? '127.0.0.1:0' : { path: folder.path };
      await using server = new RiffqServer(target, source.connectionClass, { logger: new RecordingLogger() });
      const address = await server.listen();
      const client = connectTo(address);
      client.write(serialize.startup({ user: 'alice' }));
      await once(client, 'data');
      client.write(Buffer.concat(frames));
      await once(client, 'data');
      client.pause();
      await bystander(address);
      expect(source.counts.pulled).toBeGreaterThanOrEqual(1);
      expect(source.counts.pulled).toBeLessThanOrEqual(3);
      const left = performance.now();
      client.destroy();
      await source.returned;
      expect(performance.now() - left).toBeLessThan(1000);
    },
  );

  test('over a plain Duplex likewise', async () => {
    const source = countingSource();
    await using client = new Conversation(source.connectionClass);
    await client.start();
    client.send(...frames);
    await client.until('DataRow', 'CopyData');
    client.raw.pauseReading();
    const other = new Conversation(answering(() => [{ one: 1 }]));
    await other.start();
    for (let i = 0; i < 50; i += 1) await other.ask(serialize.query('select 1'));
    await other[Symbol.asyncDispose]();
    expect(source.counts.pulled).toBeLessThanOrEqual(3);
    const left = performance.now();
    client.stream.destroy();
    await source.returned;
    expect(performance.now() - left).toBeLessThan(1000);
  });
});

test('a portal that is suspended is read no further until it is asked', async () => {
  const source = countingSource();
  await using client = new Conversation(source.connectionClass);
  await client.start();
  client.send(...portal.slice(0, -1), serialize.execute({ rows: 3 }), serialize.flush());
  await client.until('PortalSuspended');
  client.send(serialize.execute({ rows: 3 }), serialize.flush());
  await client.until('PortalSuspended');
  expect(source.counts.pulled).toBe(1);
  client.send(serialize.close({ type: 'P' }), serialize.sync());
  await client.until('ReadyForQuery');
  await source.returned;
});

function connectTo(address: AddressInfo | string): Socket {
  return typeof address === 'string' ? connect(address) : connect(address.port, address.address);
}

/** Gives the paused stream every chance to pull on: a second client is served meanwhile, many times. */
async function bystander(address: AddressInfo | string): Promise<void> {
  for (let i = 0; i < 20; i += 1) {
    const socket = connectTo(address);
    socket.write(serialize.startup({ user: 'bob' }));
    await once(socket, 'data');
    socket.destroy();
    await once(socket, 'close');
  }
}
