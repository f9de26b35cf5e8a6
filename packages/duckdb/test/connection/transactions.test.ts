import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DuckDBDatabase } from '../../src/index.js';
import { TestClient } from '../open-client.js';

let database: DuckDBDatabase;
let one: TestClient;
let other: TestClient;
beforeAll(async () => {
  database = await DuckDBDatabase.open(':memory:');
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.run(
    'CREATE OR REPLACE TABLE accounts (id INTEGER PRIMARY KEY, amount INTEGER); INSERT INTO accounts VALUES (1, 10)',
  );
  one = new TestClient(database);
  other = new TestClient(database);
  return async () => {
    await one[Symbol.asyncDispose]();
    await other[Symbol.asyncDispose]();
  };
});

const amount = 'SELECT amount FROM accounts WHERE id = 1';

test('what one client writes is seen by another after COMMIT, not before', async () => {
  await one.begin();
  await one.rows('UPDATE accounts SET amount = 20');
  expect(await one.rows(amount)).toEqual([[20]]);
  expect(await other.rows(amount)).toEqual([[10]]);
  await one.commit();
  expect(await other.rows(amount)).toEqual([[20]]);
});

test('ROLLBACK takes back what was written', async () => {
  await one.begin();
  await one.rows('DELETE FROM accounts');
  await one.rollback();
  expect(await one.rows(amount)).toEqual([[10]]);
});

test('a transaction sees one state of the database', async () => {
  await one.begin({ isolationLevel: 'repeatable read' });
  expect(await one.rows(amount)).toEqual([[10]]);
  await other.rows('UPDATE accounts SET amount = 30');
  expect(await one.rows(amount)).toEqual([[10]]);
  await one.commit();
  expect(await one.rows(amount)).toEqual([[30]]);
});

test('the second of two that write the same row gets 40001', async () => {
  await one.begin();
  await other.begin();
  await one.rows('UPDATE accounts SET amount = 20');
  await expect(other.rows('UPDATE accounts SET amount = 30')).rejects.toMatchObject({ sqlstate: '40001' });
  await expect(other.rows(amount)).rejects.toMatchObject({ sqlstate: '25P02' });
  await other.rollback();
  await one.commit();
  expect(await other.rows(amount)).toEqual([[20]]);
});

test('a key that two insert at once is 23505 at COMMIT, and the transaction is over', async () => {
  await one.begin();
  await other.begin();
  await one.rows('INSERT INTO accounts VALUES (2, 0)');
  await other.rows('INSERT INTO accounts VALUES (2, 0)');
  await one.commit();
  await expect(other.commit()).rejects.toMatchObject({ sqlstate: expect.stringMatching(/23505|40001/) });
  expect(await other.rows('SELECT count(*) FROM accounts')).toEqual([[2n]]);
});

test('AND CHAIN begins the next transaction with the same characteristics', async () => {
  await one.begin({ readOnly: true });
  await one.commit({ chain: true });
  await expect(one.rows('DELETE FROM accounts')).rejects.toMatchObject({ sqlstate: '25006' });
  await one.rollback({ chain: true });
  expect(await one.rows(amount)).toEqual([[10]]);
  await one.rollback();
  await one.rows('UPDATE accounts SET amount = 40');
  expect(await other.rows(amount)).toEqual([[40]]);
});

test('a read-only transaction refuses to write', async () => {
  await one.begin({ readOnly: true });
  await expect(one.rows('UPDATE accounts SET amount = 1')).rejects.toMatchObject({ sqlstate: '25006' });
  await one.rollback();
});

test.each(['read uncommitted', 'READ COMMITTED', 'repeatable read'])('%s is given', async (isolationLevel) => {
  await one.begin({ isolationLevel });
  await one.commit();
});

test('SERIALIZABLE is refused, because a snapshot is less', async () => {
  await expect(one.begin({ isolationLevel: 'serializable' })).rejects.toMatchObject({
    sqlstate: '0A000',
    fields: { hint: expect.stringContaining('REPEATABLE READ') },
  });
});

test.each(['savepoint', 'release', 'rollbackTo'] as const)('%s is refused with a hint', async (kind) => {
  await one.begin();
  const command = { kind, name: 's', implicit: false, sql: 'SAVEPOINT s' };
  await expect(one.transaction(command)).rejects.toMatchObject({
    sqlstate: '0A000',
    fields: { hint: expect.any(String) },
  });
  await one.rollback();
});

test('a COMMIT that is cancelled before it begins rolls back', async () => {
  await one.begin();
  await one.rows('UPDATE accounts SET amount = 70');
  const reason = new Error('cancelled');
  const command = { kind: 'commit', chain: false, implicit: false, sql: 'COMMIT' } as const;
  await expect(one.transaction(command, AbortSignal.abort(reason))).rejects.toBe(reason);
  expect(await one.rows(amount)).toEqual([[10]]);
  await other.rows('UPDATE accounts SET amount = 80');
  expect(await one.rows(amount)).toEqual([[80]]);
});

test('a result that was not read to its end does not keep its transaction from ending', async () => {
  await one.begin();
  await one.rows('INSERT INTO accounts VALUES (3, 3)');
  const { batches } = await one.query('SELECT * FROM range(1000000)');
  await batches?.next();
  await one.commit();
  expect(await batches?.next()).toEqual({ done: true, value: undefined });
  expect(await other.rows('SELECT count(*) FROM accounts')).toEqual([[2n]]);
});

test('a client that goes away in the middle of a transaction leaves nothing of it', async () => {
  await one.begin();
  await one.rows('UPDATE accounts SET amount = 50');
  const { batches } = await one.query('SELECT * FROM range(1000000)');
  await batches?.next();
  await one[Symbol.asyncDispose]();
  await other.rows('UPDATE accounts SET amount = 60');
  expect(await other.rows(amount)).toEqual([[60]]);
});

test("temporary tables are one client's own", async () => {
  await one.rows('CREATE TEMP TABLE mine (a INTEGER)');
  await expect(other.rows('SELECT * FROM mine')).rejects.toMatchObject({ sqlstate: '42P01' });
});
