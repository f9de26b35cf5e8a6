import { isPgError, typeOid } from '@riffq/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveType } from '../../src/registry/resolve-type.js';
import { askOracle } from '../oracle.js';

/** Types as SQL has them; `int` is not among them, because it is toArrow's here. */
const names = [
  ...[
    'integer',
    'int4',
    'smallint',
    'bigint',
    'INT8',
    'real',
    'float8',
    'double precision',
    'Double\n Precision',
    'boolean',
  ],
  ...[
    'float',
    'float(1)',
    'float(24)',
    'float(25)',
    'float(53)',
    'numeric',
    'numeric(10)',
    'numeric(10,2)',
    'decimal(1000, 1000)',
  ],
  ...[
    'dec(3,-2)',
    'numeric( 1 , -1000 )',
    'text',
    'varchar',
    'varchar(20)',
    'VARCHAR ( 1 )',
    'character varying(10485760)',
  ],
  ...[
    'character varying',
    'char varying(3)',
    'national character varying(4)',
    'nchar varying(5)',
    'character',
    'char',
    'nchar(2)',
  ],
  ...[
    'char(7)',
    'national character(3)',
    'national char',
    'bpchar',
    'bpchar(3)',
    '"char"',
    'pg_catalog.bpchar(4)',
    'name',
  ],
  ...['bit', 'bit(3)', 'bit(83886080)', 'bit varying', 'bit varying(5)', 'varbit(6)', 'pg_catalog.bit', '"bit"'],
  ...[
    'date',
    'time',
    'time(3)',
    'time without time zone',
    'time (0) without time zone',
    'time with time zone',
    'timetz(2)',
  ],
  ...[
    'timestamp',
    'timestamp(6)',
    'timestamp(9)',
    'timestamp(3) with time zone',
    'timestamp with time zone',
    'timestamptz(1)',
  ],
  ...['timestamp without time zone', 'pg_catalog.timestamptz(4)', '"timestamptz"', '"pg_catalog"."numeric"(4, 1)'],
  ...['interval', 'interval(3)', 'interval(0)', 'interval year', 'interval month', 'interval day', 'interval hour'],
  ...['interval minute', 'interval second', 'interval second(2)', 'interval year to month', 'interval day to hour'],
  ...['interval day to minute', 'interval day to second', 'interval day to second(3)', 'interval hour to minute'],
  ...['interval hour to second(6)', 'interval minute to second', 'INTERVAL  DAY  TO  SECOND (1)'],
  ...[
    'uuid',
    'json',
    'jsonb',
    'xml',
    'bytea',
    'inet',
    'cidr',
    'macaddr',
    'money',
    'oid',
    'regclass',
    'point',
    'tsvector',
    'pg_lsn',
  ],
  ...['int4range', 'nummultirange', 'int2vector', '_int4', '_text', 'text[]', 'text[3]', 'text[][]', 'numeric(10,2)[]'],
  ...['timestamp(3) with time zone[]', 'integer array', 'integer array[4]', 'varchar(5) array', 'double precision[]'],
  ...['pg_catalog.int4[]', '"char"[]', 'bit(3)[]', 'interval day to second(3)[]', 'int4 [ ] [ 2 ]'],
];

describe('a type’s name means what it means to PostgreSQL', () => {
  test.each(names)('%s', async (name) => {
    const [row] = await askOracle(`
      create temp table t (c ${name});
      select atttypid::int as "typeOid", atttypmod as "typeModifier", attndims as dimensions, format_type(atttypid, atttypmod) as name
      from pg_attribute where attrelid = 'pg_temp.t'::regclass and attname = 'c'`);
    const dimensions = Number(row?.['dimensions']);
    expect(resolveType(name)).toEqual({
      ...{ kind: 'oid', typeOid: row?.['typeOid'], typeModifier: row?.['typeModifier'] },
      ...(dimensions > 1 && { dimensions }),
    });
    // And what PostgreSQL prints means the same again.
    expect(resolveType(String(row?.['name']))).toMatchObject({ typeOid: row?.['typeOid'] });
  });

  test.each([
    ...[
      'numeric(0)',
      'numeric(1001)',
      'numeric(10,1001)',
      'numeric(1,2,3)',
      'varchar(0)',
      'char(0)',
      'varchar(10485761)',
    ],
    ...['bit(0)', 'bit varying(83886081)', 'float(0)', 'float(54)', 'text(3)', 'uuid(1)'],
  ])('%s is refused in its words', async (name) => {
    const refusal = await askOracle(`create temp table t (c ${name})`).then(
      () => 'nothing',
      (error: Error) => error.message,
    );
    expect(() => resolveType(name)).toThrow(refusal);
  });

  test('every type that it is built with, but for pseudo-types', async () => {
    const rows = await askOracle(`select oid::int as oid, typtype = 'p' as pseudo from pg_type where oid < 16384`);
    const pseudo = new Set(rows.filter((row) => row['pseudo']).map((row) => row['oid']));
    for (const [name, oid] of Object.entries(typeOid)) {
      const outcome = (): unknown => resolveType(`"${name}"`);
      if (pseudo.has(oid)) expect(outcome, name).toThrow(/pseudo-type/);
      else expect(outcome(), name).toEqual({ kind: 'oid', typeOid: oid, typeModifier: -1 });
    }
  });
});

test.each(['_int4[]', 'pg_node_tree[]'])('%s is refused, as by PostgreSQL', async (name) => {
  await expect(askOracle(`create temp table t (c ${name})`)).rejects.toThrow();
  expect(() => resolveType(name)).toThrow(`could not find array type for "${name}"`);
});

test.each([
  ['int', typeOid.int8],
  ['float', typeOid.float8],
  ['bool', typeOid.bool],
  ['str', typeOid.varchar],
  ['string', typeOid.varchar],
  ['date', typeOid.date],
  ['datetime', typeOid.timestamp],
  ['int[]', typeOid._int8],
  ['str[]', typeOid._varchar],
])('%s is what toArrow makes of it', (name, oid) => {
  expect(resolveType(name)).toEqual({ kind: 'oid', typeOid: oid, typeModifier: -1 });
});

test.each([
  ['mood', { kind: 'named', schema: undefined, name: 'mood', array: false }],
  ['Mood[]', { kind: 'named', schema: undefined, name: 'mood', array: true }],
  ['shop."Mood ""x"""', { kind: 'named', schema: 'shop', name: 'Mood "x"', array: false }],
  ['"Shop".mood array', { kind: 'named', schema: 'Shop', name: 'mood', array: true }],
  ['shop.int4', { kind: 'named', schema: 'shop', name: 'int4', array: false }],
  ['"str"', { kind: 'named', schema: undefined, name: 'str', array: false }],
  ['stimmung_über', { kind: 'named', schema: undefined, name: 'stimmung_über', array: false }],
])('%s is the name of a type that is not built in', (name, expected) => {
  expect(resolveType(name)).toEqual(expected);
});

test.each([
  ...[
    '',
    ' ',
    '(',
    'numeric(',
    'numeric(10',
    'numeric()',
    'numeric(a)',
    'text[',
    'text]',
    'text[a]',
    '"text',
    'a.b.c',
    'a b.c',
    'a.b c',
  ],
  ...['int; drop table x', "text'", 'text--', 'numeric(10,)', '[]', '.', 'a.', '.a', 'text[] text', '"a" "b"', '"a" b'],
])('%j is no name of a type', (name) => {
  expect(() => resolveType(name)).toThrow(`invalid type name "${name}"`);
});

test('whatever the text, there is a type or an error for the program', () => {
  const part = fc.constantFrom(
    ...[
      'int',
      'numeric',
      'timestamp',
      'with',
      'time',
      'zone',
      'array',
      'interval',
      'day',
      'to',
      'second',
      'char',
      'varying',
      'shop',
    ],
    ...['(', ')', '[', ']', ',', '.', '"', '""', '-1', '0', '3', '99999999999', ' ', '\n', 'é', '\u{1f600}', ';', "'"],
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), fc.constantFrom('', ' '), (parts, between) => {
      try {
        expect(resolveType(parts.join(between)).kind).toMatch(/^(?:oid|named)$/);
      } catch (error) {
        expect(isPgError(error), String(error)).toBe(true);
      }
    }),
    { numRuns: 5000 },
  );
});
