import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CatalogServer } from './catalog-server.js';

/** What a server warns of while a statement of the catalog is answered over what a script makes. */
async function over(script: string, ...statements: readonly string[]) {
  const warned: string[] = [];
  const warn = (fields: object, message: string): void => {
    warned.push('reason' in fields ? `${message}: ${fields.reason}` : message);
  };
  const silent = (): void => {};
  const logger = { debug: silent, info: silent, warn, error: silent };
  await using server = await CatalogServer.open(script, ':memory:', { logger });
  const answers: (readonly unknown[][])[] = [];
  for (const statement of [...statements, ...statements]) answers.push(await server.rows(statement));
  return { answers: answers.slice(statements.length), warned };
}

const relations = `SELECT relname, relkind FROM pg_class WHERE relnamespace = 'main'::regnamespace ORDER BY 2, 1`;
const attributes = (table: string) =>
  `SELECT attname FROM pg_attribute WHERE attrelid = '"${table}"'::regclass AND attnum > 0 ORDER BY attnum`;
const constraints = `SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
  WHERE connamespace = 'main'::regnamespace AND contype <> 'n' ORDER BY 1, 2`;
const indexes = `SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
  WHERE indrelid >= 16384 ORDER BY 1`;
const long = 'n'.repeat(62);

describe('names that are the same in their first 63 bytes are numbered:', () => {
  test('columns that DuckDB names after their expression', async () => {
    const sum = (origin: string) =>
      `sum(CASE WHEN delay > 15 AND airline_code = 'LH' AND origin = '${origin}' THEN 1 ELSE 0 END)`;
    const script = `CREATE TABLE flights (airline_code VARCHAR, delay INTEGER, origin VARCHAR);
      CREATE VIEW punctual AS SELECT ${sum('Frankfurt')}, ${sum('Frankfurt am Main')} FROM flights`;
    const { answers } = await over(script, attributes('punctual'));
    const [[first], [second]] = answers[0] as [[string], [string]];
    expect(second).toBe(`${first.slice(0, 62)}1`);
  });

  test('tables, columns, indexes, sequences and their keys', async () => {
    const script = `CREATE TABLE ${long}_a (${long}_x INTEGER PRIMARY KEY, ${long}_y INTEGER UNIQUE);
      CREATE TABLE ${long}_b (a INTEGER REFERENCES ${long}_a (${long}_y), b INTEGER UNIQUE);
      CREATE INDEX ${long}_i ON ${long}_b (a); CREATE INDEX ${long}_j ON ${long}_b (b);
      CREATE SEQUENCE ${long}_s`;
    const { answers, warned } = await over(script, relations, attributes(`${long}_`), constraints);
    const [names, columns, keys] = answers as [string[][], string[][], string[][]];
    expect(names.map(([, kind]) => kind)).toEqual(['S', 'i', 'i', 'i', 'i', 'i', 'r', 'r']);
    expect(new Set(names.map(([name]) => name)).size).toBe(names.length);
    expect(columns).toEqual([[`${long}_`], [`${long}1`]]);
    expect(keys).toEqual(expect.arrayContaining([[`${long}1`, `FOREIGN KEY (a) REFERENCES ${long}_(${long}1)`]]));
    expect(warned).toEqual([]);
  });

  test('schemas, enums and labels', async () => {
    const script = `CREATE SCHEMA ${long}_a; CREATE SCHEMA ${long}_b; CREATE TABLE ${long}_b.t (a INTEGER);
      CREATE TYPE ${long}_c AS ENUM ('${long}_x', '${long}_y'); CREATE TYPE ${long}_d AS ENUM ('a')`;
    const { answers } = await over(
      script,
      `SELECT nspname FROM pg_namespace WHERE nspname ~ '^n' ORDER BY 1 DESC`,
      `SELECT '${long}1.t'::regclass::text`,
      `SELECT typname FROM pg_type WHERE typtype = 'e' ORDER BY 1 DESC`,
      `SELECT enumlabel FROM pg_enum ORDER BY enumsortorder LIMIT 3`,
    );
    const both = [[`${long}_`], [`${long}1`]];
    expect(answers).toEqual([both, [[`${long}1.t`]], both, expect.arrayContaining([['a'], ...both])]);
  });
});

describe('names are found in whatever case they are written:', () => {
  test('tables and columns of foreign keys', async () => {
    const script = `CREATE TABLE Parent (Id INTEGER PRIMARY KEY, Other INTEGER UNIQUE);
      CREATE TABLE one (x INTEGER REFERENCES PARENT (ID)); CREATE TABLE two (Y INTEGER, FOREIGN KEY (y) REFERENCES parent (oTHER))`;
    const { answers } = await over(script, constraints);
    expect(answers[0]).toEqual(
      expect.arrayContaining([
        ['one', 'FOREIGN KEY (x) REFERENCES "Parent"("Id")'],
        ['two', 'FOREIGN KEY ("Y") REFERENCES "Parent"("Other")'],
      ]),
    );
  });

  test('columns of indexes, and a field of a struct is none', async () => {
    const script = `CREATE TABLE T1 (Id INTEGER, b INTEGER, s STRUCT(id INTEGER));
      CREATE INDEX plain ON t1 (id); CREATE INDEX several ON T1 (B, ID, b); CREATE INDEX field ON t1 ((s.id))`;
    const { answers, warned } = await over(script, indexes);
    expect(answers[0]).toEqual([
      ['plain', 'CREATE INDEX plain ON main."T1" USING btree ("Id")'],
      ['several', 'CREATE INDEX several ON main."T1" USING btree (b, "Id", b)'],
    ]);
    expect(warned).toEqual([]);
  });
});

describe('what a catalog cannot show is left out, and the rest is there:', () => {
  test('more columns than PostgreSQL has, and a key over one of those', async () => {
    const columns = Array.from({ length: 1700 }, (_, at) => `c${at} INTEGER`);
    const script = `CREATE TABLE wide (${columns}, UNIQUE (c1650)); CREATE TABLE narrow (a INTEGER)`;
    const { answers, warned } = await over(script, relations, `SELECT count(*)::int FROM (${attributes('wide')})`);
    expect(answers).toEqual([
      [
        ['narrow', 'r'],
        ['wide', 'r'],
      ],
      [[1600]],
    ]);
    expect(warned).toEqual([
      'the catalog leaves out columns of table "main.wide": there are 1700, of which PostgreSQL has 1600 at most',
      'the catalog leaves out constraint "wide_c1650_key" of table "main.wide": there is no column "c1650"',
    ]);
  });

  test('nothing of labels with NUL, long comments, empty enums and names of system schemas', async () => {
    const comment = 'x'.repeat(1_000_000);
    const script = `CREATE TYPE odd AS ENUM (SELECT chr(0)); CREATE TYPE none AS ENUM (); CREATE TABLE t (a INTEGER DEFAULT 5);
      COMMENT ON TABLE t IS '${comment}'; CREATE TABLE pg_class (a INTEGER); CREATE VIEW pg_type AS SELECT 1 AS one`;
    const { answers, warned } = await over(
      script,
      `SELECT enumlabel FROM pg_enum`,
      `SELECT typname FROM pg_type WHERE typtype = 'e' ORDER BY 1`,
      `SELECT length(obj_description('t'::regclass))`,
    );
    expect(answers).toEqual([[['\ufffd']], [['none'], ['odd']], [[1_000_000]]]);
    expect(warned).toEqual([]);
  });

  test('a database whose name PostgreSQL could not tell from another', async () => {
    const { answers, warned } = await over(
      `ATTACH ':memory:' AS ${long}_a; ATTACH ':memory:' AS ${long}_b`,
      'SELECT datname FROM pg_database ORDER BY 1',
    );
    expect(answers).toEqual([[['memory'], [`${long}_`]]]);
    expect(warned).toEqual([
      `the catalog leaves out database "${long}_b": PostgreSQL could not tell it from "${long}_a"`,
    ]);
  });
});

test('a database file may have a longer name than PostgreSQL keeps', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'riffq-duckdb-'));
  try {
    const name = `${long}_too_long`;
    await using server = await CatalogServer.open('CREATE TABLE t (a INTEGER)', join(folder, `${name}.duckdb`));
    expect(await server.rows(relations, name)).toEqual([['t', 'r']]);
    expect(await server.rows('SELECT current_database()', name)).toEqual([[`${long}_`]]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
