import {
  Binary,
  Bool,
  type DataType,
  DateDay,
  DateMillisecond,
  Decimal,
  FixedSizeBinary,
  Float16,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  LargeBinary,
  LargeUtf8,
  TimeMicrosecond,
  TimeMillisecond,
  TimeNanosecond,
  TimeSecond,
  TimestampMicrosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  TimestampSecond,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
} from 'apache-arrow';
import type { Raw } from './build-data.js';
import { type OracleType, oracleTypes } from './oracle.js';

/** A value as Arrow stores it, as PostgreSQL prints it, and its binary form in hex. */
export type ExpectedValue = readonly [raw: Raw, text: string, binary: string];

/** An Arrow type, what it is in PostgreSQL, and values of it. */
export interface TypeCase {
  readonly type: DataType;
  readonly postgres: OracleType;
  readonly typeModifier?: number;
  readonly values: readonly ExpectedValue[];
}

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');
/** 128 bits as 32-bit words. */
const decimal = (value: bigint): number[] =>
  [0n, 32n, 64n, 96n].map((shift) => Number(BigInt.asUintN(32, value >> shift)));
const hex = (text: string): Buffer => Buffer.from(text, 'hex');

const strings: readonly ExpectedValue[] = [
  ...['', 'a', 'naïve', '日本語', '🐘 '.repeat(40), 'x'.repeat(300), 'NULL', 'a,b "c" \\d\n'].map(
    (text): ExpectedValue => [bytes(text), text, bytes(text).toString('hex')],
  ),
];
const binaries: readonly ExpectedValue[] = ['', '00', 'ff00', 'deadbeef'.repeat(30)].map((text) => [
  hex(text),
  `\\x${text}`,
  text,
]);

/** Every type that the encoder knows; the oracle tests check the table itself against PostgreSQL. */
export const allTypes: readonly TypeCase[] = [
  {
    type: new Int8(),
    postgres: oracleTypes.int2,
    values: [
      [0, '0', '0000'],
      [-128, '-128', 'ff80'],
      [127, '127', '007f'],
    ],
  },
  {
    type: new Uint8(),
    postgres: oracleTypes.int2,
    values: [
      [0, '0', '0000'],
      [9, '9', '0009'],
      [255, '255', '00ff'],
    ],
  },
  {
    type: new Int16(),
    postgres: oracleTypes.int2,
    values: [
      [10, '10', '000a'],
      [-32768, '-32768', '8000'],
      [999, '999', '03e7'],
    ],
  },
  {
    type: new Uint16(),
    postgres: oracleTypes.int4,
    values: [
      [1000, '1000', '000003e8'],
      [65535, '65535', '0000ffff'],
    ],
  },
  {
    type: new Int32(),
    postgres: oracleTypes.int4,
    values: [
      [99_999, '99999', '0001869f'],
      [-(2 ** 31), '-2147483648', '80000000'],
      [2 ** 31 - 1, '2147483647', '7fffffff'],
      [-1, '-1', 'ffffffff'],
    ],
  },
  {
    type: new Uint32(),
    postgres: oracleTypes.int8,
    values: [
      [2 ** 32 - 1, '4294967295', '00000000ffffffff'],
      [7, '7', '0000000000000007'],
    ],
  },
  {
    type: new Int64(),
    postgres: oracleTypes.int8,
    values: [
      [0n, '0', '0000000000000000'],
      [-1n, '-1', 'ffffffffffffffff'],
      [2n ** 63n - 1n, '9223372036854775807', '7fffffffffffffff'],
      [-(2n ** 63n), '-9223372036854775808', '8000000000000000'],
      [-(2n ** 32n), '-4294967296', 'ffffffff00000000'],
      [2n ** 53n, '9007199254740992', '0020000000000000'],
    ],
  },
  {
    type: new Uint64(),
    postgres: oracleTypes.numeric,
    values: [
      [0n, '0', '0000000000000000'],
      [2n ** 64n - 1n, '18446744073709551615', '000500040000000007341a5802e103bb064f'],
      [10_000n, '10000', '00010001000000000001'],
    ],
  },
  {
    type: new Float16(),
    postgres: oracleTypes.float4,
    values: [
      [0x3e00, '1.5', '3fc00000'],
      [0x2e66, '0.099975586', '3dccc000'],
      [0xfc00, '-Infinity', 'ff800000'],
    ],
  },
  {
    type: new Float32(),
    postgres: oracleTypes.float4,
    values: [
      [Math.fround(0.1), '0.1', '3dcccccd'],
      [-0, '-0', '80000000'],
      [1e6, '1e+06', '49742400'],
      [Number.NaN, 'NaN', '7fc00000'],
      [Math.fround(1e-45), '1e-45', '00000001'],
    ],
  },
  {
    type: new Float64(),
    postgres: oracleTypes.float8,
    values: [
      [0.1, '0.1', '3fb999999999999a'],
      [-0, '-0', '8000000000000000'],
      [1e23, '9.999999999999999e+22', '44b52d02c7e14af6'],
      [1e15, '1e+15', '430c6bf526340000'],
      [-0.00001, '-1e-05', 'bee4f8b588e368f1'],
      [Number.POSITIVE_INFINITY, 'Infinity', '7ff0000000000000'],
      [-2.2250738585072014e-308, '-2.2250738585072014e-308', '8010000000000000'],
    ],
  },
  {
    type: new Decimal(2, 9, 32),
    postgres: oracleTypes.numeric,
    typeModifier: ((9 << 16) | 2) + 4,
    values: [
      [[12_345], '123.45', '0002000000000002007b1194'],
      [[0xffff_ffff], '-0.01', '0001ffff400000020064'],
    ],
  },
  {
    type: new Decimal(10, 38, 128),
    postgres: oracleTypes.numeric,
    typeModifier: ((38 << 16) | 10) + 4,
    values: [
      [decimal(0n), '0.0000000000', '000000000000000a'],
      [decimal(8_895_033_437_612_933n), '889503.3437612933', '000500010000000a0058251f0d6d17f10ce4'],
      [
        decimal(-(10n ** 37n) + 1n),
        '-999999999999999999999999999.9999999999',
        '000a00064000000a03e7270f270f270f270f270f270f270f270f26ac',
      ],
    ],
  },
  {
    type: new Decimal(-3, 5, 128),
    postgres: oracleTypes.numeric,
    typeModifier: ((5 << 16) | (-3 & 0x7ff)) + 4,
    values: [
      [decimal(123n), '123000', '0002000100000000000c0bb8'],
      [decimal(0n), '0', '0000000000000000'],
    ],
  },
  {
    type: new Bool(),
    postgres: oracleTypes.bool,
    values: [
      [true, 't', '01'],
      [false, 'f', '00'],
    ],
  },
  { type: new Utf8(), postgres: oracleTypes.varchar, values: strings },
  { type: new LargeUtf8(), postgres: oracleTypes.varchar, values: strings },
  { type: new Binary(), postgres: oracleTypes.bytea, values: binaries },
  { type: new LargeBinary(), postgres: oracleTypes.bytea, values: binaries },
  {
    type: new FixedSizeBinary(3),
    postgres: oracleTypes.bytea,
    values: [
      [hex('0001ff'), '\\x0001ff', '0001ff'],
      [hex('abcdef'), '\\xabcdef', 'abcdef'],
    ],
  },
  {
    type: new DateDay(),
    postgres: oracleTypes.date,
    values: [
      [0, '1970-01-01', 'ffffd533'],
      [-2_440_588, '4714-11-24 BC', 'ffda97a7'],
      [2_145_042_905, '5874897-12-31', '7fda970c'],
      [2 ** 31 - 1, 'infinity', '7fffffff'],
    ],
  },
  {
    type: new DateMillisecond(),
    postgres: oracleTypes.date,
    values: [
      [951_782_400_000n, '2000-02-29', '0000003b'],
      [-1n, '1969-12-31', 'ffffd532'],
    ],
  },
  {
    type: new TimeSecond(),
    postgres: oracleTypes.time,
    values: [
      [0, '00:00:00', '0000000000000000'],
      [86_399, '23:59:59', '000000141dc81dc0'],
    ],
  },
  {
    type: new TimeMillisecond(),
    postgres: oracleTypes.time,
    values: [[3_723_004, '01:02:03.004', '00000000dde88860']],
  },
  {
    type: new TimeMicrosecond(),
    postgres: oracleTypes.time,
    values: [
      [86_400_000_000n, '24:00:00', '000000141dd76000'],
      [1n, '00:00:00.000001', '0000000000000001'],
    ],
  },
  {
    type: new TimeNanosecond(),
    postgres: oracleTypes.time,
    values: [
      [1_500_000_500n, '00:00:01.5', '000000000016e360'],
      [1_500_000_501n, '00:00:01.500001', '000000000016e361'],
    ],
  },
  {
    type: new TimestampSecond(),
    postgres: oracleTypes.timestamp,
    values: [[0n, '1970-01-01 00:00:00', 'fffca2fec4c82000']],
  },
  {
    type: new TimestampMillisecond(),
    postgres: oracleTypes.timestamp,
    values: [[-1n, '1969-12-31 23:59:59.999', 'fffca2fec4c81c18']],
  },
  {
    type: new TimestampMicrosecond(),
    postgres: oracleTypes.timestamp,
    values: [
      [946_684_800_000_000n, '2000-01-01 00:00:00', '0000000000000000'],
      [2n ** 63n - 1n, 'infinity', '7fffffffffffffff'],
      [-(2n ** 55n), '0828-04-17 00:49:41.036032', 'ff7ca2fec4c82000'],
    ],
  },
  {
    type: new TimestampMicrosecond('Asia/Tokyo'),
    postgres: oracleTypes.timestamptz,
    values: [[1_720_000_000_120_000n, '2024-07-03 09:46:40.12+00', '0002bf5379cd74c0']],
  },
  {
    type: new TimestampNanosecond(),
    postgres: oracleTypes.timestamp,
    values: [[1_720_000_000_123_456_789n, '2024-07-03 09:46:40.123457', '0002bf5379cd8241']],
  },
];
