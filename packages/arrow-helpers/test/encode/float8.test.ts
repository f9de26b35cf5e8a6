import { randomBytes } from 'node:crypto';
import { postgresTypes } from '@riffq/all-types';
import { Float64, makeData } from 'apache-arrow';
import { describe, expect, test } from 'vitest';

import { oracleMismatches } from '../mismatches.js';
import { askOracle } from '../oracle.js';

function bigEndian(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
}

async function expectAsPostgres(values: Float64Array): Promise<void> {
  const data = makeData({ type: new Float64(), data: values });
  const oracle = await askOracle(postgresTypes.float8, Array.from(values, bigEndian));
  expect(oracleMismatches(data, oracle)).toEqual([]);
}

/** The numbers on both sides of a value, and the value. */
function neighbours(value: number): number[] {
  const bits = new BigInt64Array(1);
  const numbers = new Float64Array(bits.buffer);
  numbers[0] = value;
  return [-2n, -1n, 1n, 1n, 1n].map((step) => {
    bits[0] = bits[0]! + step;
    return numbers[0]!;
  });
}

describe('float8 is written as PostgreSQL writes it', () => {
  test('special values', () => {
    const values = [
      0,
      -0,
      1,
      -1,
      Number.NaN,
      Infinity,
      -Infinity,
      1e23,
      5e-324,
      Number.MAX_VALUE,
      0.1 + 0.2,
      1e15,
      1e-4,
      1e-5,
    ];
    return expectAsPostgres(Float64Array.from(values));
  });

  test('random bits', () => {
    const bytes = randomBytes(8 * 50_000);
    return expectAsPostgres(new Float64Array(bytes.buffer, bytes.byteOffset, 50_000));
  });

  test('random decimals of 1 to 17 digits', () => {
    const values = Float64Array.from({ length: 50_000 }, (_, index) => {
      const digits = Math.floor(Math.random() * 10 ** (1 + (index % 17)));
      return Number(`${index % 2 === 0 ? '' : '-'}${digits}e${(index % 41) - 20}`);
    });
    return expectAsPostgres(values);
  });

  test('powers of two and of ten with their neighbours', () => {
    const twos = Array.from({ length: 2098 }, (_, index) => 2 ** (index - 1074));
    const tens = Array.from({ length: 632 }, (_, index) => Number(`1e${index - 323}`));
    return expectAsPostgres(Float64Array.from([...twos, ...tens].flatMap(neighbours)));
  });

  test('subnormal numbers', () => {
    const bytes = Buffer.alloc(8 * 5000);
    for (let at = 0; at < bytes.length; at += 8) randomBytes(6).copy(bytes, at);
    return expectAsPostgres(new Float64Array(bytes.buffer, bytes.byteOffset, 5000));
  });

  test('numbers whose shortest digits lie on a border or half-way between two candidates', () => {
    const quarters = Array.from(
      { length: 5000 },
      () => 2 ** 50 + Math.floor(Math.random() * 2 ** 50) + 0.25 * Math.floor(Math.random() * 4),
    );
    const large = Array.from({ length: 50_000 }, (_, index) => Math.round(Math.random() * 2 ** 53) * 2 ** (index % 24));
    return expectAsPostgres(Float64Array.from([...quarters, ...large]));
  });

  test('numbers of 4096 to 2^31, whose whole part and fraction are written apart', () => {
    const fractions = [0, 0.5, 0.25, 0.125, 0.001, 0.999, 0.9999, 0.1234999999999, 0.00009999, 1e-9];
    const wholes = Array.from({ length: 20 }, (_, power) => 2 ** (12 + power));
    const near = wholes.flatMap((whole) => fractions.flatMap((fraction) => neighbours(whole + fraction)));
    const random = Array.from({ length: 50_000 }, (_, index) => {
      const value = 2 ** (11.5 + 20 * Math.random());
      const few = 2 ** (index % 12);
      // As they come, with few bits in the fraction (half-way between two candidates), and with few digits.
      if (index % 3 === 0) return value;
      return index % 3 === 1 ? Math.round(value * few) / few : Number(value.toFixed(index % 8));
    });
    return expectAsPostgres(Float64Array.from([...near, ...random].flatMap((value) => [value, -value])));
  });

  test('money and other numbers of few decimals', () => {
    const values = Array.from({ length: 50_000 }, (_, index) => Math.round(Math.random() * 1e12) / 10 ** (index % 7));
    return expectAsPostgres(Float64Array.from(values));
  });
});
