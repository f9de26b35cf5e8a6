import { PgError } from '@riffq/wire';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DuckDBDatabase } from '../src/index.js';
import { TestClient } from './open-client.js';

let database: DuckDBDatabase;
let client: TestClient;
beforeAll(async () => {
  database = await DuckDBDatabase.open(':memory:');
  await database.run(`
    CREATE TABLE flights (id INTEGER PRIMARY KEY, carrier VARCHAR NOT NULL, fare DECIMAL(10,2), CHECK (id < 1000));
    INSERT INTO flights VALUES (1, 'AA', 1.5);
    CREATE TABLE legs (flight INTEGER REFERENCES flights (id));
    CREATE SCHEMA sales; CREATE SEQUENCE numbers; CREATE TYPE mood AS ENUM ('sad', 'happy');
    CREATE VIEW cheap AS SELECT * FROM flights`);
  client = new TestClient(database);
});
afterAll(() => database.close());

async function errorOf(sql: string): Promise<PgError> {
  try {
    await client.rows(sql);
  } catch (error) {
    if (error instanceof PgError) return error;
    throw error;
  }
  throw new Error(`no error: ${sql}`);
}

describe("an error has PostgreSQL's SQLSTATE", () => {
  test.each([
    ['42601', 'SELEC 1'],
    ['42601', 'SELECT * FROM flights WHERE'],
    ['42601', "SELECT 'unterminated"],
    ['42601', 'INSERT INTO flights VALUES (1)'],
    ['42601', 'SELECT 1 UNION SELECT 1, 2'],
    ['42601', 'SELECT 1; SELECT 2'],
    ['42P01', 'SELECT * FROM nowhere'],
    ['42P01', 'DROP TABLE nowhere'],
    ['42P01', 'UPDATE nowhere SET a = 1'],
    ['42P01', "SELECT nextval('nowhere')"],
    ['42P01', 'SELECT f.id FROM flights'],
    ['42703', 'SELECT nothing FROM flights'],
    ['42703', 'SELECT flights.nothing FROM flights'],
    ['42703', 'INSERT INTO flights (nothing) VALUES (1)'],
    ['42702', 'SELECT id FROM flights a, flights b'],
    ['42883', 'SELECT nothing(1)'],
    ['42883', 'SELECT lower(1, 2)'],
    ['42883', 'SELECT * FROM nothing(1)'],
    ['42725', "SELECT 'a' + 1"],
    ['42803', 'SELECT id FROM flights GROUP BY carrier'],
    ['42804', "SELECT id FROM flights WHERE id = ANY([DATE '2024-01-01'])"],
    ['3F000', 'SELECT * FROM nowhere.flights'],
    ['3F000', 'DROP SCHEMA nowhere'],
    ['42P06', 'CREATE SCHEMA sales'],
    ['42P07', 'CREATE TABLE flights (id INTEGER)'],
    ['42P07', 'CREATE VIEW flights AS SELECT 1'],
    ['42710', "CREATE TYPE mood AS ENUM ('a')"],
    ['42704', "SELECT 'x'::nothing"],
    ['42701', 'CREATE TABLE twice (a INTEGER, a INTEGER)'],
    ['42701', 'ALTER TABLE flights ADD COLUMN id INTEGER'],
    ['42809', 'DROP VIEW flights'],
    ['42809', 'INSERT INTO cheap VALUES (1)'],
    ['42846', 'SELECT id FROM flights WHERE id = (1, 2)'],
    ['2BP01', 'DROP TABLE flights'],
    ['23505', "INSERT INTO flights VALUES (1, 'BB', 1)"],
    ['23502', 'INSERT INTO flights VALUES (2, NULL, 1)'],
    ['23514', "INSERT INTO flights VALUES (2000, 'BB', 1)"],
    ['23503', 'INSERT INTO legs VALUES (99)'],
    ['22P02', "SELECT 'abc'::INTEGER"],
    ['22P02', "SELECT 'abc'::UUID"],
    ['22P02', "SELECT 'abc'::mood"],
    ['22P02', "SELECT '{'::JSON"],
    ['22003', 'SELECT 300::TINYINT'],
    ['22003', 'SELECT 99999::DECIMAL(4,2)'],
    ['22003', 'SELECT 2147483647::INTEGER + 1::INTEGER'],
    ['22007', "SELECT 'abc'::DATE"],
    ['22007', "SELECT 'abc'::TIMESTAMP"],
    ['22007', "SELECT INTERVAL 'abc'"],
    ['22008', "SELECT '2024-13-45'::DATE"],
    ['22008', "SELECT '25:00'::TIME"],
    ['22008', "SELECT DATE '2024-01-01' + INTERVAL 1000000 YEAR"],
    ['2201E', 'SELECT log(0)'],
    ['2201F', 'SELECT sqrt(-1)'],
    ['2201W', 'SELECT 1 LIMIT -1'],
    ['21000', 'SELECT (SELECT a FROM (VALUES (1), (2)) v (a))'],
    ['22023', "SELECT error('boom')"],
    ['26000', 'EXECUTE nothing'],
    ['3D000', 'DETACH nowhere'],
    ['58P01', "SELECT * FROM 'nowhere.parquet'"],
    ['54000', "SELECT repeat('x', 10000000000)"],
    ['0A000', 'SELECT unnest([1]) WHERE unnest([1]) = 1'],
  ])('%s: %s', async (state, sql) => {
    const error = await errorOf(sql);
    expect({ sqlstate: error.sqlstate, message: error.message }).toEqual({ sqlstate: state, message: error.message });
  });
});

describe('the place of an error counts characters of the text that the client sent', () => {
  test.each([
    ['SELEC 1', 1],
    ['SELECT nothing FROM flights', 8],
    ["SELECT 'é🦆', nothing FROM flights", 14],
    ['SELECT id\nFROM nowhere', 16],
    ["SELECT 'abc'::INTEGER", 13],
  ])('%s', async (sql, position) => {
    expect((await errorOf(sql)).fields.position).toBe(position);
  });
});

test("a missing relation is told in PostgreSQL's words, with DuckDB's suggestion as the hint", async () => {
  const { fields } = await errorOf('SELECT * FROM flight');
  expect(fields.message).toBe('relation "flight" does not exist');
  expect(fields.hint).toBe('Did you mean "flights"?');
});

test('a missing column is told with the columns that there are as the hint', async () => {
  const { fields } = await errorOf('SELECT fares FROM flights');
  expect(fields.message).toBe('column "fares" does not exist');
  expect(fields.hint).toBe('Candidate bindings: "fare", "carrier"');
});

test('a function that takes other arguments is told with the candidates as the hint', async () => {
  const { fields } = await errorOf('SELECT lower(1, 2)');
  expect(fields.message).not.toContain('Candidate');
  expect(fields.hint).toBe('Candidate functions: lower(VARCHAR) -> VARCHAR');
});

test("no message shows how DuckDB's errors are asked for", async () => {
  for (const sql of ['SELEC 1', 'SELECT * FROM nowhere', "SELECT 'abc'::INTEGER", 'PRAGMA nothing']) {
    expect((await errorOf(sql)).message).not.toMatch(/exception|\{|Error:/);
  }
});

test('an error is understood, too, when its connection has been told to word it otherwise', async () => {
  const own = new TestClient(database);
  await own.query('SET errors_as_json = false');
  await expect(own.rows("SELECT 'abc'::INTEGER")).rejects.toMatchObject({
    sqlstate: '22P02',
    message: "Could not convert string 'abc' to INT32",
  });
  await own[Symbol.asyncDispose]();
});

test('after an error the connection goes on', async () => {
  await errorOf('SELECT * FROM nowhere');
  expect(await client.rows('SELECT 1')).toEqual([[1]]);
});
