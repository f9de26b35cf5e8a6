import { randomBytes } from 'node:crypto';
import { postgresTypes } from '@riffq/all-types';
import { Decimal, makeData } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { encodeText } from '../encode-column.js';
import { oracleMismatches } from '../mismatches.js';
import { askOracleText } from '../oracle.js';

/** Integers of all lengths that `digits` digits and `bits` bits hold, and the borders. */
function randomIntegers(digits: number, bits: number, count: number): bigint[] {
  const limit = 10n ** BigInt(digits);
  const values = [
    0n,
    1n,
    -1n,
    limit - 1n,
    1n - limit,
    ...Array.from({ length: digits }, (_, power) => 10n ** BigInt(power)),
  ];
  // Where a word of 32 bits ends, on both sides of zero.
  for (let power = 2n ** 32n; power < limit && power < 2n ** BigInt(bits - 1); power *= 2n ** 32n) {
    values.push(power, -power, power - 1n, 1n - power);
  }
  while (values.length < count) {
    const random = BigInt.asIntN(bits, BigInt(`0x${randomBytes(bits / 8).toString('hex')}`));
    values.push((random % limit) / 10n ** BigInt(values.length % digits));
  }
  return values;
}

/** Two's complement in 32-bit words, as Arrow stores decimals. */
function decimalWords(values: readonly bigint[], bits: number): Uint32Array {
  const words = values.flatMap((value) =>
    Array.from({ length: bits / 32 }, (_, word) => Number(BigInt.asUintN(32, value >> BigInt(32 * word)))),
  );
  return Uint32Array.from(words);
}

/** What the integer is worth: as a number with an exponent, for PostgreSQL to read. */
function scaled(value: bigint, scale: number): string {
  return `${value}e${-scale}`;
}

const shapes = [
  { bits: 32, precision: 9, scale: 2 },
  { bits: 64, precision: 18, scale: 0 },
  { bits: 64, precision: 18, scale: 2 },
  { bits: 128, precision: 18, scale: 2 },
  { bits: 128, precision: 15, scale: 3 },
  { bits: 128, precision: 38, scale: 10 },
  { bits: 128, precision: 38, scale: 0 },
  { bits: 128, precision: 38, scale: 38 },
  { bits: 128, precision: 5, scale: 9 },
  { bits: 128, precision: 10, scale: -1 },
  { bits: 128, precision: 10, scale: -4 },
  { bits: 128, precision: 10, scale: -7 },
  { bits: 256, precision: 76, scale: 21 },
  { bits: 256, precision: 76, scale: -3 },
];

describe('decimals are written as PostgreSQL writes numeric', () => {
  test.each(shapes)('$bits bits, precision $precision, scale $scale', async ({ bits, precision, scale }) => {
    const values = randomIntegers(precision, bits, 3000);
    const data = makeData({ type: new Decimal(scale, precision, bits), data: decimalWords(values, bits) });
    const texts = values.map((value) => scaled(value, scale));
    const oracle = await askOracleText(postgresTypes.numeric, texts, `numeric(${precision},${scale})`);
    expect(oracleMismatches(data, oracle)).toEqual([]);
  });

  test('integers beyond the declared precision keep all their digits', () => {
    const values = [2n ** 127n - 1n, -(2n ** 127n)];
    const data = makeData({ type: new Decimal(2, 10, 128), data: decimalWords(values, 128) });
    expect(encodeText(data)).toEqual([
      '1701411834604692317316873037158841057.27',
      '-1701411834604692317316873037158841057.28',
    ]);
  });
});
