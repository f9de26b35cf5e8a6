import {
  Binary,
  BinaryView,
  type DataType,
  DateDay,
  Decimal,
  Field,
  FixedSizeBinary,
  FixedSizeList,
  IntervalMonthDayNano,
  LargeList,
  LargeUtf8,
  List,
  TimestampMicrosecond,
  TimestampNanosecond,
  Utf8,
  Utf8View,
} from 'apache-arrow';
import { decimalWords } from './number-cases.js';
import { arrayOf, postgresTypes } from './postgres-type.js';
import type { TypeCase } from './type-case.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');
const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const extended = (type: DataType, extension: string): Field =>
  new Field('item', type, true, new Map([['ARROW:extension:name', extension]]));
const listOf = (type: DataType): List => new List(new Field('item', type, true));

const uuids = extended(new FixedSizeBinary(16), 'arrow.uuid');
const documents = extended(new Utf8(), 'arrow.json');
const arrays = {
  uuid: arrayOf(postgresTypes.uuid, 2951),
  bytea: arrayOf(postgresTypes.bytea, 1001),
  interval: arrayOf(postgresTypes.interval, 1187),
  json: arrayOf(postgresTypes.json, 199),
  numeric: arrayOf(postgresTypes.numeric, 1231),
  timestamptz: arrayOf(postgresTypes.timestamptz, 1185),
  date: arrayOf(postgresTypes.date, 1182),
  varchar: arrayOf(postgresTypes.varchar, 1015),
} as const;
const uuid = hex('8a4b1f2e0c3d4e5f8a9b0c1d2e3f4a5b');
const uuidText = '8a4b1f2e-0c3d-4e5f-8a9b-0c1d2e3f4a5b';
const decimal = (value: bigint): readonly number[] => decimalWords(128, value);

/** Lists of what is more than a number or a string, and lists of such lists. */
export const listCases: readonly TypeCase[] = [
  {
    type: new List(uuids),
    postgres: arrays.uuid,
    values: [
      [
        [uuid, null],
        `{${uuidText},NULL}`,
        '000000010000000100000b860000000200000001000000108a4b1f2e0c3d4e5f8a9b0c1d2e3f4a5bffffffff',
      ],
      [[], '{}', '000000000000000000000b86'],
    ],
  },
  {
    type: listOf(new List(uuids)),
    postgres: arrays.uuid,
    values: [
      [
        [[uuid], [null]],
        `{{${uuidText}},{NULL}}`,
        '000000020000000100000b8600000002000000010000000100000001000000108a4b1f2e0c3d4e5f8a9b0c1d2e3f4a5bffffffff',
      ],
    ],
  },
  {
    type: listOf(new Binary()),
    postgres: arrays.bytea,
    values: [
      [
        [hex('00ff'), null, hex('')],
        '{"\\\\x00ff",NULL,"\\\\x"}',
        '00000001000000010000001100000003000000010000000200ffffffffff00000000',
      ],
    ],
  },
  {
    type: listOf(new FixedSizeList(2, new Field('item', new BinaryView(), true))),
    postgres: arrays.bytea,
    values: [
      [
        [[hex('01'), hex('ab'.repeat(20))]],
        `{{"\\\\x01","\\\\x${'ab'.repeat(20)}"}}`,
        '00000002000000000000001100000001000000010000000200000001000000010100000014abababababababababababababababababababab',
      ],
    ],
  },
  {
    type: listOf(new IntervalMonthDayNano()),
    postgres: arrays.interval,
    values: [
      [
        [[14, -3, 1_500_000_000n], null, [0, 0, 0n]],
        '{"1 year 2 mons -3 days +00:00:01.5",NULL,00:00:00}',
        '0000000100000001000004a2000000030000000100000010000000000016e360fffffffd0000000effffffff0000001000000000000000000000000000000000',
      ],
    ],
  },
  {
    type: listOf(listOf(new IntervalMonthDayNano())),
    postgres: arrays.interval,
    values: [
      [
        [[[0, 1, 0n]], [[1, 0, 0n]]],
        '{{"1 day"},{"1 mon"}}',
        '0000000200000000000004a20000000200000001000000010000000100000010000000000000000000000001000000000000001000000000000000000000000000000001',
      ],
    ],
  },
  {
    type: new List(documents),
    postgres: arrays.json,
    values: [
      [
        [bytes('{"a": [1, "b"]}'), null, bytes('null')],
        '{"{\\"a\\": [1, \\"b\\"]}",NULL,"null"}',
        '00000001000000010000007200000003000000010000000f7b2261223a205b312c202262225d7dffffffff000000046e756c6c',
      ],
    ],
  },
  {
    type: listOf(new LargeList(extended(new LargeUtf8(), 'arrow.json'))),
    postgres: arrays.json,
    values: [
      [
        [[bytes('1'), bytes('"x"')]],
        '{{1,"\\"x\\""}}',
        '00000002000000000000007200000001000000010000000200000001000000013100000003227822',
      ],
    ],
  },
  {
    type: listOf(new Decimal(2, 10, 128)),
    postgres: arrays.numeric,
    typeModifier: ((10 << 16) | 2) + 4,
    values: [
      [
        [decimal(150n), null, decimal(-1n), decimal(0n)],
        '{1.50,NULL,-0.01,0.00}',
        '0000000100000001000006a400000004000000010000000c000200000000000200011388ffffffff0000000a0001ffff400000020064000000080000000000000002',
      ],
    ],
  },
  {
    type: listOf(listOf(new Decimal(2, 10, 128))),
    postgres: arrays.numeric,
    typeModifier: ((10 << 16) | 2) + 4,
    values: [
      [
        [[decimal(150n)], [decimal(99n)]],
        '{{1.50},{0.99}}',
        '0000000200000000000006a4000000020000000100000001000000010000000c0002000000000002000113880000000a0001ffff0000000226ac',
      ],
    ],
  },
  {
    type: listOf(new TimestampMicrosecond('Europe/Oslo')),
    postgres: arrays.timestamptz,
    values: [
      [
        [1_720_000_000_120_000n, null, 2n ** 63n - 1n, -(2n ** 63n)],
        '{"2024-07-03 09:46:40.12+00",NULL,infinity,-infinity}',
        '0000000100000001000004a00000000400000001000000080002bf5379cd74c0ffffffff000000087fffffffffffffff000000088000000000000000',
      ],
    ],
  },
  {
    type: new LargeList(new Field('item', listOf(new TimestampNanosecond('UTC')), true)),
    postgres: arrays.timestamptz,
    values: [
      [
        [[0n], [-1_000n]],
        '{{"1970-01-01 00:00:00+00"},{"1969-12-31 23:59:59.999999+00"}}',
        '0000000200000000000004a00000000200000001000000010000000100000008fffca2fec4c8200000000008fffca2fec4c81fff',
      ],
    ],
  },
  {
    type: new FixedSizeList(3, new Field('item', new DateDay(), true)),
    postgres: arrays.date,
    values: [
      [
        [2 ** 31 - 1, -(2 ** 31), null],
        '{infinity,-infinity,NULL}',
        '00000001000000010000043a0000000300000001000000047fffffff0000000480000000ffffffff',
      ],
    ],
  },
  {
    type: new FixedSizeList(1, new Field('item', listOf(new Utf8View()), true)),
    postgres: arrays.varchar,
    values: [
      [
        [[bytes('short'), bytes('a view of more than twelve bytes')]],
        '{{short,"a view of more than twelve bytes"}}',
        '000000020000000000000413000000010000000100000002000000010000000573686f727400000020612076696577206f66206d6f7265207468616e207477656c7665206279746573',
      ],
    ],
  },
];
