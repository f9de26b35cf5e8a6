import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { type RecordBatch, tableFromArrays } from 'apache-arrow';
import pg from 'pg';
import { serialize } from 'pg-protocol';
import { describe, expect, test } from 'vitest';
import { encodedRows } from '../../src/index.js';
import { oneRow } from '../answers.js';
import { Bystander } from '../bystander.js';
import { answering, Conversation } from '../conversation.js';
import { bind, describePortal, execute, flush, parse, query, sync } from '../frames.js';
import { Frontend } from '../frontend.js';
import { Latch } from '../latch.js';
import { Listening } from '../listening.js';
import { integers, TrackedSource } from '../tracked-source.js';

describe('rows of any size arrive whole:', () => {
  // Around the shared buffer (16 KiB) and the chunk (256 KiB), header and all.
  const sizes = [
    0, 1, 16_372, 16_373, 16_374, 16_384, 100_000, 262_133, 262_134, 262_144, 300_000, 5_000_000, 3, 5_000_000, 7,
  ];
  const values = sizes.map((size, at) => String.fromCharCode(97 + at).repeat(size));
  const answers = {
    arrow: () => tableFromArrays({ v: values }),
    encoded: () => encodedRows({ fields: [{ name: 'v', typeOid: 25 }], rows: values.map((v) => [v]) }),
    'select 1': oneRow,
  };

  test.each([
    ['arrow', 'in a simple query', []],
    ['arrow', 'in an extended query', [null]],
    ['encoded', 'in a simple query', []],
    ['encoded', 'in an extended query', [null]],
  ] as const)('%s %s', async (name, _, parameters) => {
    await using listening = await Listening.open(
      answering((sql) => answers[sql.startsWith('select 1') ? 'select 1' : name]()),
    );
    const bystander = await Bystander.watch(listening.port);
    const client = new pg.Client({ host: '127.0.0.1', port: listening.port, user: 'alice', database: 'shop' });
    await client.connect();
    const text = parameters.length === 0 ? 'values' : 'values $1';
    const { rows } = await client.query({ text, values: [...parameters] });
    expect(rows.map(({ v }) => v.length)).toEqual(sizes);
    for (const [at, { v }] of rows.entries()) if (v !== values[at]) expect.unreachable(`row ${at} is another`);
    await client.end();
    await bystander.expectUnharmed();
  });
});

test('200,000 rows arrive once each and in order, whatever the pieces', async () => {
  const numbers = (batch: number) => Array.from({ length: 1000 }, (_, n) => batch * 1000 + n);
  const batches = Array.from({ length: 200 }, (_, batch) => integers(...numbers(batch)));
  await using listening = await Listening.open(answering(() => batches));
  const client = new pg.Client({ host: '127.0.0.1', port: listening.port, user: 'alice', database: 'shop' });
  await client.connect();
  const { rows } = await client.query({ text: 'select', rowMode: 'array' });
  expect(rows).toHaveLength(200_000);
  for (const [at, [n]] of rows.entries()) if (n !== at) expect.unreachable(`row ${at} is ${n}`);
  await client.end();
});

test('rows that are there go out while the source takes its time for more', async () => {
  const latch = new Latch<RecordBatch>();
  const source = new TrackedSource(integers(1), latch.opened);
  await using client = new Conversation(answering(() => source.batches()));
  await client.start();
  client.send(query('select'));
  expect(await client.until('DataRow')).toContain("DataRow\t 1 1 '1'");
  latch.open(integers(2));
  expect(await client.until('ReadyForQuery')).toContain("DataRow\t 1 1 '2'");
});

describe('a source that never goes on', () => {
  const never = new Promise<RecordBatch>(() => {});
  const hanging = {
    'before its first batch': () => new TrackedSource(never),
    'after its first batch': () => new TrackedSource(integers(1), never),
  };

  test.each(Object.entries(hanging))('%s does not keep the session of a client that has left', async (_, open) => {
    const source = open();
    const asked = new Latch();
    await using client = new Conversation(
      answering(() => {
        asked.open();
        return source.batches();
      }),
    );
    await client.start();
    client.send(query('select'));
    await asked.opened;
    client.stream.end();
    await client.served;
  });

  test('and never returns does not keep a session that closes it', async () => {
    const stuck = {
      next: async () => ({ done: false, value: integers(1) }),
      return: () => new Promise<never>(() => {}),
    };
    const batches = { [Symbol.asyncIterator]: () => stuck };
    await using client = new Conversation(answering(() => ({ schema: integers().schema, batches })));
    await client.start();
    client.send(parse('select'), bind(), execute('', 1), sync());
    await client.until('PortalSuspended');
    client.stream.end();
    await client.served;
  });
});

test('a source of endless empty batches does not hold up others', async () => {
  const empty = integers();
  function* endless() {
    for (;;) yield empty;
  }
  await using listening = await Listening.open(
    answering((sql) => (sql === 'select 1' ? oneRow() : { schema: empty.schema, batches: endless() })),
  );
  const bystander = await Bystander.watch(listening.port);
  const client = await listening.connect();
  await client.start();
  client.send(query('endless'));
  const other = await listening.connect();
  await other.start();
  for (let i = 0; i < 20; i += 1) expect(await other.ask(query('select 1'))).toContain('"SELECT 1"');
  await bystander.expectUnharmed();
  client.stream.destroy();
  other.stream.destroy();
});

test('large results go on one by one, with everybody else between them', async () => {
  const [batch] = tableFromArrays({ v: ['x'.repeat(300_000)] }).batches;
  if (batch === undefined) throw new Error('a table of one column has a batch');
  const row = batch;
  /** In which turns of the event loop the results went on by a row, but for their first ones, which the query itself pulls. */
  const turns: number[] = [];
  function* endless() {
    yield row;
    for (;;) {
      turns.push(performance.nodeTiming.uvMetricsInfo.loopCount);
      yield row;
    }
  }
  await using listening = await Listening.open(answering(() => ({ schema: row.schema, batches: endless() })));
  const sockets = [];
  for (let i = 0; i < 4; i += 1) {
    const socket = connect(listening.port, '127.0.0.1');
    socket.write(serialize.startup({ user: 'alice' }));
    await once(socket, 'data');
    socket.write(query('endless'));
    sockets.push(socket.resume());
  }
  while (turns.length < 200) await setImmediate();
  for (const socket of sockets) socket.destroy();
  expect(new Set(turns).size).toBe(turns.length);
});

describe('backpressure', () => {
  const [batch] = tableFromArrays({ n: new Int32Array(1_000_000) }).batches;
  if (batch === undefined) throw new Error('a table of one column has a batch');
  const large = batch;

  /** An endless source of batches of 10 MB for each query, with what was pulled of them. */
  function endless() {
    const pulled: number[] = [];
    function* batches(at: number) {
      for (;;) {
        pulled[at] = (pulled[at] ?? 0) + 1;
        yield large;
      }
    }
    const connectionClass = answering((sql) =>
      sql === 'select 1' ? oneRow() : { schema: large.schema, batches: batches(pulled.push(0) - 1) },
    );
    return { pulled, connectionClass };
  }

  test('three slow readers have at most 3 batches pulled each and hold up nobody', async () => {
    const { pulled, connectionClass } = endless();
    await using listening = await Listening.open(connectionClass);
    const readers = [];
    for (let i = 0; i < 3; i += 1) {
      const socket = connect(listening.port, '127.0.0.1');
      socket.write(serialize.startup({ user: 'alice' }));
      await once(socket, 'data');
      socket.write(query('endless'));
      await once(socket, 'data');
      socket.pause();
      readers.push(socket);
    }
    const bystander = await Bystander.watch(listening.port);
    const other = await Frontend.connect(listening.port);
    await other.start();
    for (let i = 0; i < 50; i += 1) expect(await other.ask(query('select 1'))).toContain('"SELECT 1"');
    await bystander.expectUnharmed();
    expect(pulled).toHaveLength(3);
    for (const count of pulled) expect(count).toBeLessThanOrEqual(3);
    for (const socket of [...readers, other.stream]) socket.destroy();
  });

  test.each<[string, readonly Uint8Array[]]>([
    [
      'several portals with row limits',
      [
        ...[parse('endless', 's'), bind({ statement: 's', portal: 'a' }), bind({ statement: 's', portal: 'b' })],
        ...[
          describePortal('a'),
          describePortal('b'),
          execute('a', 1000),
          execute('b', 1000),
          execute('a', 1000),
          execute('b'),
          sync(),
        ],
      ],
    ],
    [
      'a Describe whose rows wait for Execute',
      [parse('endless'), bind(), describePortal(), flush(), execute(), sync()],
    ],
  ])('%s pull at most 3 batches each', async (_, frames) => {
    const { pulled, connectionClass } = endless();
    await using client = new Conversation(connectionClass);
    await client.start();
    client.send(...frames);
    await client.until('DataRow');
    client.raw.pauseReading();
    await using other = new Conversation(connectionClass);
    await other.start();
    for (let i = 0; i < 50; i += 1) await other.ask(query('select 1'));
    expect(pulled.length).toBeGreaterThan(0);
    for (const count of pulled) expect(count).toBeLessThanOrEqual(3);
  });

  test('a suspended portal is read no further until it is asked', async () => {
    const source = new TrackedSource(integers(1, 2), integers(3, 4), integers(5, 6));
    await using client = new Conversation(answering(() => ({ schema: source.schema, batches: source.batches() })));
    await client.start();
    client.send(parse('select'), bind(), describePortal(), flush());
    await client.until('RowDescription');
    expect(source.pulled).toBe(0);
    client.send(execute('', 2), flush());
    await client.until('PortalSuspended');
    expect(source.pulled).toBe(1);
    client.send(execute('', 1), flush());
    await client.until('PortalSuspended');
    expect(source.pulled).toBe(2);
    await client.ask(execute(), sync());
    expect(source.pulled).toBe(3);
  });
});
