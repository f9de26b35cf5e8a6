import { Field, Int64, Schema } from 'apache-arrow';
import { expect, test } from 'vitest';
import { decodeBatches } from './copy-in.js';

const digits = (count: number) => Array.from({ length: count }, () => Math.floor(Math.random() * 10)).join('');

test('integers of any number of digits keep them all', () => {
  const borders = [15, 16, 17, 18].flatMap((power) => [-1n, 0n, 1n].map((step) => 10n ** BigInt(power) + step));
  const words = [32n, 33n, 52n, 53n, 54n, 62n].flatMap((power) => [-1n, 0n, 1n].map((step) => 2n ** power + step));
  const random = Array.from({ length: 20_000 }, (_, index) => BigInt(digits(1 + (index % 18))));
  const values = [...borders, ...words, ...random, 999_999_999_000_000_000n, 4_294_967_296_000_000_000n];
  const all = [...values.flatMap((value) => [value, -value]), 2n ** 63n - 1n, -(2n ** 63n)];
  const lines = Buffer.from(all.map((value) => `${value}\n`).join(''));
  const { batches, error } = decodeBatches(new Schema([new Field('a', new Int64(), true)]), [], [lines], 10_000);
  expect(error).toBeUndefined();
  expect(batches.flatMap((batch) => [...(batch.getChildAt(0) ?? [])])).toEqual(all);
});

test.each([
  '123456789012345x',
  '12345678x012345678',
  '1234567890123456789x',
  '--123456789012345',
  '+-1234567890123456',
])('%s is none', (text) => {
  const schema = new Schema([new Field('a', new Int64(), true)]);
  const { error } = decodeBatches(schema, [], [Buffer.from(`${text}\n`)], 10);
  expect(error?.message).toBe(`invalid input syntax for type bigint: "${text}"`);
});
