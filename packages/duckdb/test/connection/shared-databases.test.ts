import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DuckDBDatabase } from '../../src/index.js';
import { TestClient } from '../open-client.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riffq-duckdb-'));
});
afterAll(() => rm(folder, { recursive: true }));

const inUse = { sqlstate: '55006' };
const unsupported = { sqlstate: '0A000' };

describe('a client cannot take the database away from all others', () => {
  test.each([
    'DETACH memory',
    'detach /* a /* b */ */ "memory" -- c',
    'DETACH DATABASE IF EXISTS MEMORY;',
    '--\rDETACH memory --\nDETACH x',
    'ALTER DATABASE memory SET ALIAS TO other',
    `ATTACH OR REPLACE ':memory:' AS memory`,
    'EXPLAIN ANALYZE ALTER DATABASE memory SET ALIAS TO other',
  ])('by %s', async (sql) => {
    await using database = await DuckDBDatabase.open(':memory:');
    await using hostile = new TestClient(database);
    await using bystander = new TestClient(database);
    await bystander.query('CREATE TABLE t AS SELECT 7 AS a');
    await hostile.query("ATTACH ':memory:' AS x");
    await hostile.query('USE x');
    await expect(hostile.query(sql)).rejects.toMatchObject({
      sqlstate: expect.stringMatching(/^(55006|0A000|42601)$/),
    });
    expect(await bystander.rows('SELECT a FROM t')).toEqual([[7]]);
    expect(await new TestClient(database).rows('SELECT a FROM t')).toEqual([[7]]);
  });

  test("by what DuckDB's other parser lets it prepare", async () => {
    await using database = await DuckDBDatabase.open(':memory:');
    await using hostile = new TestClient(database);
    await hostile.query("ATTACH ':memory:' AS x");
    await hostile.query('USE x');
    await hostile.query('CALL enable_peg_parser()');
    const statements = [
      'DETACH memory',
      `ATTACH OR REPLACE ':memory:' AS memory`,
      'ALTER DATABASE memory SET ALIAS TO other',
    ];
    for (const statement of statements) {
      await expect(hostile.query(`PREPARE p AS ${statement}`)).rejects.toMatchObject(unsupported);
      await expect(hostile.query(`EXPLAIN ANALYZE PREPARE p AS ${statement}`)).rejects.toThrow();
      await expect(hostile.query('EXECUTE p')).rejects.toThrow();
    }
    expect(await new TestClient(database).rows('SELECT current_database()')).toEqual([['memory']]);
  });

  test.each(['DETACH memory', 'ALTER DATABASE memory SET ALIAS TO other', "ATTACH OR REPLACE ':memory:' AS memory"])(
    'by importing a file that says %s',
    async (sql) => {
      await Promise.all([writeFile(join(folder, 'schema.sql'), sql), writeFile(join(folder, 'load.sql'), '')]);
      await using database = await DuckDBDatabase.open(':memory:');
      await using hostile = new TestClient(database);
      await hostile.query("ATTACH ':memory:' AS x");
      await hostile.query('USE x');
      await expect(hostile.query(`IMPORT DATABASE '${folder}'`)).rejects.toMatchObject(unsupported);
      expect(await new TestClient(database).rows('SELECT current_database()')).toEqual([['memory']]);
    },
  );

  test('that is open for reading alone', async () => {
    const paths = [join(folder, 'first.duckdb'), join(folder, 'second.duckdb')];
    for (const path of paths) await (await DuckDBDatabase.open(path)).close();
    await using database = await DuckDBDatabase.open(paths[0] ?? '', { readOnly: true });
    await using hostile = new TestClient(database);
    await hostile.query(`ATTACH '${paths[1]}' AS x (READ_ONLY)`);
    await hostile.query('USE x');
    await expect(hostile.query('DETACH first')).rejects.toMatchObject(inUse);
    expect(await new TestClient(database).rows('SELECT current_database()')).toEqual([['first']]);
  });

  test('and neither can the host by a script', async () => {
    await using database = await DuckDBDatabase.open(':memory:');
    const script = "ATTACH ':memory:' AS x; USE x; DETACH DATABASE IF EXISTS memory";
    await expect(database.run(script)).rejects.toMatchObject(inUse);
    await database.run("ATTACH ':memory:' AS x; DETACH x");
  });
});

describe('a database that a session is in stays attached', () => {
  test.each(['USE x', "SET schema = 'x.main'", "PRAGMA schema = 'x.main'", "EXPLAIN ANALYZE SET schema = 'x.main'"])(
    'after %s',
    async (enter) => {
      await using database = await DuckDBDatabase.open(':memory:');
      await using inside = new TestClient(database);
      await using outside = new TestClient(database);
      await outside.query("ATTACH ':memory:' AS x");
      await inside.query(enter);
      await expect(outside.query('DETACH x')).rejects.toMatchObject(inUse);
      await expect(database.run('DETACH x')).rejects.toMatchObject(inUse);
      // DuckDB crashes here when the database is gone.
      await inside.query('CHECKPOINT');
      await inside.query('USE memory');
      expect((await outside.query('DETACH x')).tag(0)).toBe('DETACH');
      await inside.query('CHECKPOINT');
    },
  );

  test('as long as the session lasts', async () => {
    await using database = await DuckDBDatabase.open(':memory:');
    await using outside = new TestClient(database);
    await outside.query("ATTACH ':memory:' AS x");
    const inside = new TestClient(database);
    await inside.query('USE x');
    await expect(outside.query('DETACH x')).rejects.toMatchObject(inUse);
    await inside[Symbol.asyncDispose]();
    await outside.query('DETACH x');
  });

  test('when it enters and another session detaches at the same moment', async () => {
    await using database = await DuckDBDatabase.open(':memory:');
    await using inside = new TestClient(database);
    await using outside = new TestClient(database);
    await inside.query('SELECT 1');
    for (let round = 0; round < 30; round += 1) {
      await outside.query("ATTACH IF NOT EXISTS ':memory:' AS x");
      await Promise.allSettled([inside.query('USE x'), outside.query('DETACH x')]);
      await inside.query('CHECKPOINT');
      await inside.query('USE memory');
    }
  });
});
