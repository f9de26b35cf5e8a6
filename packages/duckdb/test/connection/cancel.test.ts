import { PgError, sqlstate } from '@riffq/wire';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DuckDBDatabase } from '../../src/index.js';
import { readAll, TestClient } from '../open-client.js';

let database: DuckDBDatabase;
let client: TestClient;
beforeAll(async () => {
  database = await DuckDBDatabase.open(':memory:');
});
afterAll(() => database.close());
beforeEach(() => {
  client = new TestClient(database);
  return () => client[Symbol.asyncDispose]();
});

const reason = new PgError({
  sqlstate: sqlstate.query_canceled,
  message: 'canceling statement due to user request',
});
/** Runs for hours. */
const endless = 'SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range * b.range = 7';

test.each([0, 1, 50])(
  'a statement cancelled after %i ms ends with the reason, and the connection goes on',
  async (delay) => {
    const controller = new AbortController();
    const answer = client.rows(endless, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), delay);
    await expect(answer).rejects.toBe(reason);
    expect(await client.rows('SELECT 1')).toEqual([[1]]);
  },
);

test('a statement whose signal has aborted already does not run', async () => {
  await expect(client.rows('CREATE TABLE never (a INTEGER)', { signal: AbortSignal.abort(reason) })).rejects.toBe(
    reason,
  );
  await expect(client.rows('SELECT * FROM never')).rejects.toMatchObject({ sqlstate: '42P01' });
});

test('a result cancelled between two batches ends with the reason', async () => {
  const controller = new AbortController();
  const sql = 'SELECT * FROM range(10000000) a, range(10000000) b';
  const { batches } = await client.query(sql, { signal: controller.signal });
  await batches?.next();
  controller.abort(reason);
  await expect(readAll(batches)).rejects.toBe(reason);
  expect(await client.rows('SELECT 1')).toEqual([[1]]);
});

test('a result cancelled while it waits for its next batch ends with the reason', async () => {
  const controller = new AbortController();
  // Rows at first, then none for hours.
  const sql = 'SELECT * FROM range(100000000000) WHERE range < 500000 OR range = -1';
  const { batches } = await client.query(sql, { signal: controller.signal });
  const first = await batches?.next();
  expect(first?.done).toBe(false);
  setTimeout(() => controller.abort(reason), 30);
  await expect(readAll(batches)).rejects.toBe(reason);
  expect(await client.rows('SELECT 1')).toEqual([[1]]);
});

test('a statement that waits for another of its connection can be cancelled there', async () => {
  const running = new AbortController();
  const first = client.rows(endless, { signal: running.signal });
  const waiting = new AbortController();
  const second = client.rows('SELECT 2', { signal: waiting.signal });
  waiting.abort(reason);
  await expect(second).rejects.toBe(reason);
  running.abort(reason);
  await expect(first).rejects.toBe(reason);
});

test('a rollback is carried out although its signal has aborted', async () => {
  await database.run('CREATE TABLE kept (a INTEGER)');
  await client.begin();
  await client.rows('INSERT INTO kept VALUES (1)');
  const command = { kind: 'rollback', chain: false, implicit: true, sql: 'ROLLBACK' } as const;
  await client.transaction(command, AbortSignal.abort(reason));
  expect(await client.rows('SELECT * FROM kept')).toEqual([]);
});

test('closing the database ends what runs', async () => {
  const own = await DuckDBDatabase.open(':memory:');
  const answer = expect(new TestClient(own).rows(endless)).rejects.toMatchObject({ sqlstate: '08003' });
  await new TestClient(own).rows('SELECT 1');
  await own.close();
  await answer;
});

test('a client that goes away ends what runs for it', async () => {
  const leaving = new TestClient(database);
  await leaving.rows('SELECT 1');
  const answer = expect(leaving.rows(endless)).rejects.toMatchObject({ sqlstate: '08003' });
  await leaving[Symbol.asyncDispose]();
  await answer;
});

test('six statements that compute for long do not keep files from being read', async () => {
  const { readFile } = await import('node:fs/promises');
  const controller = new AbortController();
  const clients = Array.from({ length: 6 }, () => new TestClient(database));
  const running = clients.map((one) => expect(one.rows(endless, { signal: controller.signal })).rejects.toBe(reason));
  await readFile(new URL(import.meta.url));
  controller.abort(reason);
  await Promise.all(running);
  await Promise.all(clients.map((one) => one[Symbol.asyncDispose]()));
});
