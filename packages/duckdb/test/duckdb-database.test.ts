import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DuckDBDatabase } from '../src/index.js';
import { TestClient } from './open-client.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riffq-duckdb-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a file keeps what was written, and can be opened again at once', async () => {
  const path = join(folder, 'kept.duckdb');
  const first = await DuckDBDatabase.open(path);
  const client = new TestClient(first);
  await client.rows("CREATE TABLE kept AS SELECT i, 'text ' || i AS t FROM range(1000) t(i)");
  const { batches } = await client.query('SELECT * FROM kept, range(1000)');
  await batches?.next();
  await first.close();

  const second = await DuckDBDatabase.open(path, { readOnly: true });
  const reader = new TestClient(second);
  expect(await reader.rows('SELECT count(*) FROM kept')).toEqual([[1000n]]);
  await expect(reader.rows('DROP TABLE kept')).rejects.toMatchObject({ sqlstate: '25006' });
  await second.close();
  await second.close();
});

test('a script of several statements runs, and its error is told with its place', async () => {
  const database = await DuckDBDatabase.open(':memory:');
  await database.run('CREATE TABLE a AS SELECT 1 AS x; INSERT INTO a VALUES (2); -- done');
  expect(await new TestClient(database).rows('SELECT x FROM a ORDER BY x')).toEqual([[1], [2]]);
  await expect(database.run('SELECT 1; SELEC 2')).rejects.toMatchObject({
    sqlstate: '42601',
    fields: { position: 11 },
  });
  await database.close();
});

test('a script can be interrupted', async () => {
  const database = await DuckDBDatabase.open(':memory:');
  const reason = new Error('enough');
  const controller = new AbortController();
  const running = database.run('CREATE TABLE huge AS SELECT * FROM range(1000000000) a, range(1000) b', {
    signal: controller.signal,
  });
  setTimeout(() => controller.abort(reason), 20);
  await expect(running).rejects.toBe(reason);
  await database.close();
});

test('settings are those of DuckDB', async () => {
  const database = await DuckDBDatabase.open(':memory:', {
    settings: { enable_external_access: 'false', threads: '1' },
  });
  const client = new TestClient(database);
  expect(await client.rows("SELECT current_setting('threads')")).toEqual([[1n]]);
  await expect(client.rows("SELECT * FROM read_text('/etc/hostname')")).rejects.toMatchObject({ sqlstate: '42501' });
  await database.close();
});

test('a locked configuration changes nothing else', async () => {
  const database = await DuckDBDatabase.open(':memory:', { settings: { lock_configuration: 'true' } });
  const client = new TestClient(database);
  expect(await client.rows("SELECT current_setting('TimeZone')")).toEqual([['UTC']]);
  await expect(client.rows('SELECT nothing')).rejects.toMatchObject({ sqlstate: '42703', fields: { position: 8 } });
  await expect(client.query('SET threads = 1')).rejects.toMatchObject({ sqlstate: '22023' });
  await database.close();
});

test('timestamps without a zone are taken as UTC, whatever the zone of the machine', async () => {
  const database = await DuckDBDatabase.open(':memory:');
  const client = new TestClient(database);
  expect(await client.rows("SELECT current_setting('TimeZone'), epoch('1970-01-01 00:00'::TIMESTAMPTZ)")).toEqual([
    ['UTC', 0],
  ]);
  await database.close();
});

test.each([
  ['a setting that is none', ':memory:', { settings: { nothing: '1' } }],
  ['a path that cannot be', '/nowhere/at/all.duckdb', {}],
])('%s is refused with a PgError', async (_name, path, options) => {
  await expect(DuckDBDatabase.open(path, options)).rejects.toMatchObject({ name: 'PgError' });
});

test('checkpoint writes the log of changes into the file', async () => {
  const database = await DuckDBDatabase.open(join(folder, 'checkpoint.duckdb'));
  await database.run('CREATE TABLE a (x INTEGER)');
  await database.checkpoint();
  await database.close();
});
