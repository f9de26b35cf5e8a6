import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Float64,
  Int32,
  makeVector,
  type RecordBatch,
  Schema,
  Table,
  tableFromArrays,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DuckDBDatabase } from '../../src/index.js';
import { TestClient } from '../open-client.js';

let database: DuckDBDatabase;
let client: TestClient;
beforeAll(async () => {
  database = await DuckDBDatabase.open(':memory:');
  client = new TestClient(database);
});
afterAll(() => database.close());
beforeEach(() =>
  database.run(
    "CREATE OR REPLACE TABLE people (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL DEFAULT 'nobody', score DOUBLE)",
  ),
);

const people = 'SELECT * FROM people ORDER BY id';

function table(ids: readonly number[], names: readonly (string | null)[]): Table {
  return new Table({ id: vectorFromArray([...ids], new Int32()), name: vectorFromArray([...names], new Utf8()) });
}

test('the columns are found by their names, the others get their defaults, and the rows are counted', async () => {
  expect(
    await database.insert('people', tableFromArrays({ score: Float64Array.of(1.5, 2), id: Int32Array.of(1, 2) })),
  ).toBe(2);
  expect(await client.rows(people)).toEqual([
    [1, 'nobody', 1.5],
    [2, 'nobody', 2],
  ]);
});

test('the columns can be named by position', async () => {
  await database.insert('people', table([1], ['Ada']), { columns: ['ID', 'name'] });
  expect(await client.rows(people)).toEqual([[1, 'Ada', null]]);
});

test('a table in a schema has a name of several parts, which may hold any character', async () => {
  await database.run('CREATE SCHEMA "my ""schema"""; CREATE TABLE "my ""schema"""."a.b" (id BIGINT, "na me" VARCHAR)');
  const options = { columns: ['id', 'na me'] };
  await database.insert(['memory', 'my "schema"', 'a.b'], table([1], ['Ada']), options);
  expect(await client.rows('SELECT * FROM "my ""schema"""."a.b"')).toEqual([[1n, 'Ada']]);
});

test('150,000 rows in one batch and in many arrive whole and in order', async () => {
  await database.run('CREATE OR REPLACE TABLE many (id INTEGER, name VARCHAR)');
  const ids = Int32Array.from({ length: 150_000 }, (_, row) => row);
  const names = Array.from(ids, (id) => (id % 7 === 0 ? null : `the name of person number ${id}`));
  const whole = new Table({ id: makeVector(ids), name: vectorFromArray(names, new Utf8()) });
  expect(await database.insert('many', whole)).toBe(150_000);
  const slices = Array.from({ length: 100 }, (_, at) => whole.slice(at * 1500, (at + 1) * 1500).batches).flat();
  expect(await database.insert('many', { schema: whole.schema, batches: slices })).toBe(150_000);
  const wrong = `SELECT count(*) FROM (SELECT rowid AS place, * FROM many)
    WHERE id <> place % 150000 OR name IS DISTINCT FROM
      CASE WHEN id % 7 = 0 THEN NULL ELSE 'the name of person number ' || id END`;
  expect(await client.rows(wrong)).toEqual([[0n]]);
  expect(await client.rows('SELECT count(*) FROM many')).toEqual([[300_000n]]);
});

test('a source without rows inserts none', async () => {
  expect(await database.insert('people', { schema: table([], []).schema, batches: [] })).toBe(0);
  expect(await client.rows(people)).toEqual([]);
});

test('batches may be made while they are inserted', async () => {
  const { schema } = table([1], ['x']);
  async function* batches() {
    for (const id of [1, 2, 3]) yield* table([id], [`person ${id}`]).batches;
  }
  expect(await database.insert('people', { schema, batches: batches() })).toBe(3);
  expect(await client.rows('SELECT id, name FROM people ORDER BY id')).toEqual([
    [1, 'person 1'],
    [2, 'person 2'],
    [3, 'person 3'],
  ]);
});

test.each<readonly [string, Table, string]>([
  ['a key that is there twice', table([1, 1], ['a', 'b']), '23505'],
  ['a NULL where none may be', table([1, 2], ['a', null]), '23502'],
  ['a column that does not exist', tableFromArrays({ nothing: Int32Array.of(1) }), '42703'],
])('%s leaves nothing inserted', async (_name, rows, sqlstate) => {
  await expect(database.insert('people', rows)).rejects.toMatchObject({ sqlstate });
  expect(await client.rows(people)).toEqual([]);
  expect(await database.insert('people', table([1], ['a']))).toBe(1);
});

test('an error far behind the first rows takes those back, too', async () => {
  const ids = Array.from({ length: 250_000 }, (_, row) => row);
  ids.push(3);
  const rows = new Table({ id: makeVector(Int32Array.from(ids)) });
  await expect(database.insert('people', rows)).rejects.toMatchObject({ sqlstate: '23505' });
  expect(await client.rows(people)).toEqual([]);
});

test('an error of the source is thrown as it is, and leaves nothing inserted', async () => {
  const reason = new Error('the file is broken');
  const first = new Table({ id: makeVector(Int32Array.from({ length: 200_000 }, (_, row) => row)) });
  async function* batches() {
    yield* first.batches;
    throw reason;
  }
  await expect(database.insert('people', { schema: first.schema, batches: batches() })).rejects.toBe(reason);
  expect(await client.rows(people)).toEqual([]);
});

test('a table that does not exist is 42P01, a view 42809, a column that is computed an error', async () => {
  await expect(database.insert('nothing', table([], []))).rejects.toMatchObject({ sqlstate: '42P01' });
  await database.run('CREATE OR REPLACE VIEW seen AS FROM people');
  await expect(database.insert('seen', table([1], ['a']))).rejects.toMatchObject({ sqlstate: '42809' });
  await database.run('CREATE OR REPLACE TABLE computed (id INTEGER, name VARCHAR AS (id || id))');
  await expect(database.insert('computed', table([1], ['a']))).rejects.toMatchObject({ name: 'PgError' });
});

test('another number of columns than the data has is refused', async () => {
  await expect(database.insert('people', table([1], ['a']), { columns: ['id'] })).rejects.toMatchObject({
    sqlstate: '42601',
  });
  await expect(database.insert('people', { schema: new Schema([]), batches: [] })).rejects.toMatchObject({
    sqlstate: '42601',
  });
});

test('a batch of other columns than the first is refused', async () => {
  const { schema, batches } = table([1], ['a']);
  const other = new Table({ id: vectorFromArray([1], new Float64()), name: vectorFromArray(['a'], new Utf8()) });
  await expect(database.insert('people', { schema, batches: [...batches, ...other.batches] })).rejects.toMatchObject({
    sqlstate: '42804',
    fields: { detail: expect.stringContaining('Float64') },
  });
  expect(await client.rows(people)).toEqual([]);
});

test('an abort while a batch is awaited ends the insert and closes the source', async () => {
  const reason = new Error('enough');
  const controller = new AbortController();
  const { schema, batches } = table([1], ['a']);
  let closed = false;
  const source: AsyncIterator<RecordBatch> & AsyncIterable<RecordBatch> = {
    async next() {
      const [value] = batches.splice(0);
      if (value !== undefined) return { done: false, value };
      controller.abort(reason);
      return new Promise(() => {});
    },
    async return() {
      closed = true;
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
  const inserting = database.insert('people', { schema, batches: source }, { signal: controller.signal });
  await expect(inserting).rejects.toBe(reason);
  expect(closed).toBe(true);
  expect(await client.rows(people)).toEqual([]);
  await expect(database.insert('people', table([1], ['a']), { signal: AbortSignal.abort(reason) })).rejects.toBe(
    reason,
  );
});

test('a transaction that is read only refuses with 25006', async () => {
  await client.begin({ readOnly: true });
  const { schema, batches } = table([1], ['a']);
  async function* stream() {
    yield* batches;
  }
  await expect(client.copyIn('people', { schema, batches: stream() })).rejects.toMatchObject({ sqlstate: '25006' });
  await client.rollback();
});

test('a database that is read only refuses with 25006', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'riffq-duckdb-'));
  const path = join(folder, 'kept.duckdb');
  const writable = await DuckDBDatabase.open(path);
  await writable.run('CREATE TABLE people (id INTEGER, name VARCHAR)');
  await writable.close();
  const readOnly = await DuckDBDatabase.open(path, { readOnly: true });
  await expect(readOnly.insert('people', table([1], ['a']))).rejects.toMatchObject({ sqlstate: '25006' });
  await readOnly.close();
  await rm(folder, { recursive: true });
});

test('an error about a value names the column of the table', async () => {
  const rows = table([1], ['a']);
  await expect(database.insert('people', rows, { columns: ['id', 'score'] })).rejects.toMatchObject({
    sqlstate: '22P02',
    message: expect.stringMatching(/'a' to DOUBLE.*column score/),
  });
});

test('a column that is named twice is 42701', async () => {
  const rows = table([1], ['a']);
  await expect(database.insert('people', rows, { columns: ['name', 'NAME'] })).rejects.toMatchObject({
    sqlstate: '42701',
  });
});

test('50,000 batches of a row are inserted', async () => {
  const { schema, batches } = table([1], ['a']);
  await database.run('CREATE OR REPLACE TABLE many (id INTEGER, name VARCHAR)');
  const rows = Array.from({ length: 50_000 }, () => batches).flat();
  expect(await database.insert('many', { schema, batches: rows })).toBe(50_000);
});

test('a database that is closed while rows are inserted ends the insert with 08003', async () => {
  const closing = await DuckDBDatabase.open(':memory:');
  await closing.run('CREATE TABLE many (id INTEGER)');
  const rows = new Table({ id: makeVector(Int32Array.from({ length: 100_000 }, (_, row) => row)) });
  async function* batches() {
    yield* rows.batches;
    setImmediate(() => closing.close());
    yield* rows.batches;
  }
  await expect(closing.insert('many', { schema: rows.schema, batches: batches() })).rejects.toMatchObject({
    sqlstate: '08003',
  });
  await closing.close();
});

test('other work has its turn while a large table is inserted', async () => {
  const rows = new Table({ id: makeVector(Int32Array.from({ length: 500_000 }, (_, row) => row)) });
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 1);
  await database.insert('people', rows);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(20);
});
