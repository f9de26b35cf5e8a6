import { afterAll, beforeAll, expect, test } from 'vitest';
import { DuckDBDatabase } from '../../src/index.js';
import { TestClient } from '../open-client.js';

let database: DuckDBDatabase;
let client: TestClient;
beforeAll(async () => {
  database = await DuckDBDatabase.open(':memory:');
  client = new TestClient(database);
});
afterAll(() => database.close());

test('every statement has the tag that PostgreSQL gives it', async () => {
  const tags: [string, string][] = [];
  const script: readonly [sql: string, tag: string][] = [
    ['CREATE TABLE t (a INTEGER, b VARCHAR)', 'CREATE TABLE'],
    ["INSERT INTO t VALUES (1, 'a'), (2, 'b')", 'INSERT 0 2'],
    ['/* a comment */ insert into t select * from t where false', 'INSERT 0 0'],
    ["WITH x AS (SELECT 3 AS a) INSERT INTO t SELECT a, 'c' FROM x", 'INSERT 0 1'],
    ["UPDATE t SET b = 'x' WHERE a < 3", 'UPDATE 2'],
    ['DELETE FROM t WHERE a = 1', 'DELETE 1'],
    ["MERGE INTO t USING (SELECT 2 AS a) s ON t.a = s.a WHEN MATCHED THEN UPDATE SET b = 'm'", 'MERGE 1'],
    ['CREATE TABLE copied AS SELECT * FROM range(5)', 'SELECT 5'],
    ['CREATE OR REPLACE TEMP TABLE copied2 AS SELECT * FROM range(0)', 'SELECT 0'],
    ['CREATE OR REPLACE VIEW v AS SELECT 1', 'CREATE VIEW'],
    ['CREATE UNIQUE INDEX i ON t (a)', 'CREATE INDEX'],
    ['CREATE SCHEMA s', 'CREATE SCHEMA'],
    ['CREATE MACRO plus(x) AS x + 1', 'CREATE FUNCTION'],
    ['CREATE SEQUENCE q', 'CREATE SEQUENCE'],
    ["COMMENT ON TABLE t IS 'x'", 'COMMENT'],
    ['DROP INDEX i', 'DROP INDEX'],
    ['ALTER TABLE t ADD COLUMN c INTEGER', 'ALTER TABLE'],
    ['TRUNCATE t', 'TRUNCATE TABLE'],
    ['DROP TABLE IF EXISTS t', 'DROP TABLE'],
    ['CHECKPOINT', 'CHECKPOINT'],
    ['ANALYZE', 'ANALYZE'],
    ['VACUUM', 'VACUUM'],
  ];
  for (const [sql] of script) tags.push([sql, (await client.query(sql)).tag(0)]);
  expect(tags).toEqual(script);
});

test.each([
  ['SELECT * FROM range(3)', 'SELECT 3'],
  ['VALUES (1), (2), (3)', 'SELECT 3'],
  ['EXPLAIN SELECT 1', 'EXPLAIN'],
])('%s tells the number of its rows: %s', async (sql, tag) => {
  const answer = await client.query(sql);
  expect(answer.tag(3)).toBe(tag);
  await answer.batches?.return?.();
});

test('a write with RETURNING counts what it wrote', async () => {
  await client.query('CREATE TABLE w (a INTEGER)');
  expect((await client.query('INSERT INTO w VALUES (1) RETURNING a')).tag(1)).toBe('INSERT 0 1');
  expect((await client.query('UPDATE w SET a = 2 RETURNING a')).tag(1)).toBe('UPDATE 1');
  expect((await client.query('DELETE FROM w RETURNING a')).tag(1)).toBe('DELETE 1');
});
