import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DuckDBDatabase } from '../../src/index.js';
import { CatalogServer } from './catalog-server.js';

const shop = `
  CREATE SCHEMA archive;
  CREATE TYPE mood AS ENUM ('sad', 'happy');
  CREATE SEQUENCE numbers START 5 MAXVALUE 99 CYCLE;
  CREATE TABLE customers (id INTEGER PRIMARY KEY, email VARCHAR NOT NULL UNIQUE, state mood DEFAULT 'happy');
  CREATE TABLE orders (
    id BIGINT DEFAULT nextval('numbers'), line SMALLINT, customer INTEGER REFERENCES customers (id),
    price DECIMAL(10,2) CHECK (price > 0), total DECIMAL(18,2) GENERATED ALWAYS AS (price * line), PRIMARY KEY (id, line));
  CREATE INDEX orders_customer ON orders (customer);
  CREATE INDEX orders_double ON orders ((price * 2));
  INSERT INTO customers SELECT i, 'c' || i, 'sad' FROM range(20) t(i);
  CREATE VIEW happy AS SELECT id, email FROM customers WHERE state = 'happy';
  CREATE TABLE archive.orders (id INTEGER);
  COMMENT ON TABLE orders IS 'what was ordered';
  COMMENT ON COLUMN orders.price IS 'in euros';
  COMMENT ON VIEW happy IS 'who is happy';`;

describe('what psql shows', () => {
  let server: CatalogServer;
  beforeAll(async () => {
    server = await CatalogServer.open(shop);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test('a table: types, defaults, keys, indexes, checks, generated columns', async () => {
    expect(await server.psql('\\d orders')).toBe(
      `Table "main.orders"
Column|Type|Collation|Nullable|Default
id|bigint||not null|nextval('numbers')
line|smallint||not null|
customer|integer|||
price|numeric(10,2)|||
total|numeric(18,2)|||generated always as (CAST((price * line) AS DECIMAL(18, 2))) stored
Indexes:
    "orders_id_line_pkey" PRIMARY KEY, btree (id, line)
    "orders_customer" btree (customer)
Check constraints:
    "orders_price_check" CHECK ((price > 0))
Foreign-key constraints:
    "orders_customer_id_fkey" FOREIGN KEY (customer) REFERENCES customers(id)
`,
    );
  });

  test('lists of lists as arrays of as many dimensions', async () => {
    await using nested = await CatalogServer.open(
      'CREATE TABLE nested (plain INTEGER, list INTEGER[], lists INTEGER[][], fixed DECIMAL(5,2)[3][][2])',
    );
    const sql = `SELECT attname, attndims, format_type(atttypid, atttypmod) AS type FROM pg_attribute
      WHERE attrelid = 'nested'::regclass AND attnum > 0 ORDER BY attnum`;
    expect(await nested.rows(sql)).toEqual([
      ['plain', 0, 'integer'],
      ['list', 1, 'integer[]'],
      ['lists', 2, 'integer[]'],
      ['fixed', 3, 'numeric(5,2)[]'],
    ]);
  });

  test('comments, views with their query, and which tables there are', async () => {
    expect(await server.psql('\\d+ happy')).toContain(
      "View definition:\nSELECT id, email FROM customers WHERE (state = 'happy');",
    );
    expect(await server.psql('\\dv+')).toContain('who is happy');
    expect(await server.psql('\\dt+ orders')).toContain('what was ordered');
    expect(await server.psql('\\d+ orders')).toContain('in euros');
    expect(await server.psql('\\dt')).toBe(
      'List of relations\nSchema|Name|Type|Owner\nmain|customers|table|riffq\nmain|orders|table|riffq\n(2 rows)\n',
    );
    expect(await server.psql('\\dt archive.*')).toContain('archive|orders|table');
  });

  test('enums with their labels, sequences, row estimates', async () => {
    expect(await server.psql('\\dT+')).toContain('main|mood|mood|4|sad\nhappy|');
    expect(await server.psql('\\d numbers')).toContain('bigint|5|1|99|1|yes|1');
    expect(await server.rows("SELECT reltuples FROM pg_class WHERE relname = 'customers'")).toEqual([[20]]);
  });

  test('what a client without a schema in mind looks for', async () => {
    const sql = "SELECT current_schema(), to_regclass('orders')::text, to_regclass('archive.orders')::text";
    expect(await server.rows(sql)).toEqual([['main', 'orders', 'archive.orders']]);
    expect(await server.rows('SHOW search_path')).toEqual([['main']]);
  });

  test('what changes at once', async () => {
    const client = await server.connect();
    const columns =
      "SELECT attname FROM pg_attribute WHERE attrelid = 'fresh'::regclass AND attnum > 0 ORDER BY attnum";
    await client.query('CREATE TABLE fresh (a INTEGER)');
    expect((await client.query(columns)).rows).toEqual([{ attname: 'a' }]);
    await client.query('ALTER TABLE fresh ADD COLUMN b INTEGER');
    expect((await client.query(columns)).rows).toEqual([{ attname: 'a' }, { attname: 'b' }]);
    await client.query('DROP TABLE fresh');
    await expect(client.query(columns)).rejects.toMatchObject({ code: '42P01' });
    await client.end();
  });
});

test('DuckDB looks for tables where the search_path of the client says', async () => {
  await using server = await CatalogServer.open(
    `CREATE SCHEMA s2; CREATE SCHEMA "S, 3"; CREATE TABLE s2.q AS SELECT 2 AS a; CREATE TABLE "S, 3".q AS SELECT 3 AS a;
     CREATE TABLE q AS SELECT 1 AS a; CREATE SCHEMA tester; CREATE TABLE tester.q AS SELECT 4 AS a; CREATE TABLE s2.alone AS SELECT 5 AS a;
     ATTACH ':memory:' AS other; CREATE SCHEMA other.s2; CREATE TABLE other.s2.q AS SELECT 6 AS a`,
  );
  const client = await server.connect();
  const found = async () => {
    const sql = "SELECT relnamespace::regnamespace::text FROM pg_class WHERE oid = 'q'::regclass";
    const [{ relnamespace }] = (await client.query(sql)).rows;
    return [relnamespace, (await client.query('SELECT a FROM q')).rows[0].a];
  };
  expect(await found()).toEqual(['main', 1]);
  await client.query('SET search_path = s2, main');
  expect(await found()).toEqual(['s2', 2]);
  expect((await client.query('SELECT a FROM alone')).rows).toEqual([{ a: 5 }]);
  await client.query(`SET search_path TO nowhere, "S, 3"`);
  expect(await found()).toEqual(['"S, 3"', 3]);
  await client.query('SET search_path = "$user"');
  expect(await found()).toEqual(['tester', 4]);
  await client.query('BEGIN');
  await client.query('SET LOCAL search_path = s2');
  expect(await found()).toEqual(['s2', 2]);
  await client.query('ROLLBACK');
  expect(await found()).toEqual(['tester', 4]);
  await client.query('RESET search_path');
  expect(await found()).toEqual(['main', 1]);
  await client.end();
  const elsewhere = await server.connect('other');
  await elsewhere.query('SET search_path = s2');
  expect((await elsewhere.query('SELECT a FROM q')).rows).toEqual([{ a: 6 }]);
  await elsewhere.end();
});

test('a column of an enum is of that type, also as a list, wherever the enum is', async () => {
  await using server = await CatalogServer.open(
    `CREATE SCHEMA s; CREATE TYPE mood AS ENUM ('sad', 'it''s "fine"[1]'); CREATE TYPE s.mood AS ENUM ('sad', 'it''s "fine"[1]');
     CREATE TYPE one AS ENUM ('a'); CREATE TYPE other AS ENUM ('a'); CREATE TYPE s.size AS ENUM ('small');
     CREATE TABLE t (plain mood, list mood[], lists mood[2][], elsewhere s.size, unnamed ENUM ('x'), alike one);
     CREATE TABLE s.u (plain s.mood)`,
  );
  const types = (table: string) =>
    server.rows(`SELECT attname, attndims, format_type(atttypid, atttypmod) FROM pg_attribute
      WHERE attrelid = '${table}'::regclass AND attnum > 0 ORDER BY attnum`);
  expect(await types('t')).toEqual([
    ['plain', 0, 'mood'],
    ['list', 1, 'mood[]'],
    ['lists', 2, 'mood[]'],
    ['elsewhere', 0, 's.size'],
    ['unnamed', 0, 'character varying'],
    ['alike', 0, 'character varying'],
  ]);
  expect(await types('s.u')).toEqual([['plain', 0, 's.mood']]);
  const sql = "SELECT data_type, udt_name FROM information_schema.columns WHERE column_name = 'elsewhere'";
  expect(await server.rows(sql)).toEqual([['USER-DEFINED', 'size']]);
});

test('every column has the type that a client is told when it selects it', async () => {
  await using server = await CatalogServer.open(
    `CREATE TYPE money AS DECIMAL(7,3);
     CREATE TABLE everything AS SELECT *, 1::money AS alias, '{}'::JSON AS json, NULL::VARIANT AS variant FROM test_all_types()`,
  );
  const client = await server.connect();
  const { fields } = await client.query('SELECT * FROM everything LIMIT 0');
  const { rows } = await client.query(
    `SELECT attname, atttypid, atttypmod FROM pg_attribute
     WHERE attrelid = 'everything'::regclass AND attnum > 0 ORDER BY attnum`,
  );
  await client.end();
  expect(fields.length).toBeGreaterThan(50);
  expect(rows).toEqual(
    fields.map((field) => ({
      attname: field.name,
      atttypid: field.dataTypeID,
      atttypmod: field.dataTypeModifier,
    })),
  );
});

test('attached databases are databases, each with its own tables', async () => {
  await using server = await CatalogServer.open(
    `CREATE TABLE here (a INTEGER); ATTACH ':memory:' AS other; CREATE TABLE other.main.there (b INTEGER)`,
  );
  expect(await server.psql('\\l')).toMatch(/^memory\|[\s\S]*^other\|/m);
  expect(await server.psql('\\c other', '\\dt')).toContain('main|there|table');
  expect(await server.psql('\\dt')).toContain('main|here|table');
  const client = await server.connect('other');
  await client.query('INSERT INTO there VALUES (7)');
  expect((await client.query('SELECT b FROM there')).rows).toEqual([{ b: 7 }]);
  await client.end();
  await expect(server.connect('nowhere')).rejects.toMatchObject({
    code: '3D000',
    hint: expect.stringContaining('memory, other'),
  });
});

test('a database that a client is in cannot be detached, and is gone when the client is', async () => {
  await using server = await CatalogServer.open(
    "ATTACH ':memory:' AS other; CREATE TABLE other.main.there (b INTEGER)",
  );
  const [client, detaching] = [await server.connect('other'), await server.connect()];
  expect((await client.query('SELECT * FROM there')).rows).toEqual([]);
  await expect(detaching.query('DETACH other')).rejects.toMatchObject({ code: '55006' });
  const tables = 'SELECT tablename FROM pg_tables WHERE schemaname = current_schema()';
  expect((await client.query(tables)).rows).toEqual([{ tablename: 'there' }]);
  await client.query('USE memory');
  await detaching.query('DETACH other');
  for (const query of [tables, { name: 'tables', text: tables }]) {
    await expect(client.query(query)).rejects.toMatchObject({ severity: 'ERROR', code: '3D000' });
  }
  expect((await client.query('SELECT 7 AS here')).rows).toEqual([{ here: 7 }]);
  await Promise.all([client.end(), detaching.end()]);
});

test("current_setting() tells DuckDB's settings as SET knows them, and PostgreSQL's", async () => {
  await using server = await CatalogServer.open('CREATE TABLE t (a INTEGER)');
  const client = await server.connect();
  await client.query('SET threads = 3');
  const text = "SELECT current_setting('threads') AS threads";
  for (const query of [text, { text, values: [] }, { name: 'threads', text }]) {
    expect((await client.query(query)).rows).toEqual([{ threads: '3' }]);
  }
  expect((await client.query("SELECT current_setting('work_mem') AS memory")).rows).toEqual([{ memory: '4MB' }]);
  await expect(client.query("SELECT current_setting('nothing')")).rejects.toMatchObject({ code: '42704' });
  await client.end();
});

test('neither statements that compute nor open transactions hold up the catalog', async () => {
  await using server = await CatalogServer.open('CREATE TABLE t (a INTEGER)');
  const [writer, watcher, ...computing] = await Promise.all(Array.from({ length: 6 }, () => server.connect()));
  if (writer === undefined || watcher === undefined) throw new Error('no clients');
  await writer.query('BEGIN');
  await writer.query('INSERT INTO t VALUES (1); CREATE TABLE uncommitted (a INTEGER)');
  const endless = 'SELECT count(*) FROM range(1000000000) a, range(1000000000) b';
  const results = computing.map((client) => client.query(endless).catch((error: unknown) => error));
  const tables = "SELECT relname FROM pg_class WHERE relnamespace = 'main'::regnamespace ORDER BY 1";
  const busy = 'SELECT pid FROM pg_stat_activity WHERE query = $1';
  while ((await watcher.query(busy, [endless])).rowCount !== computing.length);
  expect((await watcher.query(tables)).rows).toEqual([{ relname: 't' }]);
  await watcher.query('SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query = $1', [endless]);
  expect(await Promise.all(results)).toEqual(computing.map(() => expect.objectContaining({ code: '57014' })));
  await writer.query('COMMIT');
  expect((await watcher.query(tables)).rows).toEqual([{ relname: 't' }, { relname: 'uncommitted' }]);
  await Promise.all([writer, watcher, ...computing].map((client) => client.end()));
});

test('names that PostgreSQL would not have are no error', async () => {
  await using server = await CatalogServer.open(
    `CREATE TABLE x ("a b" INTEGER, "q""q" INTEGER CHECK ("q""q" > 0) CHECK ("q""q" < 9), UNIQUE ("a b"));
     CREATE SEQUENCE x; CREATE TYPE x AS ENUM ('a'); CREATE INDEX x ON x ("a b", "q""q");
     CREATE TABLE x_a (b INTEGER, UNIQUE (b)); CREATE TABLE "x_a b" (key INTEGER UNIQUE);
     CREATE VIEW "v AS (" ("c AS d") AS SELECT ' AS ' AS e`,
  );
  expect(
    await server.rows("SELECT relname, relkind FROM pg_class WHERE relkind IN ('r', 'v', 'S') ORDER BY 1"),
  ).toEqual(
    expect.arrayContaining([
      ['v AS (', 'v'],
      ['x', 'r'],
    ]),
  );
  const described = await server.psql('\\d x');
  expect(described).toContain('"x1" btree ("a b", "q""q")');
  expect(described).toMatch(/"x_q"?.*check" CHECK[\s\S]*check1" CHECK/);
  expect(await server.rows(`SELECT pg_get_viewdef('"v AS ("'::regclass)`)).toEqual([["SELECT ' AS ' AS e;"]]);
});

test('a view whose table is gone is listed, also in a file that was opened again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'riffq-duckdb-'));
  const path = join(folder, 'views.duckdb');
  try {
    const first = await DuckDBDatabase.open(path);
    await first.run(
      'CREATE TABLE base (a INTEGER); CREATE VIEW whole AS SELECT 1 AS one; CREATE VIEW broken AS FROM base; DROP TABLE base',
    );
    await first.close();
    await using server = await CatalogServer.open('SELECT 1', path);
    const sql = "SELECT viewname FROM pg_views WHERE schemaname = 'main' ORDER BY 1";
    expect(await server.rows(sql, 'views')).toEqual([['broken'], ['whole']]);
    const columns = "SELECT attname FROM pg_attribute WHERE attrelid = 'whole'::regclass AND attnum > 0";
    expect(await server.rows(columns, 'views')).toEqual([['one']]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
