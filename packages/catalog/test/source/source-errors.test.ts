import { PgError } from '@riffq/wire';
import { describe, expect, test } from 'vitest';
import type { LazyCatalogSource } from '../../src/index.js';
import { contentOf, untyped } from './sources.js';

const relation = {
  oid: 70_002,
  reltypeOid: 70_003,
  name: 'orders',
  columns: [{ name: 'id', typeOid: 20, nullable: false }],
};
const other = { ...relation, oid: 70_012, reltypeOid: 70_013, name: 'other' };

const long = 'ä'.repeat(31);
const [longOnce, longTwice] = [`${long}xy`, `${long}xyz`];
const longColumn = { typeOid: 20, nullable: true };

const broken = (error: unknown) => (): never => {
  throw error;
};

const wrongSequences: readonly [object, string][] = [
  [{ increment: 0 }, `'increment' of sequence "s" must be other than zero, not 0`],
  [{ minimum: 10, maximum: 5 }, `'minimum' of sequence "s" must be less than the maximum 5, not 10`],
  [{ start: 5, minimum: 10 }, `'start' of sequence "s" must be between 10 and 9223372036854775807, not 5`],
  [{ typeOid: 21, maximum: 40000 }, `'maximum' of sequence "s" must be less than 32768, not 40000`],
  [{ typeOid: 25 }, `'typeOid' of sequence "s" must be that of smallint, integer or bigint, not 25`],
];

const wrongDetails: readonly [object, string][] = [
  [{ rowEstimate: 1e300 }, `'rowEstimate' must be a number that float4 has, not 1e+300`],
  [{ primaryKey: 'id' }, `'primaryKey' must be a list of names or an object, not "id"`],
  [{ unique: [5] }, `'unique' must be made of lists of names or objects, not 5`],
  [{ checks: [5] }, `'checks' must be made of texts or objects, not 5`],
  [{ foreignKeys: ['id'] }, `'foreignKeys' must be made of objects, not "id"`],
];

const cases: readonly [string, Partial<LazyCatalogSource>, string][] = [
  ['a method that throws', { schemas: broken(new TypeError('boom')) }, 'lazy catalog source error: TypeError: boom'],
  [
    'a method that rejects',
    { columns: () => Promise.reject(new Error('gone')) },
    'lazy catalog source error: Error: gone',
  ],
  [
    'a method that throws what has no text',
    { databases: broken(Object.create(null)) },
    'lazy catalog source error: object without a text',
  ],
  [
    'an error whose name is a symbol',
    { databases: broken(Object.assign(new Error('m'), { name: Symbol('n') })) },
    'lazy catalog source error: Symbol(n): m',
  ],
  [
    'a proxy that throws whatever it is asked',
    { databases: broken(new Proxy({}, { get: broken(1), has: broken(2), getPrototypeOf: broken(3) })) },
    'lazy catalog source error: object without a text',
  ],
  [
    'a kind that has no text',
    { relations: () => [untyped({ ...relation, kind: Object.create(null) })] },
    "unknown relation kind 'an object' (use table/view/materialized_view)",
  ],
  ['a method that throws a text', { databases: broken('no') }, 'lazy catalog source error: string: no'],
  [
    'an iterable that fails',
    {
      columns: async function* () {
        yield { name: 'id', typeOid: 20, nullable: false };
        throw new RangeError('cut off');
      },
    },
    'lazy catalog source error: RangeError: cut off',
  ],
  [
    'a row with a getter that throws',
    {
      relations: () => [
        {
          ...relation,
          get name() {
            throw new TypeError('getter broke');
          },
        },
      ],
    },
    'lazy catalog source error: TypeError: getter broke',
  ],
  [
    'a column with a getter that throws',
    {
      columns: () => [
        {
          name: 'id',
          nullable: false,
          get typeOid() {
            throw new Error('getter broke');
          },
        },
      ],
    },
    'lazy catalog source error: Error: getter broke',
  ],
  [
    'a sequence that begins beyond int8',
    { schemas: () => [{ oid: 2200, name: 'public', sequences: [{ name: 's', start: 2n ** 63n }] }] },
    `lazy catalog row: field 'start' of sequence "s" must be a 64-bit integer, not 9223372036854775808`,
  ],
  [
    'an interval with fields that there are not',
    { columns: () => [{ name: 'spent', typeOid: 1186, typeModifier: 3 << 16, nullable: false }] },
    `lazy catalog row: field 'typeModifier' of column "spent" must be one of interval's, not 196608`,
  ],
  ...[
    { name: 'short', typeOid: 1043, typeModifier: 4, type: 'character varying' },
    { name: 'long', typeOid: 1043, typeModifier: 2147483647, type: 'character varying' },
    { name: 'codes', typeOid: 1014, typeModifier: 2, type: 'character' },
    { name: 'amount', typeOid: 1700, typeModifier: 3, type: 'numeric' },
    { name: 'flags', typeOid: 1560, typeModifier: 0, type: 'bit' },
    { name: 'at', typeOid: 1114, typeModifier: 7, type: 'timestamp' },
  ].map(({ type, ...column }): [string, Partial<LazyCatalogSource>, string] => [
    `a modifier that ${type} does not have (${column.typeModifier})`,
    { columns: () => [{ ...column, nullable: false }] },
    `lazy catalog row: field 'typeModifier' of column "${column.name}" must be one of ${type}'s, not ${column.typeModifier}`,
  ]),
  [
    'a domain over an interval with fields that there are not',
    {
      schemas: () => [{ oid: 2200, name: 'public', domains: [{ name: 'span', baseTypeOid: 1186, typeModifier: 7 }] }],
    },
    `lazy catalog row: field 'typeModifier' of domain "span" must be one of interval's, not 7`,
  ],
  ...wrongSequences.map(([facts, message]): [string, Partial<LazyCatalogSource>, string] => [
    `a sequence with ${JSON.stringify(facts)}`,
    { schemas: () => untyped([{ oid: 2200, name: 'public', sequences: [{ name: 's', ...facts }] }]) },
    `lazy catalog row: field ${message}`,
  ]),
  ...wrongDetails.map(([details, message]): [string, Partial<LazyCatalogSource>, string] => [
    `a relation with ${JSON.stringify(details)}`,
    { relations: () => untyped([{ ...relation, ...details }]) },
    `lazy catalog row: field ${message}`,
  ]),
  [
    'a row without oid',
    { databases: () => untyped([{ name: 'shop' }]) },
    "lazy catalog row is missing required field 'oid'",
  ],
  [
    'a row whose name is None',
    { databases: () => untyped([{ oid: 1, name: null }]) },
    "lazy catalog row is missing required field 'name'",
  ],
  [
    'a relation without row type',
    { relations: () => untyped([{ oid: 1, name: 'x' }]) },
    "lazy catalog row is missing required field 'reltypeOid'",
  ],
  [
    'a relation of Python without row type',
    { relations: () => untyped([{ oid: 1, name: 'x', has_index: true }]) },
    "lazy catalog row is missing required field 'reltype_oid'",
  ],
  [
    'a column of Python whose type is None',
    { columns: () => untyped([{ name: 'id', type_oid: null, nullable: true }]) },
    "lazy catalog row is missing required field 'type_oid'",
  ],
  [
    'a column without nullable',
    { columns: () => untyped([{ name: 'id', typeOid: 20 }]) },
    "lazy catalog row is missing required field 'nullable'",
  ],
  [
    'a setting without value',
    { settings: () => untyped([{ name: 'x' }]) },
    "lazy catalog row is missing required field 'setting'",
  ],
  [
    'an unknown kind',
    { relations: () => untyped([{ ...relation, kind: 'sequence' }]) },
    "unknown relation kind 'sequence' (use table/view/materialized_view)",
  ],
  ['rows that are a number', { relations: () => untyped(5) }, 'relations() must pass a list of dicts: got a number'],
  [
    'rows that are a text',
    { relations: () => untyped('orders') },
    'relations() must pass a list of dicts: got a string',
  ],
  [
    'rows that are one row',
    { relations: () => untyped(relation) },
    'relations() must pass a list of dicts: got an object',
  ],
  ['a row that is a text', { relations: () => untyped(['orders']) }, 'relations() rows must be dicts: got a string'],
  ['a row that is None', { columns: () => untyped([null]) }, 'columns() rows must be dicts: got null'],
  ['a row that is a list', { columns: () => untyped([['id', 20, true]]) }, 'columns() rows must be dicts: got a list'],
  ...[-1, 0, 1.5, 4_294_967_296, Number.NaN].map((oid): [string, Partial<LazyCatalogSource>, string] => [
    `the OID ${oid}`,
    { databases: () => [{ oid, name: 'shop' }] },
    `lazy catalog row: field 'oid' must be an unsigned 32-bit integer, not ${oid}`,
  ]),
  [
    'a flag that is a number',
    { relations: () => untyped([{ ...relation, hasIndex: 1 }]) },
    "lazy catalog row: field 'hasIndex' must be a boolean, not 1",
  ],
  [
    'a database twice',
    {
      databases: () => [
        { oid: 70_000, name: 'shop' },
        { oid: 70_001, name: 'shop' },
      ],
    },
    'lazy catalog source returned a duplicate pg_database entry for (datname) = ["shop"]',
  ],
  [
    'a schema with the OID of another',
    {
      schemas: () => [
        { oid: 70_001, name: 'a' },
        { oid: 70_001, name: 'b' },
      ],
      relations: () => [],
    },
    'lazy catalog source returned a duplicate pg_namespace entry for (oid) = [70001]',
  ],
  [
    'a relation twice',
    { relations: () => [relation, { ...other, name: 'orders' }] },
    'lazy catalog source returned a duplicate pg_class entry for (relnamespace, relname) = [70001, "orders"]',
  ],
  [
    'a relation with the OID of another',
    { relations: () => [relation, { ...other, oid: relation.oid }] },
    'lazy catalog source returned a duplicate pg_class entry for (oid) = [70002]',
  ],
  [
    'a row type with the OID of another',
    { relations: () => [relation, { ...other, reltypeOid: relation.reltypeOid }] },
    'lazy catalog source returned a duplicate pg_type entry for (oid) = [70003]',
  ],
  [
    'a column twice',
    {
      columns: () => [...relation.columns, ...relation.columns],
      relations: () => [{ oid: 70_002, reltypeOid: 70_003, name: 'orders' }],
    },
    'lazy catalog source returned a duplicate pg_attribute entry for (attrelid, attname) = [70002, "id"]',
  ],
  [
    'a setting twice',
    {
      settings: () => [
        { name: 'x', setting: '1' },
        { name: 'x', setting: '2' },
      ],
    },
    'lazy catalog source returned a duplicate pg_settings entry for (name) = ["x"]',
  ],
  [
    'a key over an unknown column',
    { relations: () => [{ ...relation, primaryKey: ['nope'] }] },
    'unknown column "nope" in index "orders_pkey" of relation "orders"',
  ],
  [
    'a primary key that names a column twice',
    { relations: () => [{ ...relation, primaryKey: ['id', 'id'] }] },
    'column "id" appears twice in primary key constraint of relation "orders"',
  ],
  [
    'a unique constraint that names a column twice',
    { relations: () => [{ ...relation, unique: [['id', 'id']] }] },
    'column "id" appears twice in unique constraint of relation "orders"',
  ],
  [
    'a foreign key to an unknown relation',
    { relations: () => [{ ...relation, foreignKeys: [{ columns: ['id'], references: { relation: 'nope' } }] }] },
    'unknown relation "public.nope" in foreign key "orders_id_fkey" of relation "orders"',
  ],
  [
    'a foreign key to a relation without primary key',
    {
      relations: () => [relation, { ...other, foreignKeys: [{ columns: ['id'], references: { relation: 'orders' } }] }],
    },
    'unknown primary key of "orders" in foreign key "other_id_fkey" of relation "other"',
  ],
];

describe('the client is told of', () => {
  test.each(cases)('%s', async (_, methods, message) => {
    await expect(contentOf(methods)).rejects.toMatchObject({ severity: 'ERROR', sqlstate: 'XX000', message });
  });
});

describe('names that are one once PostgreSQL has cut them are named both, among', () => {
  const names = [longOnce, longTwice];
  const entry = { oid: 1, reltypeOid: 2, columns: relation.columns };
  const cutCases: readonly [string, Partial<LazyCatalogSource>, string][] = [
    [
      'databases',
      { databases: () => names.map((name, at) => ({ oid: 1 + at, name })) },
      'pg_database entry for (datname) = [',
    ],
    [
      'schemas',
      { schemas: () => names.map((name, at) => ({ oid: 1 + at, name })), relations: () => [] },
      'pg_namespace entry for (nspname) = [',
    ],
    [
      'relations',
      { relations: () => names.map((name, at) => ({ ...entry, oid: 10 + at, reltypeOid: 20 + at, name })) },
      'pg_class entry for (relnamespace, relname) = [70001, ',
    ],
    [
      'columns',
      { columns: () => names.map((name) => ({ ...longColumn, name })) },
      'pg_attribute entry for (attrelid, attname) = [70002, ',
    ],
    [
      'indexes',
      { relations: () => [{ ...relation, indexes: names.map((name) => ({ name, columns: ['id'] })) }] },
      'pg_class entry for (relnamespace, relname) = [70001, ',
    ],
    [
      'checks',
      { relations: () => [{ ...relation, checks: names.map((name) => ({ name, expression: 'id > 0' })) }] },
      'pg_constraint entry for (conrelid, conname) = [70002, ',
    ],
    [
      'sequences',
      { schemas: () => [{ oid: 70_001, name: 'public', sequences: names.map((name) => ({ name })) }] },
      'pg_class entry for (relnamespace, relname) = [70001, ',
    ],
    [
      'enums',
      { schemas: () => [{ oid: 70_001, name: 'public', enums: names.map((name) => ({ name, labels: ['a'] })) }] },
      'pg_type entry for (typnamespace, typname) = [70001, ',
    ],
    [
      'labels',
      { schemas: () => [{ oid: 70_001, name: 'public', enums: [{ oid: 90_000, name: 'mood', labels: names }] }] },
      'pg_enum entry for (enumtypid, enumlabel) = [90000, ',
    ],
  ];
  test.each(cutCases)('%s', async (_, methods, entryOf) => {
    await expect(contentOf(methods)).rejects.toMatchObject({
      sqlstate: 'XX000',
      message: `lazy catalog source returned a duplicate ${entryOf}"${longTwice}"]`,
      fields: {
        detail: `"${longOnce}" and "${longTwice}" have the first 63 bytes in common, and PostgreSQL keeps no more of a name.`,
      },
    });
  });

  test('but settings, whose names are texts', async () => {
    const content = await contentOf({ settings: () => names.map((name) => ({ name, setting: '1' })) });
    expect(content.settings).toHaveLength(2);
  });
});

test('the call that failed is in the detail, the thrown error in the cause', async () => {
  const cause = new Error('boom');
  await expect(contentOf({ columns: () => Promise.reject(cause) })).rejects.toMatchObject({
    fields: { detail: 'columns("shop", "public", "orders") failed', cause },
  });
});

test('a row that shows neither spelling is told of both', async () => {
  const message = "lazy catalog row is missing required field 'typeOid'";
  const missing = contentOf({ columns: () => untyped([{ name: 'id', nullable: true }]) });
  await expect(missing).rejects.toMatchObject({ message, fields: { detail: "It may be spelled 'type_oid', too." } });
  const shown = contentOf({ columns: () => untyped([{ name: 'id', nullable: true, typeModifier: 4 }]) });
  await expect(shown).rejects.toMatchObject({ message, fields: { message } });
});

test('an error that the source made for clients goes to them as it is', async () => {
  const error = new PgError({ sqlstate: '42501', message: 'permission denied for catalog' });
  await expect(contentOf({ relations: () => Promise.reject(error) })).rejects.toBe(error);
});

test('an error ends the calls that still run', async () => {
  let told: AbortSignal | undefined;
  const content = contentOf({
    relations: () => [relation, { oid: 1, reltypeOid: 2, name: 'slow' }, { oid: 3, reltypeOid: 4, name: 'broken' }],
    columns: (_database, _schema, name, _callback, { signal }) => {
      if (name === 'broken') throw new Error('boom');
      told = signal;
      return new Promise(() => {});
    },
  });
  await expect(content).rejects.toThrow('boom');
  expect(told?.aborted).toBe(true);
});
