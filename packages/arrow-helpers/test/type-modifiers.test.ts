import { buildData, buildDictionary, type Raw } from '@riffq/all-types';
import { isPgError } from '@riffq/wire';
import {
  Binary,
  type Data,
  type DataType,
  Decimal,
  DurationMicrosecond,
  Field,
  Int8,
  Int16,
  Int32,
  Int64,
  IntervalMonthDayNano,
  LargeUtf8,
  List,
  TimeMicrosecond,
  TimeMillisecond,
  TimeNanosecond,
  TimestampMicrosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  TimestampSecond,
  Uint8,
  Uint32,
  Uint64,
  Utf8,
  Utf8View,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { type AssignedValue, assign } from './assigned-values.js';
import { encodeBinary, encodeText, type Metadata } from './encode-column.js';

const strings = (...texts: string[]): readonly (readonly [string, Raw])[] =>
  texts.map((text) => [text, Buffer.from(text, 'utf8')]);
const integers = (...values: number[]): readonly (readonly [string, Raw])[] =>
  values.map((value) => [`${value}`, value]);
const wide = (...values: bigint[]): readonly (readonly [string, Raw])[] => values.map((value) => [`${value}`, value]);
const decimal = (text: string, low: number): readonly [string, Raw] => [
  text,
  low < 0 ? [low >>> 0, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff] : [low, 0, 0, 0],
];

/** Arrow type, declared types, and values as PostgreSQL reads them and as they are stored. */
const cases: readonly (readonly [DataType, readonly string[], readonly (readonly [string, Raw])[]])[] = [
  [new Int8(), ['numeric(10,2)', 'numeric(2)', 'numeric(3,2)'], integers(5, -12, 0, 127, 9, 10)],
  [new Uint8(), ['numeric(10,2)', 'numeric(2,-1)'], integers(5, 255, 44, 45)],
  [new Int16(), ['numeric(10,2)', 'numeric(4)'], integers(5, -32_768, 10_000, 9_999)],
  [
    new Int32(),
    ['numeric(10,2)', 'numeric(2)', 'numeric(3,-2)', 'numeric(2,4)', 'numeric(30,25)'],
    integers(5, 12_345, 0, -50, 49, 10_000),
  ],
  [new Uint32(), ['numeric(10,2)'], integers(4_294_967_295, 5)],
  [
    new Int64(),
    ['numeric(10,2)', 'numeric(21,2)', 'numeric(100,80)'],
    wide(5n, -(2n ** 63n), 100_000_000n, 99_999_999n),
  ],
  [new Uint64(), ['numeric(10,2)', 'numeric(20)', 'numeric(22,2)', 'numeric(19)'], wide(5n, 2n ** 64n - 1n)],
  [
    new Decimal(2, 10, 128),
    ['numeric(3,2)', 'numeric(9,3)', 'numeric(5,1)', 'numeric(3)', 'numeric(12,2)', 'numeric(2,-2)', 'numeric(1,1)'],
    [
      decimal('123.45', 12_345),
      decimal('-123.45', -12_345),
      decimal('0.95', 95),
      decimal('0.05', 5),
      decimal('9.99', 999),
      decimal('0.00', 0),
      decimal('10000.00', 1_000_000),
    ],
  ],
  [
    new Utf8(),
    ['numeric(10,2)', 'numeric(3,2)', 'numeric(5,-1)', 'numeric(1000,999)'],
    strings('1.5', '123.45', '-0.005', '9.995', 'NaN', '0'),
  ],
  [
    new Utf8(),
    ['varchar(2)', 'varchar(6)', 'char(2)', 'char(6)'],
    strings('abcdef', 'ab', 'ab    ', '', 'äöü', '😀😀😀', '😀', 'äö '),
  ],
  [new LargeUtf8(), ['varchar(2)', 'char(5)'], strings('ab', 'a')],
  [new Utf8View(), ['varchar(2)', 'char(5)'], strings('ab', 'abcdefghijklmnopq', 'a')],
  [new Binary(), ['varchar(2)', 'char(5)'], strings('ab', 'abc', 'é')],
  // A name has room for 63 bytes, without a modifier.
  ...[new Utf8(), new LargeUtf8(), new Utf8View(), new Binary()].map(
    (type) => [type, ['name'], strings('x', 'y'.repeat(63), 'y'.repeat(64), 'é'.repeat(40), '😀'.repeat(16))] as const,
  ),
  [new Decimal(0, 76, 256), ['name'], [[`${2n ** 224n}`, [0, 0, 0, 0, 0, 0, 0, 1]]]],
  [new Utf8(), ['bit(3)', 'varbit(3)'], strings('101', '1010', '10', '1')],
  [
    new Utf8(),
    ['timestamp(0)', 'timestamp(3)'],
    strings(
      '2024-02-29 23:59:59.5',
      '1985-01-01 00:00:00.5',
      '2024-01-01 00:00:01.0005',
      '0044-03-15 10:00:00.5 BC',
      'infinity',
      '1999-12-31 23:59:59.9995',
      '0001-12-31 23:59:59.9999 BC',
    ),
  ],
  [new Utf8(), ['timestamptz(0)', 'timestamptz(2)'], strings('2024-02-29 23:59:59.999+00', '2024-02-29 12:00:00+00')],
  [new Utf8(), ['time(0)', 'time(4)'], strings('23:59:59.9', '12:00:00.00005', '10:00:00')],
  [new Utf8(), ['timetz(0)'], strings('23:59:59.4+02', '12:00:00.5-07:30', '10:00:00+00')],
  [
    new Utf8(),
    ['interval(0)', 'interval day to second(1)', 'interval year', 'interval hour to minute'],
    strings('1 year 2 mons 3 days 04:05:06.75', '-00:00:00.5', '25:59:59.96', '-1 year -1 mons -36:07:08'),
  ],
  [
    new TimestampMicrosecond(),
    ['timestamp(0)', 'timestamp(3)', 'timestamp(6)'],
    [
      ['2024-02-29 23:59:59.5', 1_709_251_199_500_000n],
      ['1970-01-01 00:00:01.5', 1_500_000n],
      ['1985-06-01 00:00:00.0005', 486_432_000_000_500n],
      ['2000-01-01 00:00:00.0005', 946_684_800_000_500n],
      ['4714-11-24 00:00:00.4 BC', -210_866_803_199_600_000n],
      ['4714-11-24 00:00:00 BC', -210_866_803_200_000_000n],
      ['294247-01-10 04:00:54.775806', 2n ** 63n - 2n],
      ['infinity', 2n ** 63n - 1n],
      ['-infinity', -(2n ** 63n)],
    ],
  ],
  [new TimestampMicrosecond('UTC'), ['timestamptz(1)'], [['2024-02-29 23:59:59.95+00', 1_709_251_199_950_000n]]],
  [new TimestampSecond(), ['timestamp(0)'], [['1970-01-01 00:00:01', 1n]]],
  [
    new TimestampMillisecond(),
    ['timestamp(1)', 'timestamp(4)'],
    [
      ['1970-01-01 00:00:01.15', 1150n],
      ['1969-12-31 23:59:58.85', -1150n],
    ],
  ],
  [
    new TimestampNanosecond(),
    ['timestamp(0)', 'timestamp(6)'],
    [
      ['1970-01-01 00:00:01.499999600', 1_499_999_600n],
      ['1969-12-31 23:59:58.5000004', -1_499_999_600n],
    ],
  ],
  [
    new TimeMillisecond(),
    ['time(0)', 'time(1)'],
    [
      ['23:59:59.5', 86_399_500],
      ['12:00:00.25', 43_200_250],
      ['24:00:00', 86_400_000],
    ],
  ],
  [new TimeMicrosecond(), ['time(0)', 'time(4)'], [['12:00:00.00005', 43_200_000_050n]]],
  [new TimeNanosecond(), ['time(2)'], [['12:00:00.005', 43_200_005_000_000n]]],
  [
    new DurationMicrosecond(),
    ['interval(2)', 'interval minute', 'interval hour', 'interval day', 'interval second(0)'],
    [
      ['25:59:59.995', 93_599_995_000n],
      ['-25:59:59.995', -93_599_995_000n],
    ],
  ],
  [
    new IntervalMonthDayNano(),
    [
      'interval(0)',
      'interval year',
      'interval month',
      'interval year to month',
      'interval day',
      'interval day to hour',
      'interval day to minute',
      'interval hour to second(3)',
    ],
    [
      ['14 mons 3 days 04:05:06.7895', [14, 3, 14_706_789_500_000n]],
      ['-14 mons -3 days -04:05:06.7895', [-14, -3, -14_706_789_500_000n]],
    ],
  ],
];

const as = (type: string): Metadata => new Map([['PG:type', type]]);

/** What we send for the only value of a column, or say of it; without the binary form of strings, which needs a conversion. */
function sent(data: Data, metadata: Metadata, hasBinary: boolean): AssignedValue {
  try {
    const [text = null] = encodeText(data, metadata);
    const [binary = null] = hasBinary ? encodeBinary(data, metadata) : [];
    return { text, binary };
  } catch (error) {
    if (!isPgError(error)) throw error;
    const { message, detail } = error.fields;
    return { sqlstate: error.sqlstate, message: message.replace(' in column "x", row 1', ''), detail };
  }
}

describe('the modifier of a declared type', () => {
  const pairs = cases.flatMap(([type, names, values]) => names.map((name) => [`${type}`, name, type, values] as const));

  test.each(pairs)('of %s as %s does what an INSERT into PostgreSQL does', async (_, name, type, values) => {
    const hasBinary = !(type instanceof Utf8) || name.includes('char') || name === 'name';
    const texts = values.map(([text]) => text);
    const expected = (await assign(name, texts)).map((value) =>
      hasBinary || !('binary' in value) ? value : { ...value, binary: null },
    );
    expect(values.map(([, raw]) => sent(buildData(type, [raw]), as(name), hasBinary))).toEqual(expected);
  });

  const outOfRange: readonly (readonly [DataType, string, Raw])[] = [
    [new TimeMillisecond(), 'time(0)', -1],
    [new TimeMillisecond(), 'time(2)', 86_400_001],
    [new TimeMicrosecond(), 'time(3)', 86_400_000_001n],
    [new TimeMicrosecond(), 'time(0)', -1n],
    [new TimeNanosecond(), 'time(3)', 86_400_000_001_000n],
    [new TimestampMicrosecond(), 'timestamp(0)', -210_866_803_200_000_001n],
    [new TimestampMicrosecond(), 'timestamp(3)', -210_866_803_200_000_001n],
    [new TimestampMicrosecond('UTC'), 'timestamptz(5)', -210_866_803_200_000_001n],
    [new TimestampMicrosecond(), 'timestamp(0)', 2n - 2n ** 63n],
    [new TimestampMillisecond(), 'timestamp(0)', 9_224_318_016_000_000n],
    [new TimestampMillisecond(), 'timestamp(0)', 9_224_318_016_000_499n],
  ];

  test.each(outOfRange)('rounds no value of %s as %s into its range: %d', (type, name, raw) => {
    const what = name.startsWith('timestamp') ? 'timestamp' : 'time';
    for (const encode of [encodeText, encodeBinary]) {
      expect(() => encode(buildData(type, [raw]), as(name))).toThrow(
        expect.objectContaining({ sqlstate: '22008', message: `${what} out of range in column "x", row 1` }),
      );
    }
  });

  test('is applied to the elements of lists and the entries of dictionaries', () => {
    const numbers = buildData(new List(new Field('item', new Int32())), [[5, -1], null]);
    expect(encodeText(numbers, as('numeric(5,2)[]'))).toEqual(['{5.00,-1.00}', null]);
    const nested = new List(new Field('item', new List(new Field('item', new Utf8()))));
    expect(encodeText(buildData(nested, [[[Buffer.from('a')]]]), as('char(3)[]'))).toEqual(['{{"a  "}}']);
    const names = new List(new Field('item', new Utf8()));
    const long = [Buffer.from('é'.repeat(40)), Buffer.from('a')];
    expect(encodeText(buildData(names, [long]), as('name[]'))).toEqual([`{${'é'.repeat(31)},a}`]);
    expect(encodeBinary(buildData(names, [long]), as('name[]'))).toEqual(
      encodeBinary(buildData(names, [[Buffer.from('é'.repeat(31)), Buffer.from('a')]]), as('name[]')),
    );
    const texts = ['bcd', 'a', 'bcd'].map((text) => Buffer.from(text));
    const data = buildDictionary(new Utf8(), [...texts, null]);
    expect(encodeText(data, as('char(4)'))).toEqual(['bcd ', 'a   ', 'bcd ', null]);
  });

  test('is applied to slices with nulls, and names column and row where a value does not fit', () => {
    const data = buildData(new TimestampMicrosecond(), [1n, null, 1_500_000n, null], 3);
    expect(encodeText(data, as('timestamp(0)'))).toEqual(['1970-01-01 00:00:00', null, '1970-01-01 00:00:01', null]);
    expect(() => encodeText(buildData(new Int32(), [1, 100]), as('numeric(2)'))).toThrow(
      expect.objectContaining({
        message: 'numeric field overflow in column "x", row 2',
        fields: expect.objectContaining({
          sqlstate: '22003',
          detail: 'A field with precision 2, scale 0 must round to an absolute value less than 10^2.',
        }),
      }),
    );
  });
});
