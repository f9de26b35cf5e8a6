import { randomBytes } from 'node:crypto';
import { postgresTypes } from '@riffq/all-types';
import { typeOid } from '@riffq/wire';
import { describe, expect, test } from 'vitest';
import { binaryToText } from '../../src/type-functions/string-conversions.js';
import { askOracle } from '../oracle.js';

const inTurn = 50_000;

/** Random bits, numbers of few digits, powers of two, and what lies half-way between two texts. */
function numberAt(index: number, greatestPowerOfTwo: number): number | undefined {
  const few = 1 + Math.floor(Math.random() * 999);
  const power = Math.floor((Math.random() * 2 - 1) * greatestPowerOfTwo);
  switch (index % 4) {
    case 0:
      return few * Number(`1e${Math.floor(power / 4)}`);
    case 1:
      return 2 ** power * Math.sign(Math.random() - 0.5);
    case 2:
      return few + 2 ** -(1 + (index % 24));
    default:
      return undefined;
  }
}

async function expectAsPostgres(type: 'float4' | 'float8', values: readonly Buffer[]): Promise<void> {
  const toText = binaryToText(typeOid[type]) ?? String;
  const oracle = await askOracle(postgresTypes[type], values);
  const ours = values.map((value) => `${value.toString('hex')} ${toText(value)}`);
  expect(ours).toEqual(oracle.map(({ text }, at) => `${values[at]?.toString('hex')} ${text}`));
}

describe('binary floating-point numbers become what PostgreSQL prints', () => {
  test('float8', async () => {
    const values = Array.from({ length: inTurn }, (_, index) => {
      const bytes = randomBytes(8);
      const value = numberAt(index, 1000);
      if (value !== undefined) bytes.writeDoubleBE(value);
      return bytes;
    });
    const known = ['44b52d02c7e14af6', '8000000000000000', '7ff8000000000000', 'fff0000000000000', '0000000000000001'];
    await expectAsPostgres('float8', [...values, ...known.map((bytes) => Buffer.from(bytes, 'hex'))]);
  });

  test('float4', async () => {
    const values = Array.from({ length: inTurn }, (_, index) => {
      const bytes = randomBytes(4);
      const value = numberAt(index, 125);
      if (value !== undefined) bytes.writeFloatBE(value);
      return bytes;
    });
    const known = ['5141b710', '6b000000', '80000000', '7fc00000', 'ff800000', '00000001'];
    await expectAsPostgres('float4', [...values, ...known.map((bytes) => Buffer.from(bytes, 'hex'))]);
  });

  test('in arrays and in geometric types', () => {
    const number = Buffer.from('44b52d02c7e14af6', 'hex');
    const toText = binaryToText(typeOid.point) ?? String;
    expect(toText(Buffer.concat([number, number]))).toBe('(9.999999999999999e+22,9.999999999999999e+22)');
    const head = Buffer.from('0000000100000000000002bd000000010000000100000008', 'hex');
    expect(binaryToText(1022)?.(Buffer.concat([head, number]))).toBe('{9.999999999999999e+22}');
  });
});
