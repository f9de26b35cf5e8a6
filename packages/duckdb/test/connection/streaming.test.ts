import { PgError } from '@riffq/wire';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DuckDBDatabase } from '../../src/index.js';
import { batchRows, readAll, TestClient } from '../open-client.js';

let database: DuckDBDatabase;
let client: TestClient;
beforeAll(async () => {
  database = await DuckDBDatabase.open(':memory:');
  await database.run('CREATE SEQUENCE numbers; CREATE TABLE written (a INTEGER)');
});
afterAll(() => database.close());
beforeEach(() => {
  client = new TestClient(database);
  return () => client[Symbol.asyncDispose]();
});

const boom = "SELECT CASE WHEN i = 2500000 THEN error('boom') ELSE i END FROM range(3000000) t(i)";

test('a long result comes in many batches, in order and whole', async () => {
  let rows = 0;
  for (const batch of await client.batches('SELECT i FROM range(100000) t(i)')) {
    expect(batchRows(batch)[0]).toEqual([BigInt(rows)]);
    rows += batch.numRows;
  }
  expect(rows).toBe(100000);
});

test('an error in the middle of a result is an error with its message, never fewer rows', async () => {
  await expect(client.rows(boom)).rejects.toMatchObject({ sqlstate: '22023', message: 'boom' });
  expect(await client.rows('SELECT 1')).toEqual([[1]]);
});

test('in a transaction, too, although that is aborted then', async () => {
  await client.begin();
  await client.rows('INSERT INTO written VALUES (1)');
  await expect(client.rows(boom)).rejects.toMatchObject({ sqlstate: '22023', message: 'boom' });
  await expect(client.rows('SELECT 1')).rejects.toMatchObject({ sqlstate: '25P02' });
  await client.rollback();
  expect(await client.rows('SELECT * FROM written')).toEqual([]);
});

test('with parameters, too', async () => {
  const sql = boom.replace('2500000', '$1').replace("'boom'", '$2');
  const options = { args: ['2500000', 'parameter boom'] };
  await expect(client.rows(sql, options)).rejects.toMatchObject({ message: 'parameter boom' });
});

test('a statement with a volatile function is not run again to learn its error', async () => {
  const sql = boom.replace('ELSE i', "ELSE nextval('numbers')");
  await expect(client.rows(sql)).rejects.toMatchObject({ sqlstate: 'XX000', message: 'query failed while streaming' });
  const [[called]] = (await client.rows("SELECT nextval('numbers')")) as [[bigint]];
  expect(called).toBeLessThan(3000000n);
});

test('two results of one connection are read by turns', async () => {
  const first = (await client.query("SELECT i, 'first ' || i FROM range(10000) t(i)")).batches;
  const start = await first?.next();
  const second = (await client.query("SELECT i, 'second ' || i FROM range(10000) t(i)")).batches;
  const between = await second?.next();
  const rest = await readAll(first);
  const secondRest = await readAll(second);
  expect(start?.done).toBe(false);
  expect(between?.done).toBe(false);
  const texts = (batches: typeof rest) => batches.flatMap((batch) => batchRows(batch).map(([, text]) => text));
  const all = (name: string) => Array.from({ length: 10000 }, (_, i) => `${name} ${i}`);
  expect(texts([...(start?.done === false ? [start.value] : []), ...rest])).toEqual(all('first'));
  expect(texts([...(between?.done === false ? [between.value] : []), ...secondRest])).toEqual(all('second'));
});

test('an error behind the place where another statement came between reaches the reader of the first', async () => {
  const first = (await client.query(boom)).batches;
  await first?.next();
  expect(await client.rows('SELECT 1')).toEqual([[1]]);
  await expect(readAll(first)).rejects.toMatchObject({ message: 'boom' });
});

test('more than 64 MiB are not kept for another statement: the first result ends in 54000', async () => {
  const first = (await client.query("SELECT repeat('x', 1000) FROM range(200000)")).batches;
  await first?.next();
  expect(await client.rows('SELECT 1')).toEqual([[1]]);
  await expect(first?.next()).rejects.toMatchObject({ sqlstate: '54000' });
});

test('a result given up in the middle leaves the connection free, and its transaction alive', async () => {
  await client.begin();
  await client.rows('INSERT INTO written VALUES (2)');
  const endless = (await client.query('SELECT * FROM range(10000000) a, range(10000000) b')).batches;
  await endless?.next();
  await endless?.return?.();
  expect(await endless?.next()).toEqual({ done: true, value: undefined });
  expect(await client.rows('SELECT * FROM written')).toEqual([[2]]);
  await client.rollback();
});

test('a write that returns rows is done, whether they are read or not', async () => {
  const { batches, tag } = await client.query('INSERT INTO written VALUES (3), (4) RETURNING a');
  expect(tag(2)).toBe('INSERT 0 2');
  await batches?.return?.();
  expect(await client.rows('SELECT a FROM written ORDER BY a')).toEqual([[3], [4]]);
  await database.run('TRUNCATE written');
});

test('statements sent at once run one after another', async () => {
  const answers = await Promise.all(
    [1, 2, 3, 4, 5].map((i) => client.rows(`SELECT ${i}, sum(i) FROM range(100000) t(i)`)),
  );
  expect(answers.map(([row]) => row?.[0])).toEqual([1, 2, 3, 4, 5]);
});

test('a closed database says so', async () => {
  const own = await DuckDBDatabase.open(':memory:');
  const late = new TestClient(own);
  await late.rows('SELECT 1');
  await own.close();
  await expect(late.rows('SELECT 1')).rejects.toBeInstanceOf(PgError);
  await expect(new TestClient(own).rows('SELECT 1')).rejects.toBeInstanceOf(PgError);
  await late[Symbol.asyncDispose]();
});
