import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DuckDBServer } from '../duckdb-server.js';

let server: DuckDBServer;
let client: pg.Client;

beforeAll(async () => {
  server = await DuckDBServer.open();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  await server.database.run('CREATE OR REPLACE TABLE kept (n INTEGER)');
  client = await server.connect();
  return () => client.end();
});

/** Runs texts one after another; gives the SQLSTATE of the first that fails. */
async function codeOf(texts: readonly string[]): Promise<string | undefined> {
  for (const text of texts) {
    try {
      await client.query(text);
    } catch (error) {
      return error instanceof pg.DatabaseError ? error.code : String(error);
    }
  }
  return undefined;
}

async function kept(): Promise<number> {
  return (await client.query('FROM kept')).rows.length;
}

const insert = 'insert into kept values (1)';
const level = 'isolation level serializable';

describe('nothing is written in a READ ONLY transaction', () => {
  test.each([
    [['begin read only', insert]],
    [[`select 1; begin read only; ${insert}; commit`]],
    [['begin', 'begin read only', insert, 'commit']],
    [['set default_transaction_read_only = on', 'begin', insert, 'commit']],
    [['set default_transaction_read_only = on', insert]],
    [['set default_transaction_read_only = on', `select 1; ${insert}`]],
    [['begin', 'set transaction read only', insert, 'commit']],
    [['begin', 'select 1', 'set transaction_read_only = on', insert, 'commit']],
    [['set session characteristics as transaction read only', insert]],
    [['begin', 'set transaction read only', 'commit and chain', insert, 'commit']],
    [['begin read only', "copy kept from 'nowhere.csv'"]],
  ])('%j', async (texts) => {
    expect(await codeOf(texts)).toBe('25006');
    await client.query('rollback');
    expect(await kept()).toBe(0);
  });
});

test('by one extended query or another', async () => {
  await client.query('set default_transaction_read_only = on');
  const write = { text: 'insert into kept values ($1)', values: [1] };
  await expect(client.query(write)).rejects.toMatchObject({ code: '25006' });
  await client.query('begin read write');
  await client.query(write);
  await client.query('commit');
  expect(await kept()).toBe(1);
});

test.each([
  [[`begin ${level}`]],
  [['begin', `set transaction ${level}`]],
  [['begin', `begin ${level}`]],
  [[`set a.b = 1; begin ${level}`]],
  [["set default_transaction_isolation = 'serializable'", 'begin']],
  [[`set session characteristics as transaction ${level}`, 'select 1; select 2']],
])('SERIALIZABLE is refused: %j', async (texts) => {
  expect(await codeOf(texts)).toBe('0A000');
});

test('SERIALIZABLE comes too late behind a query', async () => {
  expect(await codeOf([`select 1; begin ${level}`])).toBe('25001');
  expect(await codeOf(['begin', 'select 1', `set transaction ${level}`])).toBe('25001');
});

test('REPEATABLE READ is given late', async () => {
  expect(await codeOf(['begin', 'set transaction isolation level repeatable read', insert, 'commit'])).toBeUndefined();
});
