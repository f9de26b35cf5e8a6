import { FIRST_USER_OID, type RelationRow, type SchemaRow } from '@riffq/catalog';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ServedDatabases, twoDatabases } from './two-databases.js';

const integer = 23;
const text = 25;

/** What the source has in one of PostgreSQL's own schemas. */
interface Own {
  readonly schema: SchemaRow;
  readonly relations?: readonly RelationRow[];
}
let own: readonly Own[] = [];

const source = twoDatabases({
  schemas: () => own.map(({ schema }) => schema),
  relations: (schema) => own.find((each) => each.schema.name === schema)?.relations ?? [],
});

let served: ServedDatabases;
let client: pg.Client;
let bystander: pg.Client;

beforeAll(async () => {
  served = await ServedDatabases.open(source);
  ({ client, bystander } = served);
});
afterAll(() => served[Symbol.asyncDispose]());
beforeEach(() => {
  own = [];
});

const rows = async (sql: string, by = client): Promise<readonly unknown[]> =>
  (await by.query<unknown[]>({ text: sql, rowMode: 'array' })).rows;

const relation = (name: string, more: Partial<RelationRow> = {}): RelationRow => ({
  ...{ oid: FIRST_USER_OID + 100, reltypeOid: FIRST_USER_OID + 101, name },
  columns: [{ name: 'a', typeOid: integer, nullable: false }],
  ...more,
});

/** Each kind of object that a source may give a name to, in a schema. */
const kinds: Readonly<Record<string, (schema: SchemaRow, name: string) => Own>> = {
  table: (schema, name) => ({ schema, relations: [relation(name)] }),
  view: (schema, name) => ({ schema, relations: [relation(name, { kind: 'view', definition: 'SELECT 1' })] }),
  index: (schema, name) => ({ schema, relations: [relation('of_mine', { indexes: [{ name, columns: ['a'] }] })] }),
  'primary key': (schema, name) => ({
    schema,
    relations: [relation('of_mine', { primaryKey: { name, columns: ['a'] } })],
  }),
  sequence: (schema, name) => ({ schema: { ...schema, sequences: [{ name }] } }),
  enum: (schema, name) => ({ schema: { ...schema, enums: [{ name, labels: ['x'] }] } }),
  domain: (schema, name) => ({ schema: { ...schema, domains: [{ name, baseTypeOid: text }] } }),
};

/** Everything that has a name in PostgreSQL's own schemas. */
const everything = `SELECT nspname, kind, name, o.oid FROM (
  SELECT 'relation', relname, oid, relnamespace FROM pg_class UNION ALL SELECT 'type', typname, oid, typnamespace FROM pg_type
) o (kind, name, oid, schema) JOIN pg_namespace n ON n.oid = schema ORDER BY 1, 2, 3`;

const schemaRows: readonly SchemaRow[] = [
  { oid: 11, name: 'pg_catalog' },
  { oid: 99, name: 'pg_toast' },
  { oid: FIRST_USER_OID + 50, name: 'information_schema' },
];

describe.each(Object.keys(kinds))('a %s with the name of something built in', (kind) => {
  test('takes its place or is one clear error, and leaves nothing behind', async () => {
    const before = await rows(everything, bystander);
    const names = [...new Set(before.map((row) => String(Array.isArray(row) ? row[2] : row)))];
    // Some of each sort, and what PostgreSQL would name arrays, indexes and sequences of.
    const some = names.filter((_, at) => at % 47 === kind.length).flatMap((name) => [name, name.replace(/^_/, '')]);
    const special =
      'int4 _int4 bool sql_identifier _sql_identifier pg_class pg_tables _pg_tables tables pg_class_oid_index';
    let taken = 0;
    for (const schema of schemaRows) {
      for (const name of new Set([...special.split(' '), 'pg_foreign_data_wrappers', ...some])) {
        own = [kinds[kind]!(schema, name)];
        const answer = await rows('SELECT count(*) > 0 FROM pg_type').catch((error: unknown) => error);
        if (answer instanceof pg.DatabaseError) {
          expect(answer).toMatchObject({
            code: expect.stringMatching(/^(42P07|42710)$/),
            message: expect.stringContaining(`"${schema.name}.${name}"`),
            hint: expect.any(String),
          });
          taken += 1;
        } else expect(answer).toEqual([[true]]);
      }
    }
    expect(taken).toBeGreaterThan(5);
    own = [];
    expect(await rows(everything)).toEqual(before);
    expect(await rows(everything, bystander)).toEqual(before);
  }, 120_000);
});

test('the type of arrays makes room for a relation, as in PostgreSQL', async () => {
  own = [{ schema: { oid: 11, name: 'pg_catalog' }, relations: [relation('_int4')] }];
  expect(
    await rows("SELECT 'pg_catalog._int4'::regclass::oid::int, '{1,2}'::int[], '_int4'::regtype::oid::int"),
  ).toEqual([[FIRST_USER_OID + 100, [1, 2], FIRST_USER_OID + 101]]);
});

test('what the source did not name has a name that is free', async () => {
  const relations = [relation('pg_foreign_data_wrappers')];
  own = [{ schema: { oid: FIRST_USER_OID + 50, name: 'information_schema' }, relations }];
  const array = `SELECT typname FROM pg_type WHERE typelem = ${FIRST_USER_OID + 101}`;
  expect(await rows(array)).toEqual([['_pg_foreign_data_wrappers_1']]);
});

describe('the OID of a schema of PostgreSQL itself', () => {
  test('is the source’s for information_schema, and what is in it follows', async () => {
    const oid = FIRST_USER_OID + 50;
    const where = "FROM pg_class WHERE relname = 'sql_features' OR relname = 'of_mine'";
    const before = await rows(everything);
    own = [{ schema: { oid, name: 'information_schema' }, relations: [relation('of_mine')] }];
    expect(await rows("SELECT oid::int FROM pg_namespace WHERE nspname = 'information_schema'")).toEqual([[oid]]);
    expect(await rows(`SELECT DISTINCT relnamespace::int ${where}`)).toEqual([[oid]]);
    const tables =
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'information_schema' AND table_name = 'of_mine'";
    expect(await rows(tables)).toEqual([['of_mine']]);
    expect(
      await rows("SELECT 'a'::information_schema.sql_identifier, (information_schema._pg_expandarray('{7}'::int[])).x"),
    ).toEqual([['a', 7]]);
    expect(await rows("SELECT has_schema_privilege('information_schema', 'usage')")).toEqual([[true]]);
    own = [];
    expect(await rows(everything)).toEqual(before);
  });

  test.each([
    ['pg_catalog', 11],
    ['pg_toast', 99],
  ])('cannot be another for %s, and the client is told so', async (name, oid) => {
    own = [{ schema: { oid: 61_000, name } }];
    await expect(client.query('SELECT count(*) FROM pg_class')).rejects.toMatchObject({
      code: '42P06',
      message: `OID 61000 of schema "${name}" of the catalog source is not the one that PostgreSQL finds it by`,
      hint: `Give it OID ${oid}, or leave it out: it is there anyway.`,
    });
    expect(await rows('SELECT count(*) > 0 FROM pg_class', bystander)).toEqual([[true]]);
    own = [{ schema: { oid, name }, relations: [relation('of_mine')] }];
    expect(await rows(`SELECT relnamespace::int FROM pg_class WHERE relname = 'of_mine'`)).toEqual([[oid]]);
  });

  test('cannot be one that another has', async () => {
    own = [{ schema: { oid: 2200, name: 'information_schema' } }];
    await expect(client.query('SELECT count(*) FROM pg_class')).rejects.toMatchObject({ code: '42710' });
  });
});
