import { afterAll, expect, test } from 'vitest';
import {
  type ColumnRow,
  type ConstraintContent,
  createCatalog,
  type DatabaseContent,
  type DomainContent,
  LazySource,
} from '../src/index.js';
import { contentOf, schemaOf, tableOf } from './made-up-content.js';
import { askOracle } from './oracle.js';

const notNull = `SELECT conname, conkey::text FROM pg_constraint WHERE contype = 'n' AND connamespace = 's'::regnamespace`;

let now: DatabaseContent;
const versions = [18, 17, 15] as const;
const [current, seventeen, fifteen] = versions.map((version) =>
  createCatalog({ content: async () => now }, { serverVersion: `${version}.4` }),
);
afterAll(() => Promise.all([current, seventeen, fifteen].map((catalog) => catalog?.close())));

async function ask(sql: string, catalog = current): Promise<(string | null)[][]> {
  return (await catalog!.query(sql, [], { user: 'alice', database: 'shop' })).textRows();
}

const positive: DomainContent = {
  oid: 30_100,
  array: { oid: 30_101, name: '_positive' },
  name: 'positive',
  baseTypeOid: 23,
  typeModifier: -1,
  nullable: false,
  notNullOid: 30_102,
  comment: null,
};

/** A schema with one table whose columns are NOT NULL, and a domain that is, too. */
function shop(
  name: string,
  columns: readonly string[],
  constraints: readonly ConstraintContent[] = [],
): DatabaseContent {
  const plain = tableOf(30_010, name, columns);
  const notNullOids = columns.map((_, index) => 30_011 + index);
  const notNull = { notNullOids, columns: plain.columns.map((column) => ({ ...column, nullable: false })) };
  const table = { ...plain, ...notNull, constraints };
  return contentOf('shop', [{ ...schemaOf(30_000, 's', [table]), domains: [positive] }]);
}

test('the constraint goes when the column or the domain may be NULL, and when there is no such version', async () => {
  now = shop('a', ['x', 'y']);
  const ofDomain = ['positive_not_null', null];
  expect(await ask(`${notNull} ORDER BY 1`)).toEqual([['a_x_not_null', '{1}'], ['a_y_not_null', '{2}'], ofDomain]);
  expect(await ask(notNull, seventeen)).toEqual([ofDomain]);
  expect(await ask(notNull, fifteen)).toEqual([]);
  const schema = schemaOf(30_000, 's', [tableOf(30_010, 'a', ['x', 'y'])]);
  now = contentOf('shop', [{ ...schema, domains: [{ ...positive, nullable: true, notNullOid: null }] }]);
  expect(await ask(notNull)).toEqual([]);
});

test('before PostgreSQL 18 it is no constraint, and the standard views make checks up', async () => {
  now = shop('a', ['x']);
  const checks = `SELECT constraint_name, check_clause FROM information_schema.check_constraints
    WHERE constraint_schema = 's' AND check_clause <> 'VALUE IS NOT NULL'`;
  const constraints = `SELECT constraint_name, table_name, constraint_type, is_deferrable, enforced
    FROM information_schema.table_constraints WHERE table_schema = 's'`;
  expect(await ask(checks)).toEqual([['a_x_not_null', 'x IS NOT NULL']]);
  for (const older of [seventeen, fifteen]) {
    expect(await ask(checks, older)).toEqual([['30000_30010_1_not_null', 'x IS NOT NULL']]);
    expect(await ask(constraints, older)).toEqual([['30000_30010_1_not_null', 'a', 'CHECK', 'NO', 'YES']]);
  }
});

test('names are those that PostgreSQL chooses, also where they are long or taken', async () => {
  const table = 'a_table_with_a_name_that_leaves_little_room_for_columns';
  const columns = ['first', 'a_column_whose_name_is_longer_1', 'a_column_whose_name_is_longer_2', 'größe'];
  const taken = { oid: 30_050, name: `${table.slice(0, 48)}_first_not_null`, comment: null };
  now = shop(table, columns, [{ ...taken, kind: 'check', columns: [1], expression: 'true' }]);
  const definitions = columns.map((column) => `"${column}" text NOT NULL`);
  const theirs = await askOracle(`BEGIN; CREATE SCHEMA s; CREATE TABLE s.${table} (${definitions.join()},
    CONSTRAINT ${taken.name} CHECK (true)); ${notNull} ORDER BY conkey`);
  const ours = await ask(`${notNull} AND conrelid <> 0 ORDER BY conkey`);
  expect(ours).toEqual(theirs.map((row) => [row['conname'], row['conkey']]));
});

test('OIDs are those of the names: the same whichever database is asked first, and whatever else changes', async () => {
  const column = { name: 'id', typeOid: 20, nullable: false };
  const rows = (more: readonly ColumnRow[] = []) =>
    [{ oid: 30_010, reltypeOid: 30_011, name: 't', kind: 'table', columns: [...more, column] }] as const;
  let relations = rows();
  const source = {
    databases: () => ['one', 'two'].map((name, number) => ({ name, oid: 70_000 + number })),
    schemas: () => [{ oid: 30_000, name: 's', domains: [{ name: 'positive', baseTypeOid: 23, nullable: false }] }],
    relations: () => relations,
    columns: () => [],
  };
  const oids = `SELECT conname, oid::text FROM pg_constraint WHERE contype = 'n' AND connamespace = 's'::regnamespace
    AND conname <> 't_more_not_null' ORDER BY 1`;
  const told: unknown[] = [];
  for (const order of [
    ['one', 'two'],
    ['two', 'one'],
  ]) {
    await using catalog = createCatalog(new LazySource(source));
    const of = async (database: string) => (await catalog.query(oids, [], { user: 'alice', database })).textRows();
    for (const database of order) await of(database);
    told.push(await of('one'));
    relations = rows([{ ...column, name: 'more' }]);
    told.push(await of('one'));
    relations = rows();
  }
  expect(told[0]).toMatchObject([
    ['positive_not_null', expect.any(String)],
    ['t_id_not_null', expect.any(String)],
  ]);
  expect(told.slice(1)).toEqual([told[0], told[0], told[0]]);
});
