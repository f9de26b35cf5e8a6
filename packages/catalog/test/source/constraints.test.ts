import { describe, expect, test } from 'vitest';
import type { RelationRow } from '../../src/index.js';
import { askOracle } from '../oracle.js';
import { contentOf } from './sources.js';

const columns = ['id', 'customer_id', 'code', 'price'].map((name) => ({ name, typeOid: 23, nullable: true }));
const customers = { oid: 70_100, reltypeOid: 70_101, name: 'customers', columns, primaryKey: ['id'] };
const orders = { oid: 70_102, reltypeOid: 70_103, name: 'orders', columns };

async function relationOf(row: Partial<RelationRow>, others: readonly RelationRow[] = [customers]) {
  const content = await contentOf({ relations: () => [...others, { ...orders, ...row }] });
  const relation = content.schemas[0]?.relations.find(({ oid }) => oid === orders.oid);
  if (relation === undefined) throw new Error('the relation is missing');
  return relation;
}

test('a primary key is an index and a constraint, and its columns are not null', async () => {
  const relation = await relationOf({
    primaryKey: { columns: ['code', 'id'], oid: 70_200, indexOid: 70_201, comment: 'the key' },
  });
  expect(relation.indexes).toEqual([
    { oid: 70_201, name: 'orders_pkey', columns: [3, 1], unique: true, primary: true, comment: null },
  ]);
  expect(relation.constraints).toEqual([
    { kind: 'primaryKey', oid: 70_200, name: 'orders_pkey', columns: [3, 1], indexOid: 70_201, comment: 'the key' },
  ]);
  expect(relation.columns.map(({ nullable }) => nullable)).toEqual([false, true, false, true]);
});

test('a foreign key refers to the primary key unless told otherwise, in any schema', async () => {
  const content = await contentOf({
    schemas: () => [
      { oid: 1, name: 'a' },
      { oid: 2, name: 'b' },
    ],
    relations: (_database, schema) =>
      schema === 'a'
        ? [
            {
              ...orders,
              foreignKeys: [
                { columns: ['customer_id'], references: { schema: 'b', relation: 'customers' }, onDelete: 'cascade' },
                { columns: ['id', 'code'], references: { relation: 'orders', columns: ['price', 'code'] } },
              ],
            },
          ]
        : [customers],
  });
  expect(content.schemas[0]?.relations[0]?.constraints).toMatchObject([
    {
      kind: 'foreignKey',
      columns: [2],
      referencedRelationOid: 70_100,
      referencedColumns: [1],
      onDelete: 'cascade',
      onUpdate: 'noAction',
    },
    { kind: 'foreignKey', columns: [1, 3], referencedRelationOid: 70_102, referencedColumns: [4, 3] },
  ]);
});

test('OIDs that nobody gave are of users’ objects, unlike each other and the same every time', async () => {
  const row = { primaryKey: ['id'], unique: [['code']], indexes: [['price']], checks: ['price > 0'] };
  const relation = await relationOf(row);
  const oids = [...relation.indexes, ...relation.constraints].map(({ oid }) => oid);
  expect(new Set(oids).size).toBe(6);
  expect(Math.min(...oids)).toBeGreaterThanOrEqual(16_384);
  const [index] = relation.indexes;
  // Even when another object has taken one of them, the others keep theirs.
  const taken = { ...customers, oid: index?.oid ?? 0 };
  const again = await relationOf(row, [taken]);
  expect(again.constraints.slice(1)).toMatchObject(relation.constraints.slice(1).map(({ oid }) => ({ oid })));
  expect(again.indexes[0]?.oid).not.toBe(taken.oid);
});

describe('what has no name is named as PostgreSQL would', () => {
  const long = 'l'.repeat(50);
  const accented = 'é'.repeat(40);
  test.each([
    ['orders', ['id', 'customer_id', 'code']],
    [long, [long, 'customer_id', 'code']],
    [accented, [accented, 'customer_id', 'code']],
  ])('in table %s', async (table, [first = '', second = '', third = '']) => {
    const names = [first, second, third];
    const relation = await relationOf({
      name: table,
      columns: names.map((name) => ({ name, typeOid: 23, nullable: true })),
      primaryKey: [first],
      unique: [[second], [first, third]],
      indexes: [[second], [second], [first, second, third]],
      foreignKeys: [
        { columns: [second], references: { relation: table, columns: [second] } },
        { columns: [second], references: { relation: table } },
        { columns: [first, third], references: { relation: table, columns: [first, third] } },
      ],
      checks: [
        `"${second}" > 0`,
        { expression: `"${second}" > 1 and 'id' <> 'code'`, columns: [second] },
        `"${second}" > abs("${third}")`,
      ],
    });
    const rows = await askOracle(`
      create temp table "${table}" (
        "${first}" int primary key, "${second}" int unique, "${third}" int, unique ("${first}", "${third}"),
        foreign key ("${second}") references "${table}" ("${second}"), foreign key ("${second}") references "${table}",
        foreign key ("${first}", "${third}") references "${table}" ("${first}", "${third}"),
        check ("${second}" > 0), check ("${second}" > 1 and 'id' <> 'code'), check ("${second}" > abs("${third}")));
      create index on "${table}" ("${second}");
      create index on "${table}" ("${second}");
      create index on "${table}" ("${first}", "${second}", "${third}");
      select conname::text as name from pg_constraint where conrelid = 'pg_temp."${table}"'::regclass and contype <> 'n'
      union all select relname::text from pg_index join pg_class on oid = indexrelid where indrelid = 'pg_temp."${table}"'::regclass
    `);
    const ours = [...relation.constraints, ...relation.indexes].map(({ name }) => name);
    expect(ours.sort()).toEqual(rows.map(({ name }) => name).sort());
  });
});

test.each([
  ['id > 0', [1]],
  ['ID > 0 and "code" <> price', [1, 3, 4]],
  ['code <> \'id\' and "Code" = 1', [3]],
  ['codes(1) > orders.price and price.id > 0', [4, 1]],
  ['prices > 0 and price(1) > 0 and x_id > 0', []],
  ['coalesce(price, id) > 0 or id = 5', [4, 1]],
])('a check over %s is about these columns', async (expression, expected) => {
  const relation = await relationOf({ checks: [expression] });
  expect(relation.constraints[0]?.columns).toEqual(expected);
});

test('enums, domains and sequences of a schema', async () => {
  const content = await contentOf({
    schemas: () => [
      {
        oid: 70_001,
        name: 'public',
        comment: 'all of it',
        enums: [{ name: 'mood', labels: ['sad', 'happy'], oid: 70_300, array_oid: 70_301 }],
        domains: [{ name: 'code', baseTypeOid: 1043, typeModifier: 24, nullable: false, comment: 'short' }],
        sequences: [
          { name: 'ids', ownedBy: { relation: 'orders', column: 'price' } },
          { name: 'small', typeOid: 21, increment: -2, cycle: true },
        ],
      },
    ],
  });
  expect(content.schemas[0]).toMatchObject({
    comment: 'all of it',
    enums: [
      { oid: 70_300, array: { oid: 70_301, name: '_mood' }, name: 'mood', labels: ['sad', 'happy'], comment: null },
    ],
    domains: [{ name: 'code', baseTypeOid: 1043, typeModifier: 24, nullable: false, comment: 'short' }],
    sequences: [
      {
        name: 'ids',
        typeOid: 20,
        start: 1n,
        increment: 1n,
        minimum: 1n,
        maximum: 9_223_372_036_854_775_807n,
        cycle: false,
        ownedBy: { relationOid: 70_002, column: 2 },
      },
      {
        name: 'small',
        typeOid: 21,
        start: -1n,
        increment: -2n,
        minimum: -32_768n,
        maximum: -1n,
        cycle: true,
        ownedBy: null,
      },
    ],
  });
});
