import { randomBytes } from 'node:crypto';
import { type PostgresType, postgresTypes } from '@riffq/all-types';
import { type Data, Int8, Int16, Int32, Int64, makeData, Uint8, Uint16, Uint32, Uint64 } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { encodeBinary, encodeText } from '../encode-column.js';
import { mismatches, oracleMismatches } from '../mismatches.js';
import { askOracleText } from '../oracle.js';

const bytes = randomBytes(8 * 20_000).buffer.slice(0);
/** Around every power of ten and of two. */
const borders = [...Array(64).keys()]
  .flatMap((power) => [10n ** BigInt(power % 20), 2n ** BigInt(power)])
  .flatMap((value) => [value - 1n, value, -value, -value - 1n]);

function bigints<T extends BigInt64Array | BigUint64Array>(values: T): T {
  values.set(borders);
  // Numbers of all lengths, not only of 19 digits.
  for (let index = borders.length; index < values.length; index++) values[index]! >>= BigInt(index % 64);
  return values;
}

const columns: readonly { name: string; data: Data; postgres: PostgresType }[] = [
  { name: 'Int8', data: makeData({ type: new Int8(), data: new Int8Array(bytes) }), postgres: postgresTypes.int2 },
  { name: 'UInt8', data: makeData({ type: new Uint8(), data: new Uint8Array(bytes) }), postgres: postgresTypes.int2 },
  { name: 'Int16', data: makeData({ type: new Int16(), data: new Int16Array(bytes) }), postgres: postgresTypes.int2 },
  {
    name: 'UInt16',
    data: makeData({ type: new Uint16(), data: new Uint16Array(bytes) }),
    postgres: postgresTypes.int4,
  },
  { name: 'Int32', data: makeData({ type: new Int32(), data: new Int32Array(bytes) }), postgres: postgresTypes.int4 },
  {
    name: 'UInt32',
    data: makeData({ type: new Uint32(), data: new Uint32Array(bytes) }),
    postgres: postgresTypes.int8,
  },
  {
    name: 'Int64',
    data: makeData({ type: new Int64(), data: bigints(new BigInt64Array(bytes.slice(0))) }),
    postgres: postgresTypes.int8,
  },
  {
    name: 'UInt64',
    data: makeData({ type: new Uint64(), data: bigints(new BigUint64Array(bytes.slice(0))) }),
    postgres: postgresTypes.numeric,
  },
];

describe('integers are written as PostgreSQL writes them', () => {
  test.each(columns)('$name as $postgres.name', async ({ data, postgres }) => {
    const texts = Array.from(data.values.subarray(0, 20_000), String);
    const some = data.slice(0, texts.length);
    const oracle = await askOracleText(postgres, texts);
    expect(mismatches(encodeText(some), texts)).toEqual([]);
    expect(oracleMismatches(some, oracle)).toEqual([]);
  });

  test('the largest and smallest of 32 bits', () => {
    const data = makeData({ type: new Int32(), data: Int32Array.of(2 ** 31 - 1, -(2 ** 31), 0, -1) });
    expect(encodeText(data)).toEqual(['2147483647', '-2147483648', '0', '-1']);
    expect(encodeBinary(data)).toEqual(['7fffffff', '80000000', '00000000', 'ffffffff']);
  });
});
