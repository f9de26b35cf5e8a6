import {
  DateDay,
  Field,
  makeData,
  RecordBatch,
  RecordBatchReader,
  Schema,
  Struct,
  tableFromArrays,
  tableToIPC,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { PgError, type QueryResult } from '../../src/index.js';
import { answering, Conversation } from '../conversation.js';
import { bind, describePortal, execute, extended, flush, parse, query, sync } from '../frames.js';
import { integers, TrackedSource } from '../tracked-source.js';

const protocols = [
  ['a simple query', [query('select')]],
  ['an extended query', [extended('select'), sync()]],
] as const;

describe.each(protocols)('%s', (_, frames) => {
  test('whose later batch has another schema fails with XX000, naming batch and column, and releases the source', async () => {
    const [other] = tableFromArrays({ n: ['one'] }).batches;
    const source = new TrackedSource(integers(1), ...(other === undefined ? [] : [other]), integers(3));
    await using client = new Conversation(answering(() => source.batches()));
    await client.start();
    const trace = await client.ask(...frames);
    expect(trace).toContain("DataRow\t 1 1 '1'");
    expect(trace).toMatch(/C "XX000" M "batch 2 of the result .*column "n"/);
    expect(trace).not.toContain('CommandComplete');
    expect(source).toMatchObject({ pulled: 2, isReleased: true });
  });

  test('whose later batch has another number of columns likewise', async () => {
    const [other] = tableFromArrays({ n: Int32Array.of(1), m: Int32Array.of(1) }).batches;
    const source = new TrackedSource(integers(1), ...(other === undefined ? [] : [other]));
    await using client = new Conversation(answering(() => source.batches()));
    await client.start();
    expect(await client.ask(...frames)).toContain('C "XX000" M "batch 2 of the result has 2 columns instead of 1"');
    expect(source.isReleased).toBe(true);
  });

  test.each([
    ['asynchronous', (source: TrackedSource): QueryResult => source.batches()],
    ['synchronous', (source: TrackedSource): QueryResult => source.syncBatches()],
  ])('whose %s source throws has sent the rows before, and the session goes on', async (_, open) => {
    const failure = new PgError({ sqlstate: '57014', message: 'the upstream was canceled', detail: 'It was slow.' });
    const source = new TrackedSource(integers(1, 2), integers(3), failure);
    const answers = [open(source), integers(4)];
    await using client = new Conversation(answering(() => answers.shift() ?? []));
    await client.start();
    const trace = await client.ask(...frames);
    expect(trace.match(/DataRow/g)).toHaveLength(3);
    expect(trace).toMatch(/C "57014" M "the upstream was canceled" D "It was slow." \\x00\nB\t5\tReadyForQuery\t I\n$/);
    expect(await client.ask(...frames)).toContain("DataRow\t 1 1 '4'");
  });

  test('whose source throws at once has no columns', async () => {
    const source = new TrackedSource(new Error('no such file'));
    await using client = new Conversation(answering(() => source.batches()));
    await client.start();
    const trace = await client.ask(...frames);
    expect(trace).toContain('C "XX000" M "no such file"');
    expect(trace).not.toContain('RowDescription');
  });

  test('reads an iterable no further than its columns ask for before the rows are sent', async () => {
    const source = new TrackedSource(integers(1), integers(2));
    await using client = new Conversation(answering(() => source.batches()));
    await client.start();
    await client.ask(...frames);
    expect(source).toMatchObject({ pulled: 2, isReleased: true });
  });
});

describe('a source that was not read to its end is released', () => {
  const endless = () => new TrackedSource(...Array.from({ length: 50 }, (_, n) => integers(n, n)));
  const opened = [parse('select'), bind({ portal: 'p' }), execute('p', 1)];

  test.each([
    ['when its portal is closed', 'CloseComplete', [Buffer.from('C\0\0\0\x07Pp\0'), flush()]],
    ['at Sync', 'ReadyForQuery', [sync()]],
    ['by an error behind it', 'ErrorResponse', [bind({ statement: 'none' }), flush()]],
  ])('%s', async (_, until, frames) => {
    const source = endless();
    await using client = new Conversation(answering(() => ({ schema: source.schema, batches: source.batches() })));
    await client.start();
    client.send(...opened, flush());
    expect(await client.until('PortalSuspended')).toContain('DataRow');
    expect(source.isReleased).toBe(false);
    client.send(...frames);
    await client.until(until);
    await source.released;
    expect(source.pulled).toBe(1);
  });

  test('when the unnamed portal is replaced', async () => {
    const source = endless();
    await using client = new Conversation(
      answering(() => source.batches()),
      { sessionStatements: 'server' },
    );
    await client.start();
    await client.ask(query('begin'));
    await client.ask(parse('select'), bind(), execute('', 1), sync());
    expect(source.isReleased).toBe(false);
    await client.ask(bind(), sync());
    expect(source.isReleased).toBe(true);
  });

  test('when a simple Query replaces the unnamed portal', async () => {
    const source = endless();
    await using client = new Conversation(
      answering(() => source.batches()),
      { sessionStatements: 'server' },
    );
    await client.start();
    await client.ask(query('begin'));
    await client.ask(parse('select'), bind(), execute('', 1), sync());
    expect(source.isReleased).toBe(false);
    await client.ask(query('show timezone'));
    expect(source.isReleased).toBe(true);
  });

  test('when a statement is only described', async () => {
    const source = endless();
    await using client = new Conversation(answering(() => source.batches()));
    await client.start();
    await client.ask(parse('select'), Buffer.from('D\0\0\0\x06S\0'), sync());
    expect(source).toMatchObject({ pulled: 1, isReleased: true });
  });

  test('when its rows cannot be sent in the formats asked for', async () => {
    const source = endless();
    await using client = new Conversation(answering(() => source.batches()));
    await client.start();
    const trace = await client.ask(parse('select'), bind({ resultFormats: [0, 0] }), describePortal(), sync());
    expect(trace).toContain('C "08P01" M "bind message has 2 result formats but query has 1 columns"');
    expect(source).toMatchObject({ pulled: 1, isReleased: true });
  });

  test('when the session ends', async () => {
    const source = endless();
    await using client = new Conversation(
      answering(() => source.batches()),
      { sessionStatements: 'server' },
    );
    await client.start();
    await client.ask(query('begin'));
    await client.ask(parse('select'), bind(), execute('', 1), sync());
    expect(source.isReleased).toBe(false);
    client.stream.end();
    await source.released;
    await client.served;
  });
});

test('a reader is closed when nobody reads on', async () => {
  const reader = RecordBatchReader.from(tableToIPC(tableFromArrays({ n: Int32Array.of(1, 2) }), 'stream'));
  await using client = new Conversation(answering(() => reader));
  await client.start();
  await client.ask(parse('select'), bind(), execute('', 1), sync());
  expect(reader.closed).toBe(true);
});

test('a value that cannot be sent is named by its row in the result, also under settings that were changed since it began', async () => {
  const day = makeData({ type: new DateDay(), data: Int32Array.of(0, 1, 2 ** 31 - 5) });
  const schema = new Schema([new Field('day', day.type, true)]);
  const batch = new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: 3, children: [day] }));
  await using client = new Conversation(
    answering((sql) => (sql === 'select' ? batch : [])),
    { sessionStatements: 'server' },
  );
  await client.start();
  const trace = await client.ask(
    ...[parse('select'), bind({ portal: 'p' }), execute('p', 1)],
    ...[extended('set datestyle to german'), execute('p'), sync()],
  );
  expect(trace).toContain("DataRow\t 1 10 '1970-01-01'");
  expect(trace).toContain("DataRow\t 1 10 '02.01.1970'");
  expect(trace).toContain('C "22008" M "date out of range in column "day", row 3"');
});
