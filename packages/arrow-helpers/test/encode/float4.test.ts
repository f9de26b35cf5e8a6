import { randomBytes } from 'node:crypto';
import { postgresTypes } from '@riffq/all-types';
import { Float16, Float32, makeData } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { encodeBinary, encodeText } from '../encode-column.js';
import { mismatches } from '../mismatches.js';
import { askOracle } from '../oracle.js';

/** Bit for bit: a number would lose the payload of a NaN. */
function bigEndian(bits: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(bits);
  return bytes;
}

async function expectAsPostgres(values: Float32Array): Promise<void> {
  const data = makeData({ type: new Float32(), data: values });
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  const oracle = await askOracle(postgresTypes.float4, Array.from(bits, bigEndian));
  const texts = oracle.map(({ text }) => text);
  const binaries = oracle.map(({ binary }) => binary);
  expect(mismatches(encodeText(data), texts)).toEqual([]);
  expect(mismatches(encodeBinary(data), binaries)).toEqual([]);
}

/** The numbers on both sides of a value, and the value. */
function neighbours(value: number): number[] {
  const bits = new Int32Array(1);
  const numbers = new Float32Array(bits.buffer);
  numbers[0] = value;
  return [-2, -1, 1, 1, 1].map((step) => {
    bits[0]! += step;
    return numbers[0]!;
  });
}

describe('float4 is written as PostgreSQL writes it', () => {
  test('special values', () => {
    const values = [0, -0, 1, -1, Number.NaN, Infinity, -Infinity, 1e-45, 3.4028235e38, 0.1, 1e6, 999_999, 1e-4, 1e-5];
    return expectAsPostgres(Float32Array.from(values));
  });

  test('random bits', () => {
    const bytes = randomBytes(4 * 50_000);
    return expectAsPostgres(new Float32Array(bytes.buffer, bytes.byteOffset, 50_000));
  });

  test('random decimals of 1 to 9 digits', () => {
    const values = Float32Array.from({ length: 50_000 }, (_, index) => {
      const digits = Math.floor(Math.random() * 10 ** (1 + (index % 9)));
      return Number(`${index % 2 === 0 ? '' : '-'}${digits}e${(index % 31) - 20}`);
    });
    return expectAsPostgres(values);
  });

  test('powers of two and of ten with their neighbours', () => {
    const twos = Array.from({ length: 277 }, (_, index) => 2 ** (index - 149));
    const tens = Array.from({ length: 84 }, (_, index) => Number(`1e${index - 45}`));
    return expectAsPostgres(Float32Array.from([...twos, ...tens].flatMap(neighbours)));
  });

  test('numbers whose shortest digits lie on a border or half-way between two candidates', () => {
    const values = Array.from(
      { length: 50_000 },
      (_, index) => Math.round(Math.random() * 2 ** 24) * 2 ** ((index % 24) - 3),
    );
    return expectAsPostgres(Float32Array.from(values));
  });
});

test('every Float16 is written as the float4 of the same value', async () => {
  const bits = Uint16Array.from({ length: 65_536 }, (_, index) => index);
  const data = makeData({ type: new Float16(), data: bits });
  const values = Array.from(bits, halfValue);
  const float4Bits = new Int32Array(Float32Array.from(values).buffer);
  const oracle = await askOracle(postgresTypes.float4, Array.from(float4Bits, bigEndian));
  expect(
    mismatches(
      encodeText(data),
      oracle.map(({ text }) => text),
    ),
  ).toEqual([]);
  const found = encodeBinary(data).map((hex, index) => (Number.isNaN(values[index]) ? 'NaN' : hex));
  const expected = oracle.map(({ binary }, index) => (Number.isNaN(values[index]) ? 'NaN' : binary));
  expect(mismatches(found, expected)).toEqual([]);
});

/** IEEE 754 binary16, by its definition. */
function halfValue(bits: number): number {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -14 : sign * (1 + fraction) * 2 ** (exponent - 15);
}
