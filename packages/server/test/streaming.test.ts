import { once } from 'node:events';
import { connect } from 'node:net';
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

const simple = [serialize.query('select')];
const extended = [
  serialize.parse({ text: 'select' }),
  serialize.bind(),
  serialize.describe({ type: 'P' }),
  serialize.execute(),
  serialize.sync(),
];

describe.each([
  ['a simple query', simple],
  ['an extended query', extended],
])('a client that reads one row of %s and stops reading', (_, frames) => {
  test('over TCP has at most 3 batches pulled, and when it leaves, the source is released within a second', async () => {
    const source = countingSource();
    await using server = new RiffqServer('127.0.0.1:0', source.connectionClass, { logger: new RecordingLogger() });
    const address = await server.listen();
    if (typeof address === 'string') throw new Error('expected a port');
    const socket = connect(address.port, '127.0.0.1');
    socket.write(serialize.startup({ user: 'alice' }));
    await once(socket, 'data');
    socket.write(Buffer.concat(frames));
    await once(socket, 'data');
    socket.pause();
    await bystander(address.port);
    expect(source.counts.pulled).toBeGreaterThanOrEqual(1);
    expect(source.counts.pulled).toBeLessThanOrEqual(3);
    const left = performance.now();
    socket.destroy();
    await source.returned;
    expect(performance.now() - left).toBeLessThan(1000);
  });

  test('over a plain Duplex likewise', async () => {
    const source = countingSource();
    await using client = new Conversation(source.connectionClass);
    await client.start();
    client.send(...frames);
    await client.until('DataRow');
    client.stream.pause();
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

/** Gives the paused stream every chance to pull on: a second client is served meanwhile, many times. */
async function bystander(port: number): Promise<void> {
  for (let i = 0; i < 20; i += 1) {
    const socket = connect(port, '127.0.0.1');
    socket.write(serialize.startup({ user: 'bob' }));
    await once(socket, 'data');
    socket.destroy();
    await once(socket, 'close');
  }
}
