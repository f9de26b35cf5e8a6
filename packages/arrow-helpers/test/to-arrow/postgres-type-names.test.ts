import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { columnType } from '../../src/column-type.js';
import { toArrow } from '../../src/to-arrow.js';
import { errorIn } from './error-in.js';

let oracle: Client;
beforeAll(async () => {
  oracle = new Client({ ...inject('oracle') });
  await oracle.connect();
});
afterAll(() => oracle.end());

describe('a type by its name has the OID and the modifier that PostgreSQL gives a column of it', () => {
  test.each([
    '_int4',
    'int4 array',
    'int4 array[3]',
    'numeric(5,2) array',
    '"int4"',
    '"numeric"(5,2)',
    'char',
    'character',
    'nchar',
    'national char',
    'char(3)',
    'bpchar',
    'pg_catalog.bpchar',
    '"char"',
    'bit',
    'bit[]',
    'bit(5)',
    '"bit"',
    'pg_catalog.bit',
    'information_schema.cardinal_number',
    'information_schema.character_data',
    'information_schema.sql_identifier',
    'information_schema.time_stamp',
    'information_schema.yes_or_no',
  ])('%s', async (type) => {
    const [field] = toArrow([{ name: 'c', type }], []).schema.fields;
    const { fields } = await oracle.query(`SELECT NULL::${type}`);
    const found = field && columnType(field);
    expect([found?.typeOid, found?.typeModifier]).toEqual([fields[0]?.dataTypeID, fields[0]?.dataTypeModifier]);
  });
});

test('the names int, string and the like are of any case', () => {
  const columns = ['INT', 'Float', 'STRING', 'Datetime'].map((type) => ({ name: type, type }));
  expect(toArrow(columns, []).schema.fields.map(({ type }) => String(type))).toEqual([
    'Int64',
    'Float64',
    'Utf8',
    'Timestamp<MICROSECOND>',
  ]);
});

describe('text for numeric is read as PostgreSQL does', () => {
  test.each(['Inf', '-inf', '+Infinity', 'nan', ' NaN ', '1_000', '1_0.0_1e1', '-0x1F', '0b1_0', '0o17'])(
    '%s',
    async (text) => {
      const { rows } = await oracle.query<{ n: string }>('SELECT $1::numeric::text AS n', [text]);
      const table = toArrow([{ name: 'c', type: 'numeric' }], [[text]]);
      expect(table.getChildAt(0)?.get(0)).toBe(rows[0]?.n);
    },
  );

  test.each(['1__0', '_1', '1_', '0x', 'infin', '+nan'])('%s is none', async (text) => {
    await expect(oracle.query('SELECT $1::numeric', [text])).rejects.toThrow('invalid input syntax');
    expect(errorIn(() => toArrow([{ name: 'c', type: 'numeric' }], [[text]])).sqlstate).toBe('22P02');
  });
});

test.each([
  [
    'fixed_size_binary[99999999999]',
    '22023',
    'column "c": a fixed_size_binary has at most 2147483647 bytes, not 99999999999',
  ],
  ['timestamp[us, tz=Nowhere]', '22023', 'column "c": invalid value for parameter "TimeZone": "Nowhere"'],
])('%s is an error that names the column', (type, sqlstate, message) => {
  expect(errorIn(() => toArrow([{ name: 'c', type }], []))).toMatchObject({ sqlstate, message });
});

test('a struct takes no keys that it does not have', () => {
  const work = (): unknown => toArrow([{ name: 'c', type: 'struct<a: int32>' }], [[{ a: 1, z: 2 }]]);
  expect(errorIn(work).message).toContain('row 1 has an object with the unknown key "z"');
});
