import { buildData, type Raw } from '@riffq/all-types';
import {
  Bool,
  type DataType,
  DateDay,
  Decimal,
  Field,
  FixedSizeBinary,
  Float64,
  Int32,
  Int64,
  List,
  Map_,
  Struct,
  TimestampSecond,
  Uint32,
  Utf8,
  Utf8View,
} from 'apache-arrow';
import { Client } from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { encodeBinary, encodeText, type Metadata } from './encode-column.js';

const as = (type: string): Metadata => new Map([['PG:type', type]]);
const text = (value: string): Raw => Buffer.from(value);
const listOf = (type: DataType) => new List(new Field('item', type, true));

/** Arrow type, metadata, what is stored, and the value as PostgreSQL's. */
const members: readonly (readonly [type: DataType, metadata: Metadata, raw: Raw, sql: string])[] = [
  [new Utf8(), as('numeric(10,2)'), text('1.555'), `'1.555'::numeric(10,2)`],
  [new Utf8View(), as('numeric'), text('NaN'), `'NaN'::numeric`],
  [new Utf8(), as('int4'), text(' 7'), `' 7'::int4`],
  [new Int64(), as('int4'), 7n, '7::int4'],
  [new Int32(), as('numeric(5,1)'), 7, '7::numeric(5,1)'],
  [new Float64(), as('real'), 0.1, '0.1::real'],
  [new Uint32(), as('oid'), 5, '5::oid'],
  [new Decimal(2, 9, 128), as('text'), [12_345, 0, 0, 0], '123.45::text'],
  [
    new Decimal(2, 9, 128),
    new Map([['PG:typmod', String(((5 << 16) | 1) + 4)]]),
    [12_345, 0, 0, 0],
    '123.45::numeric(5,1)',
  ],
  [new Utf8(), as('bool'), text('yes'), 'true'],
  [new Utf8(), as('uuid'), text('A0EEBC999C0B4EF8BB6D6BB9BD380A11'), `'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid`],
  [new FixedSizeBinary(16), as('uuid'), Buffer.alloc(16, 1), `'01010101-0101-0101-0101-010101010101'::uuid`],
  [new Utf8(), as('date'), text('Jan 8, 1999'), `date '1999-01-08'`],
  [new Utf8(), as('timestamp'), text('Jan 8, 1999 04:05 PM'), `timestamp '1999-01-08 16:05'`],
  [new Utf8(), as('timestamptz'), text('1999-01-08 16:05+02'), `timestamptz '1999-01-08 16:05+02'`],
  [new Utf8(), as('name'), text('é'.repeat(40)), `'${'é'.repeat(40)}'::name`],
  [new Utf8(), as('char(4)'), text('ab'), `'ab'::char(4)`],
  [new Utf8(), as('int4range'), text('[1,5]'), `'[1,5]'::int4range`],
  [new Utf8(), as('daterange'), text('[2024-01-01,2024-02-01)'), `daterange '[2024-01-01,2024-02-01)'`],
  [new Utf8(), as('tsrange'), text('[2024-01-01,2024-02-01)'), `tsrange '[2024-01-01,2024-02-01)'`],
  [new Utf8(), as('datemultirange'), text('{[2024-01-01,2024-02-01)}'), `datemultirange '{[2024-01-01,2024-02-01)}'`],
  [listOf(new Utf8()), as('tstzrange[]'), [text('[2024-01-01,)')], `ARRAY[tstzrange '[2024-01-01,)']`],
  [listOf(new Utf8()), as('date[]'), [text('2024-01-01')], `ARRAY[date '2024-01-01']`],
  [new DateDay(), as('text'), 19_723, `date '2024-01-01'::text`],
  [new TimestampSecond('UTC'), as('varchar(40)'), 0n, `timestamptz 'epoch'::varchar(40)`],
  [new Bool(), as('text'), true, 'true::text'],
  [new Utf8(), as('json'), text('{"a": 1}'), `'{"a": 1}'::json`],
  [new Utf8(), as('jsonb'), text('{"a":1}'), `'{"a":1}'::jsonb`],
  [new Utf8(), as('int2vector'), text(' 1  -2 3'), `'1 -2 3'::int2vector`],
  [new Utf8(), as('oidvector'), text('1 4294967295'), `'1 4294967295'::oidvector`],
  [new Utf8View(), as('int2vector'), text(''), `''::int2vector`],
  [listOf(new Utf8()), as('int2vector[]'), [text('1 2'), text(''), null], `'{"1 2","",NULL}'::int2vector[]`],
  [listOf(new Int32()), as('int8[]'), [1, null], 'ARRAY[1,NULL]::int8[]'],
  [listOf(new Utf8()), as('numeric(5,1)[]'), [text('1.25')], 'ARRAY[1.25]::numeric(5,1)[]'],
  [listOf(listOf(new Utf8())), as('numeric[]'), [[text('1.250')]], 'ARRAY[[1.250]]'],
];

type Numbers = { readonly key: Int32; readonly value: Int32 };

describe('a member of a struct that is declared as another type', () => {
  test.each(['ISO, MDY', 'German'])('is what to_json makes of that type, under the DateStyle %s', async (DateStyle) => {
    const client = new Client({ ...inject('oracle') });
    await client.connect();
    await client.query(`SET TimeZone = 'UTC'; SET DateStyle = '${DateStyle}'`);
    const columns = members.map(([, , , sql], at) => `${sql} AS m${at}`);
    const { rows } = await client.query<{ json: string }>(
      `SELECT row_to_json(r)::text AS json FROM (SELECT ${columns.join(', ')}) r`,
    );
    await client.end();
    const struct = new Struct(
      members.map(([type, metadata], at) => new Field(`m${at}`, type, true, new Map(metadata))),
    );
    const data = buildData(struct, [members.map(([, , raw]) => raw), members.map(() => null)]);
    const nulls = JSON.stringify(Object.fromEntries(members.map((_, at) => [`m${at}`, null])));
    const expected = [rows[0]?.json, nulls];
    expect(encodeText(data, undefined, { DateStyle })).toEqual(expected);
    expect(encodeBinary(data, undefined, { DateStyle })).toEqual(
      expected.map((json) => Buffer.from(json ?? '').toString('hex')),
    );
  });

  const asUuid = new Map(as('uuid'));
  const inner = new Struct([new Field('b', new Int32(), true, asUuid)]);
  const pairs: readonly (readonly [DataType, string, string])[] = [
    [inner, 'x.b', 'Int32'],
    [listOf(inner), 'x.b', 'Int32'],
    [new Struct([new Field('s', inner, true)]), 'x.s.b', 'Int32'],
    [new Struct([new Field('l', listOf(new Int32()), true, asUuid)]), 'x.l', 'List<Int32>'],
    [new Struct([new Field('s', new Struct([]), true, asUuid)]), 'x.s', 'Struct<{}>'],
    [
      new Map_(
        new Field(
          'entries',
          new Struct<Numbers>([new Field('key', new Int32()), new Field('value', new Int32(), true, asUuid)]),
        ),
      ),
      'x.value',
      'Int32',
    ],
  ];
  test.each(pairs)('%s: a pair that is impossible is refused', (type, name, member) => {
    const message = `column "${name}" of the Arrow type ${member} cannot be sent as the type that its metadata declares`;
    for (const metadata of [undefined, as('jsonb')]) {
      expect(() => encodeText(buildData(type, []), metadata)).toThrow(
        expect.objectContaining({ sqlstate: '42846', message }),
      );
    }
  });

  test('that does not fit is named by its column and row', () => {
    const struct = new Struct([new Field('n', new Utf8(), true, new Map(as('numeric(3,1)')))]);
    expect(() => encodeText(buildData(struct, [[text('1')], [text('1000')]]))).toThrow(
      expect.objectContaining({ sqlstate: '22003', message: 'numeric field overflow in column "x", row 2' }),
    );
  });
});
