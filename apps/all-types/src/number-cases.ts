import {
  Bool,
  Decimal,
  Float16,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
} from 'apache-arrow';
import { postgresTypes } from './postgres-type.js';
import type { TypeCase } from './type-case.js';

/** An integer as the 32-bit words of a decimal. */
export function decimalWords(bitWidth: number, value: bigint): number[] {
  return Array.from({ length: bitWidth / 32 }, (_, word) => Number(BigInt.asUintN(32, value >> BigInt(word * 32))));
}

/** Integers, floating-point numbers, decimals and truth values. */
export const numberCases: readonly TypeCase[] = [
  {
    type: new Int8(),
    postgres: postgresTypes.int2,
    values: [
      [0, '0', '0000'],
      [-128, '-128', 'ff80'],
      [127, '127', '007f'],
    ],
  },
  {
    type: new Uint8(),
    postgres: postgresTypes.int2,
    values: [
      [0, '0', '0000'],
      [9, '9', '0009'],
      [255, '255', '00ff'],
    ],
  },
  {
    type: new Int16(),
    postgres: postgresTypes.int2,
    values: [
      [10, '10', '000a'],
      [-32768, '-32768', '8000'],
      [999, '999', '03e7'],
    ],
  },
  {
    type: new Uint16(),
    postgres: postgresTypes.int4,
    values: [
      [1000, '1000', '000003e8'],
      [65535, '65535', '0000ffff'],
    ],
  },
  {
    type: new Int32(),
    postgres: postgresTypes.int4,
    values: [
      [99_999, '99999', '0001869f'],
      [-(2 ** 31), '-2147483648', '80000000'],
      [2 ** 31 - 1, '2147483647', '7fffffff'],
      [-1, '-1', 'ffffffff'],
    ],
  },
  {
    type: new Uint32(),
    postgres: postgresTypes.int8,
    values: [
      [2 ** 32 - 1, '4294967295', '00000000ffffffff'],
      [7, '7', '0000000000000007'],
    ],
  },
  {
    type: new Int64(),
    postgres: postgresTypes.int8,
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
    postgres: postgresTypes.numeric,
    values: [
      [0n, '0', '0000000000000000'],
      [2n ** 64n - 1n, '18446744073709551615', '000500040000000007341a5802e103bb064f'],
      [10_000n, '10000', '00010001000000000001'],
    ],
  },
  {
    type: new Float16(),
    postgres: postgresTypes.float4,
    values: [
      [0x3e00, '1.5', '3fc00000'],
      [0x2e66, '0.099975586', '3dccc000'],
      [0xfc00, '-Infinity', 'ff800000'],
    ],
  },
  {
    type: new Float32(),
    postgres: postgresTypes.float4,
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
    postgres: postgresTypes.float8,
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
    postgres: postgresTypes.numeric,
    typeModifier: ((9 << 16) | 2) + 4,
    values: [
      [decimalWords(32, 12_345n), '123.45', '0002000000000002007b1194'],
      [decimalWords(32, -1n), '-0.01', '0001ffff400000020064'],
    ],
  },
  {
    type: new Decimal(10, 38, 128),
    postgres: postgresTypes.numeric,
    typeModifier: ((38 << 16) | 10) + 4,
    values: [
      [decimalWords(128, 0n), '0.0000000000', '000000000000000a'],
      [decimalWords(128, 8_895_033_437_612_933n), '889503.3437612933', '000500010000000a0058251f0d6d17f10ce4'],
      [
        decimalWords(128, -(10n ** 37n) + 1n),
        '-999999999999999999999999999.9999999999',
        '000a00064000000a03e7270f270f270f270f270f270f270f270f26ac',
      ],
    ],
  },
  {
    type: new Decimal(-3, 5, 128),
    postgres: postgresTypes.numeric,
    typeModifier: ((5 << 16) | (-3 & 0x7ff)) + 4,
    values: [
      [decimalWords(128, 123n), '123000', '0002000100000000000c0bb8'],
      [decimalWords(128, 0n), '0', '0000000000000000'],
    ],
  },
  {
    type: new Decimal(-2, 9, 32),
    postgres: postgresTypes.numeric,
    typeModifier: ((9 << 16) | (-2 & 0x7ff)) + 4,
    values: [[decimalWords(32, -120n), '-12000', '0002000140000000000107d0']],
  },
  {
    type: new Decimal(-4, 18, 64),
    postgres: postgresTypes.numeric,
    typeModifier: ((18 << 16) | (-4 & 0x7ff)) + 4,
    values: [[decimalWords(64, 10n ** 18n - 1n), '9999999999999999990000', '00050005000000000063270f270f270f270f']],
  },
  {
    type: new Decimal(-7, 76, 256),
    postgres: postgresTypes.numeric,
    typeModifier: ((76 << 16) | (-7 & 0x7ff)) + 4,
    values: [[decimalWords(256, -(10n ** 40n)), `-1${'0'.repeat(47)}`, '0001000b4000000003e8']],
  },
  {
    type: new Bool(),
    postgres: postgresTypes.bool,
    values: [
      [true, 't', '01'],
      [false, 'f', '00'],
    ],
  },
  {
    type: new Decimal(4, 18, 64),
    postgres: postgresTypes.numeric,
    typeModifier: ((18 << 16) | 4) + 4,
    values: [
      [decimalWords(64, 10n ** 18n - 1n), '99999999999999.9999', '00050003000000040063270f270f270f270f'],
      [decimalWords(64, -1n), '-0.0001', '0001ffff400000040001'],
    ],
  },
  {
    type: new Decimal(20, 76, 256),
    postgres: postgresTypes.numeric,
    typeModifier: ((76 << 16) | 20) + 4,
    values: [
      [
        decimalWords(256, 10n ** 76n - 1n),
        `${'9'.repeat(56)}.${'9'.repeat(20)}`,
        '0013000d00000014270f270f270f270f270f270f270f270f270f270f270f270f270f270f270f270f270f270f270f',
      ],
      [decimalWords(256, -(10n ** 20n)), '-1.00000000000000000000', '00010000400000140001'],
    ],
  },
];
