import { Decimal, Field, type RecordBatch, RecordBatchReader, Schema, Table, tableToIPC } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { encodedRows, type QueryResult, rows, tag, toArrow } from '../../src/index.js';
import { answering, Conversation } from '../conversation.js';
import { extended, query, sync } from '../frames.js';
import { integers, TrackedSource } from '../tracked-source.js';
import { untyped } from '../untyped.js';

const table = new Table([integers(1, 2), integers(3)]);
const schema = [{ name: 'n', type: 'int' }];

async function* asynchronously<T>(...values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}

/** A trace of the messages that matter, for an answer of the handler. */
async function ask(answer: () => unknown, frames = [query('select')]): Promise<readonly string[]> {
  await using client = new Conversation(answering(() => untyped(answer())));
  await client.start();
  return (await client.ask(...frames)).split('\n').map((line) => line.split('\t').slice(2).join('').trim());
}

const int4 = 'RowDescription 1 "n" 0 0 23 4 -1 0';
const int8 = 'RowDescription 1 "n" 0 0 20 8 -1 0';
const threeRows = [
  "DataRow 1 1 '1'",
  "DataRow 1 1 '2'",
  "DataRow 1 1 '3'",
  'CommandComplete "SELECT 3"',
  'ReadyForQuery I',
  '',
];

describe('every form of rows gives columns, rows and a tag:', () => {
  test.each<[string, string, () => QueryResult]>([
    ['a table', int4, () => table],
    ['a record batch', int4, () => integers(1, 2, 3)],
    ['a synchronous reader', int4, () => RecordBatchReader.from(tableToIPC(table, 'stream'))],
    ['an opened reader', int4, () => RecordBatchReader.from(tableToIPC(table, 'stream')).open()],
    ['a reader of the file format', int4, () => RecordBatchReader.from(tableToIPC(table, 'file'))],
    ['a stream with synchronous batches', int4, () => ({ schema: table.schema, batches: table.batches })],
    [
      'a stream with asynchronous batches',
      int4,
      () => ({ schema: table.schema, batches: asynchronously(...table.batches) }),
    ],
    ['an array of batches', int4, () => table.batches],
    ['an iterable of batches', int4, () => new Set(table.batches)],
    ['an asynchronous iterable of batches', int4, () => asynchronously(...table.batches)],
    ['IPC stream bytes', int4, () => tableToIPC(table, 'stream')],
    ['IPC stream bytes in a Buffer', int4, () => Buffer.from(tableToIPC(table, 'stream'))],
    ['a schema and rows', int8, () => [schema, [[1], [2], [3]]]],
    ['a schema and an iterable of rows', int8, () => [schema, new Set([[1], [2], [3]])]],
    ['plain objects', int8, () => [{ n: 1 }, { n: 2 }, { n: 3 }]],
    ['toArrow', int8, () => toArrow(schema, [[1], [2], [3]])],
    ['toArrow of asynchronous rows', int8, () => toArrow(schema, asynchronously([1], [2], [3]))],
    ['rows with a tag of their own', int4, () => rows(table, { tag: (count) => `SELECT ${count}` })],
    [
      'encoded rows',
      int4,
      () => encodedRows({ fields: [{ name: 'n', typeOid: 23 }], rows: [['1'], ['2'], [Buffer.from('3')]] }),
    ],
  ])('%s', async (_, description, answer) => {
    expect(await ask(answer)).toEqual([description, ...threeRows]);
    expect((await ask(answer, [extended('select'), sync()])).slice(2)).toEqual([description, ...threeRows]);
  });

  test('an asynchronous reader', async () => {
    const answer = () => RecordBatchReader.from(asynchronously(tableToIPC(table, 'stream')));
    expect(await ask(answer)).toEqual([int4, ...threeRows]);
  });
});

describe('a result without rows keeps its columns:', () => {
  const noRows = ['CommandComplete "SELECT 0"', 'ReadyForQuery I', ''];

  test.each<[string, string, () => QueryResult]>([
    ['a table of no batches', int4, () => new Table(table.schema)],
    ['a batch of no rows', int4, () => integers()],
    ['batches of no rows', int4, () => [integers(), integers()]],
    ['a stream of no batches', int4, () => ({ schema: table.schema, batches: [] })],
    ['a stream that ends at once', int4, () => ({ schema: table.schema, batches: asynchronously<RecordBatch>() })],
    ['IPC bytes of no batches', int4, () => tableToIPC(new Table(table.schema), 'stream')],
    ['a schema and no rows', int8, () => [schema, []]],
    ['toArrow of no rows', int8, () => toArrow(schema, [])],
    ['encoded rows', int4, () => encodedRows({ fields: [{ name: 'n', typeOid: 23 }], rows: [] })],
  ])('%s', async (_, description, answer) => {
    expect(await ask(answer)).toEqual([description, ...noRows]);
  });
});

describe('tags', () => {
  test('a tag alone has no rows and goes out as it is', async () => {
    expect(await ask(() => tag('INSERT 0 7'))).toEqual(['CommandComplete "INSERT 0 7"', 'ReadyForQuery I', '']);
    expect(await ask(() => tag('INSERT 0 7'), [extended('insert'), sync()])).toEqual([
      ...['ParseComplete', 'BindComplete', 'NoData', 'CommandComplete "INSERT 0 7"', 'ReadyForQuery I', ''],
    ]);
  });

  test.each<[string, QueryResult, string]>([
    ['a text', rows(table, { tag: 'INSERT 0 3' }), 'INSERT 0 3'],
    ['a function of the number of rows', rows(table, { tag: (count) => `FETCH ${count}` }), 'FETCH 3'],
    [
      'encoded rows',
      encodedRows({ fields: [{ name: 'n', typeOid: 23 }], rows: [['1'], ['2']], tag: (count) => `UPDATE ${count}` }),
      'UPDATE 2',
    ],
  ])('%s', async (_, answer, expected) => {
    expect(await ask(() => answer)).toContain(`CommandComplete "${expected}"`);
  });
});

describe('what is no result is refused:', () => {
  const hint = 'Answer with toArrow(schema, []) or { schema, batches } when there are no rows.';

  test.each<[string, () => unknown]>([
    ['an empty array', () => []],
    ['an iterable that yields nothing', () => new Set()],
    ['an asynchronous iterable that yields nothing', () => asynchronously()],
    ['objects without keys', () => [{}, {}]],
  ])('%s has no columns', async (_, answer) => {
    const [error, ready] = await ask(answer);
    expect(error).toContain(`C "XX000" M "the result has no columns" H "${hint}"`);
    expect(ready).toBe('ReadyForQuery I');
  });

  test.each<[string, () => unknown, string]>([
    ['null', () => null, 'null'],
    ['a promise of null', () => Promise.resolve(null), 'null'],
    ['a string', () => 'INSERT 0 1', 'a string'],
    ['a number', () => 42, 'a number'],
    ['a function', () => () => {}, 'a function'],
    ['a plain object', () => ({ n: 1 }), 'an object of class Object'],
    ['an object of no class', () => Object.create(null), 'an object of class Object'],
    ['a date', () => new Date(), 'an object of class Date'],
    ['an array of numbers', () => [1, 2], 'an array that begins with a number, a number'],
    ['an array of nothing', () => [undefined], 'an array that begins with undefined, undefined'],
    ['rows without a schema', () => [[1], [2]], 'an array that begins with an array, an array'],
    ['an iterable of objects', () => new Set([{ n: 1 }]), 'an iterable of an object of class Object'],
    ['an iterable of tables', () => new Set([table]), 'an iterable of an object of class Table'],
    ['no bytes', () => new Uint8Array(), 'bytes or a reader without an Arrow schema'],
    ['rows of no result', () => rows(untyped(5), { tag: 'X' }), 'a number'],
  ])('%s', async (_, answer, kind) => {
    const [error, ready] = await ask(answer);
    expect(error).toContain(`C "XX000" M "handleQuery answered with ${kind}, which is not a result"`);
    expect(error).toContain('H "Answer with Arrow data');
    expect(ready).toBe('ReadyForQuery I');
  });

  test('bytes that are no Arrow are an error that the session survives', async () => {
    const [error, ready] = await ask(() => Buffer.from('select 1'));
    expect(error).toContain('C "XX000" M "the Arrow IPC data are cut short or damaged"');
    expect(ready).toBe('ReadyForQuery I');
  });

  test('IPC bytes that end in the middle are an error, not fewer rows', async () => {
    const bytes = tableToIPC(table, 'stream');
    const messages = await ask(() => bytes.subarray(0, bytes.length - 100));
    expect(messages.at(-3)).toMatch(/^ErrorResponse S "ERROR" V "ERROR" C "XX000"/);
    expect(messages.join()).not.toContain('CommandComplete');
  });

  test('toArrow’s own error reaches the client', async () => {
    const [error] = await ask(() => [schema, [['one']]]);
    expect(error).toContain('column "n"');
  });
});

describe('a column of a type that cannot be sent', () => {
  test('is named, and the source released', async () => {
    const source = new TrackedSource(integers(1));
    const long = new Table(new Schema([new Field('l', new Decimal(2000, 38))]));
    const [error] = await ask(() => long);
    expect(error).toContain('C "0A000" M "column "l" has the Arrow type');
    const [refused] = await ask(() => ({ schema: long.schema, batches: source.batches() }));
    expect(refused).toContain('C "0A000"');
    expect(source.pulled).toBe(0);
  });
});
