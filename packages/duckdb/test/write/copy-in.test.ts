import { Int32, makeVector, type RecordBatch, Schema, Table, Utf8, vectorFromArray } from 'apache-arrow';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DuckDBDatabase } from '../../src/index.js';
import { readAll, TestClient } from '../open-client.js';

let database: DuckDBDatabase;
let client: TestClient;
let other: TestClient;
beforeAll(async () => {
  database = await DuckDBDatabase.open(':memory:');
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.run('CREATE OR REPLACE TABLE numbers (id INTEGER PRIMARY KEY)');
  client = new TestClient(database);
  other = new TestClient(database);
  return async () => {
    await client[Symbol.asyncDispose]();
    await other[Symbol.asyncDispose]();
  };
});

const count = 'SELECT count(*) FROM numbers';

function numbers(length: number, from = 0): Table {
  return new Table({ id: makeVector(Int32Array.from({ length }, (_, row) => from + row)) });
}

async function* batchesOf(...tables: readonly Table[]): AsyncGenerator<RecordBatch, void> {
  for (const { batches } of tables) yield* batches;
}

/** Tables as the server gives them, and then the error that ends them. */
async function* failing(error: Error, ...tables: readonly Table[]): AsyncGenerator<RecordBatch, void> {
  yield* batchesOf(...tables);
  throw error;
}

const { schema } = numbers(0);

test('outside a transaction all rows are there for everybody at the end', async () => {
  expect(await client.copyIn('numbers', { schema, batches: batchesOf(numbers(10), numbers(10, 10)) })).toBe(20);
  expect(await other.rows(count)).toEqual([[20n]]);
});

test('in a transaction block it is part of the block', async () => {
  await client.begin();
  await client.rows('INSERT INTO numbers VALUES (1000)');
  await client.copyIn('numbers', { schema, batches: batchesOf(numbers(10)) });
  expect(await client.rows(count)).toEqual([[11n]]);
  expect(await other.rows(count)).toEqual([[0n]]);
  await client.rollback();
  expect(await client.rows(count)).toEqual([[0n]]);
  await client.begin();
  await client.copyIn('numbers', { schema, batches: batchesOf(numbers(10)) });
  await client.commit();
  expect(await other.rows(count)).toEqual([[10n]]);
});

test('a client that gives up in the middle leaves nothing behind', async () => {
  const error = new Error('COPY from stdin failed');
  const batches = failing(error, numbers(200_000), numbers(5, 200_000));
  await expect(client.copyIn('numbers', { schema, batches })).rejects.toBe(error);
  expect(await client.rows(count)).toEqual([[0n]]);
  expect(await client.copyIn('numbers', { schema, batches: batchesOf(numbers(10)) })).toBe(10);
});

test('in a block nothing of what came before the failure can be committed', async () => {
  const error = new Error('COPY from stdin failed');
  await client.begin();
  const batches = failing(error, numbers(200_000));
  await expect(client.copyIn('numbers', { schema, batches })).rejects.toBe(error);
  await expect(client.rows(count)).rejects.toMatchObject({ sqlstate: '25P02' });
  await client.commit();
  expect(await client.rows(count)).toEqual([[0n]]);
});

test('a row that violates a constraint is an error that leaves nothing behind', async () => {
  const batches = batchesOf(numbers(10), numbers(1));
  await expect(client.copyIn('numbers', { schema, batches })).rejects.toMatchObject({ sqlstate: '23505' });
  expect(await client.rows(count)).toEqual([[0n]]);
});

test('while a slow client sends, others read and write the table', async () => {
  let send = (): void => {};
  const sent = new Promise<void>((resolve) => {
    send = resolve;
  });
  async function* slow() {
    yield* batchesOf(numbers(10));
    await sent;
    yield* batchesOf(numbers(10, 10));
  }
  const copying = client.copyIn('numbers', { schema, batches: slow() });
  await other.rows('INSERT INTO numbers VALUES (100)');
  expect(await other.rows(count)).toEqual([[1n]]);
  send();
  expect(await copying).toBe(20);
  expect(await other.rows(count)).toEqual([[21n]]);
});

test('a cancel while the client sends nothing ends it, and leaves nothing behind', async () => {
  const reason = new Error('canceling statement due to user request');
  const controller = new AbortController();
  async function* silent() {
    yield* batchesOf(numbers(200_000));
    controller.abort(reason);
    await new Promise(() => {});
  }
  const copying = client.copyIn('numbers', { schema, batches: silent() }, controller.signal);
  await expect(copying).rejects.toBe(reason);
  expect(await client.rows(count)).toEqual([[0n]]);
});

test('a client that goes away while it sends leaves nothing behind', async () => {
  async function* interrupted() {
    yield* batchesOf(numbers(200_000));
    await client[Symbol.asyncDispose]();
    yield* batchesOf(numbers(10, 200_000));
  }
  await expect(client.copyIn('numbers', { schema, batches: interrupted() })).rejects.toMatchObject({
    sqlstate: '08003',
  });
  expect(await other.rows(count)).toEqual([[0n]]);
});

test('a result that is still open is not ended by it', async () => {
  const { batches } = await client.query('SELECT i FROM range(100000) t(i)');
  await batches?.next();
  await client.copyIn('numbers', { schema, batches: batchesOf(numbers(10)) });
  const rest = await readAll(batches);
  expect(rest.reduce((sum, batch) => sum + batch.numRows, 0)).toBe(100_000 - 2048);
});

test('columns are named as the statement names them', async () => {
  await database.run("CREATE OR REPLACE TABLE wide (id INTEGER DEFAULT 7, name VARCHAR, note VARCHAR DEFAULT 'none')");
  const rows = new Table({ name: vectorFromArray(['a'], new Utf8()) });
  const copy = { sql: '', table: ['main', 'wide'], columns: ['NAME'], format: 'csv' } as const;
  const { session } = client.connection;
  const signal = new AbortController().signal;
  await client.connection.handleCopyIn(
    copy,
    { schema: rows.schema, batches: batchesOf(rows) },
    { parameterTypes: [], session, signal },
  );
  expect(await client.rows('SELECT * FROM wide')).toEqual([[7, 'a', 'none']]);
});

test("what a table of every type is described as and read as goes back into it, DuckDB's own extremes too", async () => {
  const columns = await client.rows('SELECT column_name FROM (DESCRIBE FROM test_all_types())');
  expect(columns.length).toBeGreaterThan(50);
  const lost: unknown[] = [];
  for (const [name] of columns) {
    await database.run(`CREATE OR REPLACE TABLE source AS SELECT "${name}" AS value FROM test_all_types();
      CREATE OR REPLACE TABLE target AS FROM source LIMIT 0`);
    const described = (await client.describe('SELECT value FROM target')).schema;
    if (!(described instanceof Schema)) throw new Error('a table has columns');
    const batches = await client.batches('SELECT value FROM source');
    try {
      await client.copyIn('target', { schema: described, batches });
      const texts = (table: string) => client.rows(`SELECT CAST(value AS VARCHAR) FROM ${table}`);
      expect(await texts('target')).toEqual(await texts('source'));
    } catch (error) {
      lost.push([name, String(error).slice(0, 160)]);
    }
  }
  expect(lost).toEqual([]);
});

test("lists come as PostgreSQL's arrays, as JSON, and never wrong", async () => {
  await database.run('CREATE OR REPLACE TABLE lists (l INTEGER[], w VARCHAR[])');
  const texts = new Table({
    l: vectorFromArray(['{1,NULL}', '[2]', '{}', null], new Utf8()),
    w: vectorFromArray(['{a b,c}', '["{x}"]', null, '{}'], new Utf8()),
  });
  await client.copyIn('lists', { schema: texts.schema, batches: batchesOf(texts) });
  expect(await client.rows('SELECT * FROM lists')).toEqual([
    [
      [1, null],
      ['a b', 'c'],
    ],
    [[2], ['{x}']],
    [[], null],
    [null, []],
  ]);
  const quoted = new Table({
    l: vectorFromArray(['{1}'], new Utf8()),
    w: vectorFromArray(['{"{x}"}'], new Utf8()),
  });
  await expect(client.copyIn('lists', { schema: quoted.schema, batches: batchesOf(quoted) })).rejects.toThrow();
});

test('a column that is not as described is refused', async () => {
  const rows = new Table({ id: vectorFromArray([1, 2], new Int32()) });
  const text = new Table({ id: vectorFromArray(['1'], new Utf8()) });
  await expect(client.copyIn('numbers', { schema: rows.schema, batches: batchesOf(text) })).rejects.toMatchObject({
    sqlstate: '42804',
  });
});
