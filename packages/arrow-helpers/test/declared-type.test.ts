import { buildData, postgresTypes, type Raw } from '@riffq/all-types';
import {
  Binary,
  BinaryView,
  Bool,
  type DataType,
  DateDay,
  Decimal,
  Dictionary,
  Field,
  FixedSizeBinary,
  Float16,
  Float32,
  Float64,
  Int8,
  Int32,
  Int64,
  LargeBinary,
  List,
  Null,
  Struct,
  Uint32,
  Uint64,
  Utf8,
} from 'apache-arrow';
import { Client } from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { columnType } from '../src/column-type.js';
import { encodeBinary, encodeText } from './encode-column.js';

const as = (type: string) => new Map([['PG:type', type]]);
const described = (type: DataType, metadata: Map<string, string>) => columnType(new Field('x', type, true, metadata));
const bytes = (text: string) => Buffer.from(text, 'utf8');

/** Arrow type, declared type, stored value, OID, text, binary. */
const pairs: readonly (readonly [DataType, string, Raw, number, string, string])[] = [
  [new Int64(), 'int4', 7n, 23, '7', '00000007'],
  [new Int8(), 'bigint', -1, 20, '-1', 'ffffffffffffffff'],
  [new Uint32(), 'oid', 4_294_967_295, 26, '4294967295', 'ffffffff'],
  [new Int64(), 'oid', 16_384n, 26, '16384', '00004000'],
  [new Int32(), 'numeric', -12_345, 1700, '-12345', '000200014000000000010929'],
  [new Uint64(), 'int8', 5n, 20, '5', '0000000000000005'],
  [new Float32(), 'double precision', 1.5, 701, '1.5', '3ff8000000000000'],
  [new Float64(), 'real', 0.1, 700, '0.1', '3dcccccd'],
  [new Float16(), 'float8', 0x3e00, 701, '1.5', '3ff8000000000000'],
  [new Decimal(2, 9, 128), 'numeric', [12_345, 0, 0, 0], 1700, '123.45', '0002000000000002007b1194'],
  [new Utf8(), 'text', bytes('a'), 25, 'a', '61'],
  [new Utf8(), 'name', bytes('a'), 19, 'a', '61'],
  [new Utf8(), 'json', bytes('{"a":1}'), 114, '{"a":1}', bytes('{"a":1}').toString('hex')],
  [new Utf8(), 'jsonb', bytes('{"a": 1}'), 3802, '{"a": 1}', `01${bytes('{"a": 1}').toString('hex')}`],
  [new Binary(), 'text', bytes('é'), 25, 'é', 'c3a9'],
  ...[new Binary(), new LargeBinary(), new BinaryView(), new FixedSizeBinary(18)].flatMap((type) => {
    const json = bytes('{"b":1,  "a":"é"}');
    const jsonb = '{"a": "é", "b": 1}';
    return [
      [type, 'json', json, 114, json.toString(), json.toString('hex')],
      [type, 'jsonb', json, 3802, jsonb, `01${bytes(jsonb).toString('hex')}`],
    ] as const;
  }),
  [new FixedSizeBinary(16), 'uuid', Buffer.alloc(16, 1), 2950, '01010101-0101-0101-0101-010101010101', '01'.repeat(16)],
  [new DateDay(), 'text', 0, 25, '1970-01-01', bytes('1970-01-01').toString('hex')],
  [new Float64(), 'json', Number.NaN, 114, '"NaN"', bytes('"NaN"').toString('hex')],
  [
    new List(new Field('item', new List(new Field('item', new Int32())))),
    'json',
    [[1], []],
    114,
    '[[1],[]]',
    bytes('[[1],[]]').toString('hex'),
  ],
  [
    new List(new Field('item', new Int32())),
    'bigint[]',
    [1],
    1016,
    '{1}',
    '000000010000000000000014000000010000000100000008' + '0000000000000001',
  ],
  [new Struct([new Field('a', new Int32())]), 'jsonb', [1], 3802, '{"a": 1}', `01${bytes('{"a": 1}').toString('hex')}`],
];

describe('a column that is declared as another type', () => {
  test.each(pairs.map((pair) => [`${pair[0]} as ${pair[1]}`, ...pair] as const))(
    '%s is described and written so',
    (_, type, declared, raw, oid, text, binary) => {
      expect(described(type, as(declared)).typeOid).toBe(oid);
      const data = buildData(type, [raw, null]);
      expect(encodeText(data, as(declared))).toEqual([text, null]);
      expect(encodeBinary(data, as(declared))).toEqual([binary, null]);
    },
  );

  test.each(['json', 'jsonb'])('bytes as %s have to be that', (declared) => {
    for (const type of [new Binary(), new LargeBinary(), new BinaryView(), new FixedSizeBinary(3)]) {
      for (const [raw, sqlstate] of [
        ['[1}', '22P02'],
        ['"\xff"', '22021'],
      ] as const) {
        const data = buildData(type, [null, Buffer.from(raw, 'latin1')]);
        for (const encode of [encodeText, encodeBinary]) {
          expect(() => encode(data, as(declared))).toThrow(expect.objectContaining({ sqlstate }));
        }
      }
    }
    const member = new Struct([new Field('j', new Binary(), true, as(declared)), new Field('b', new Binary())]);
    expect(encodeText(buildData(member, [[bytes('[]'), bytes('[]')]]))).toEqual(['{"j":[],"b":"\\\\x5b5d"}']);
  });

  test.each(['text', 'varchar', 'name'])('arrow.uuid as %s is the text of the uuid', (declared) => {
    const metadata = new Map([...as(declared), ['ARROW:extension:name', 'arrow.uuid']]);
    const text = '01010101-0101-0101-0101-010101010101';
    const data = buildData(new FixedSizeBinary(16), [Buffer.alloc(16, 1), null]);
    expect(encodeText(data, metadata)).toEqual([text, null]);
    expect(encodeBinary(data, metadata)).toEqual([bytes(text).toString('hex'), null]);
  });

  test.each([
    ['numeric(10,2)', 1700, ((10 << 16) | 2) + 4],
    ['varchar(20)', 1043, 24],
    ['character varying (20)', 1043, 24],
    ['char(3)', 1042, 7],
    ['timestamp(3) with time zone', 1184, 3],
    ['timestamptz', 1184, -1],
    ['uuid[]', 2951, -1],
    ['"char"', 18, -1],
    ['pg_catalog.int4', 23, -1],
    ['dec(15,5)', 1700, ((15 << 16) | 5) + 4],
    ['float', 701, -1],
    ['float(24)', 700, -1],
    ['national character varying(5)', 1043, 9],
    ['interval(3)', 1186, (0x7fff << 16) | 3],
    ['interval day to second', 1186, (0x1c08 << 16) | 0xffff],
    ['interval(3)[]', 1187, (0x7fff << 16) | 3],
  ])('has the OID and the modifier of %s', (name, typeOid, typeModifier) => {
    expect(described(new Utf8(), as(name))).toMatchObject({ typeOid, typeModifier });
  });

  test('numeric, of strings: all that PostgreSQL prints for it', () => {
    const texts = ['NaN', 'Infinity', '-Infinity', '0', '-0.10', `${'9'.repeat(1000)}.5`];
    expect(encodeText(buildData(new Utf8(), texts.map(bytes)), as('numeric'))).toEqual(texts);
    expect(encodeText(buildData(new Utf8(), [bytes('NaN')]), as('numeric(5,2)'))).toEqual(['NaN']);
    for (const text of ['-NaN', 'Infinity2', '-']) {
      expect(() => encodeText(buildData(new Utf8(), [bytes(text)]), as('numeric'))).toThrow(
        expect.objectContaining({ sqlstate: '22P02' }),
      );
    }
  });

  test('by OID and modifier, and of a table', () => {
    const metadata = new Map([
      ['PG:oid', '1043'],
      ['PG:typmod', '24'],
      ['PG:table_oid', '16400'],
      ['PG:column_number', '3'],
    ]);
    expect(described(new Utf8(), metadata)).toEqual({
      typeOid: 1043,
      typeSize: -1,
      typeModifier: 24,
      tableOid: 16_400,
      columnNumber: 3,
    });
  });

  test('by a modifier alone, which is that of the type which the column is by itself', () => {
    const modifier = (typmod: string) => new Map([['PG:typmod', typmod]]);
    expect(described(new Utf8(), modifier('24'))).toMatchObject({ typeOid: 1043, typeModifier: 24 });
    const list = new List(new Field('item', new Utf8()));
    expect(described(list, modifier('24'))).toMatchObject({ typeOid: 1015, typeModifier: 24 });
    expect(described(new Int32(), modifier('-1'))).toMatchObject({ typeOid: 23, typeModifier: -1 });
    expect(() => described(new Int32(), modifier('24'))).toThrow(expect.objectContaining({ sqlstate: '22023' }));
  });

  const interval = (fields: number, digits: number) => (fields << 16) | digits;
  test.each([
    ['23', [-1], [0, 9]],
    ['1043', [5, 10_485_764], [0, 3, 4, 10_485_765]],
    ['1015', [5], [4]],
    ['1042', [5], [4]],
    ['1560', [1, 83_886_080], [0, 83_886_081]],
    ['1083', [0, 6], [7]],
    ['1114', [0, 6], [9]],
    ['1115', [6], [9]],
    ['1184', [3], [7, 1114]],
    [
      '1700',
      [(1 << 16) + 4, (1000 << 16) + 1004, (2 << 16) + 0x7ff + 4],
      [0, 3, 4, (1001 << 16) + 4, (5 << 16) + 0x800 + 4],
    ],
    [
      '1186',
      [interval(0x7fff, 3), interval(0x1c08, 3), interval(4, 0xffff)],
      [3, interval(0x7fff, 7), interval(4, 0), interval(12, 0xffff)],
    ],
    ['25', [-1], [9]],
    ['114', [-1], [9]],
    ['16400', [-1, 0, 9], []],
  ] as const)('by OID %s and a modifier that the type has', (oid, possible, impossible) => {
    const type = ['1015', '1115'].includes(oid) ? new List(new Field('item', new Utf8())) : new Utf8();
    const pair = (typmod: number) =>
      new Map([
        ['PG:oid', oid],
        ['PG:typmod', String(typmod)],
      ]);
    for (const typmod of possible) {
      expect(described(type, pair(typmod))).toMatchObject({ typeOid: Number(oid), typeModifier: typmod });
    }
    for (const typmod of impossible) {
      expect(() => described(type, pair(typmod))).toThrow(
        expect.objectContaining({ sqlstate: '22023', message: expect.stringContaining('PG:typmod of column "x"') }),
      );
    }
  });

  test.each(['0x17', ' 23 ', '2e1', '23.0', '+23', '', '0', '4294967296'])(
    'an OID of decimal digits: not %j',
    (oid) => {
      expect(() => described(new Utf8(), new Map([['PG:oid', oid]]))).toThrow(
        expect.objectContaining({
          sqlstate: '22023',
          message: `PG:oid of column "x" is not a number from 1 to 4294967295: "${oid}"`,
        }),
      );
    },
  );

  test('by a type and an OID, if they are the same', () => {
    const both = (type: string, oid: string) => new Map([...as(type), ['PG:oid', oid]]);
    expect(described(new Int64(), both('integer', '23')).typeOid).toBe(23);
    expect(() => described(new Utf8(), both('int4', '25'))).toThrow(
      expect.objectContaining({
        sqlstate: '22023',
        message: 'PG:type and PG:oid of column "x" are not the same type',
        fields: expect.objectContaining({ detail: 'The type "int4" has the OID 23, and PG:oid is 25.' }),
      }),
    );
    const lists = new List(new Field('item', new List(new Field('item', new Utf8(), true, as('uuid'))), true));
    expect(described(lists, new Map()).typeOid).toBe(2951);
    expect(described(lists, as('uuid[]')).typeOid).toBe(2951);
  });

  test('is refused for lists of more dimensions than arrays have, unless they are json', () => {
    let type: DataType = new Int32();
    for (let dimension = 0; dimension < 7; dimension++) type = new List(new Field('item', type));
    const message = 'number of array dimensions exceeds the maximum allowed (6)';
    expect(() => described(type, new Map())).toThrow(expect.objectContaining({ sqlstate: '54000', message }));
    expect(described(type, as('json')).typeOid).toBe(114);
  });

  test("in a dictionary, or a list of a type of somebody's own", () => {
    const metadata = new Map([['PG:oid', '16400']]);
    expect(described(new Dictionary(new Utf8(), new Int32()), metadata).typeOid).toBe(16_400);
    expect(described(new Null(), as('uuid')).typeOid).toBe(postgresTypes.uuid.oid);
  });

  test.each([
    [new Utf8(), 'nothing'],
    [new Utf8(), 'numeric(0)'],
    [new Utf8(), 'int4(3)'],
  ])('is refused where %s is declared %s, which is no type', (type, declared) => {
    expect(() => described(type, as(declared))).toThrow(expect.objectContaining({ sqlstate: '42704' }));
  });

  test.each([
    [new Bool(), 'int4'],
    [new FixedSizeBinary(15), 'uuid'],
    [new List(new Field('item', new Bool())), 'int4[]'],
    [new List(new Field('item', new Int32())), 'int4'],
    [new DateDay(), 'timestamp'],
    [new Int32(), 'xml'],
    [new Decimal(2, 9, 128), 'xml'],
    [new Bool(), 'xml'],
    [new DateDay(), 'xml'],
    [new Float64(), 'unknown'],
    [new List(new Field('item', new Int32())), 'xml[]'],
    [new Dictionary(new Int32(), new Int8()), 'xml'],
    [new Utf8(), 'void'],
    [new Utf8(), 'anyelement'],
    [new List(new Field('item', new Utf8())), 'record[]'],
  ])('is refused where %s cannot be %s, when the plan is made', (type, declared) => {
    expect(() => described(type, as(declared))).toThrow(
      expect.objectContaining({ sqlstate: '42846', message: expect.stringContaining('column "x" of the Arrow type') }),
    );
  });

  test('is refused where a uuid is declared xml', () => {
    const metadata = new Map([...as('xml'), ['ARROW:extension:name', 'arrow.uuid']]);
    expect(() => described(new FixedSizeBinary(16), metadata)).toThrow(expect.objectContaining({ sqlstate: '42846' }));
  });

  test('is refused where strings are declared as any of the pseudo-types but those of text', async () => {
    const client = new Client({ ...inject('oracle') });
    await client.connect();
    const { rows } = await client.query<{ oid: number }>(
      "SELECT oid FROM pg_type WHERE typtype = 'p' AND typname NOT IN ('cstring', 'unknown')",
    );
    await client.end();
    expect(rows.length).toBeGreaterThan(20);
    for (const { oid } of rows) {
      expect(() => described(new Utf8(), new Map([['PG:oid', String(oid)]]))).toThrow(
        expect.objectContaining({
          sqlstate: '42846',
          fields: expect.objectContaining({ detail: `That type has the OID ${oid}.` }),
        }),
      );
    }
  });

  test.each([
    [new Int64(), 'int4', 2n ** 31n, 'integer'],
    [new Int32(), 'int2', -32_769, 'smallint'],
    [new Int32(), 'oid', -1, 'oid'],
    [new Uint64(), 'int8', 2n ** 63n, 'bigint'],
    [new Float64(), 'real', 1e39, 'real'],
  ])('%s as %s ends at a value that the type has not', (type, declared, raw, name) => {
    for (const encode of [encodeText, encodeBinary]) {
      expect(() => encode(buildData(type, [null, raw]), as(declared))).toThrow(
        expect.objectContaining({ sqlstate: '22003', message: `${name} out of range in column "x", row 2` }),
      );
    }
  });

  test('has the binary form that PostgreSQL makes of its text', () => {
    const strings = buildData(new Utf8(), [bytes('10.0.0.1/32')]);
    expect(encodeText(strings, as('inet'))).toEqual(['10.0.0.1']);
    expect(encodeBinary(strings, as('inet'))).toEqual(['022000040a000001']);
  });
});
