import { expect, test } from 'vitest';
import { decodeBatches, schemaOf } from './copy-in.js';

/** Rows after which binary is read by a loop of its own. */
const LONG = 10_001;
/** A chunk of so many bytes is read where it is, with what happens to lie behind it. */
const borrowedBytes = 20_000;

const header = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const field = (bytes: Buffer): Buffer => {
  const size = Buffer.alloc(4);
  size.writeInt32BE(bytes.length);
  return Buffer.concat([size, bytes]);
};
const int4 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const int8 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
};
const flag = (value: number): Buffer => Buffer.of(value % 2);
const rowOf = (n: number): Buffer =>
  Buffer.concat([Buffer.of(0, 4), field(int4(n)), field(int8(n)), field(Buffer.from(`row ${n}`)), field(flag(n))]);

/** The bytes at the beginning of a buffer in which nothing but `0xff` is behind them: what says NULL where a size should be. */
function beforeNulls(bytes: Uint8Array): Uint8Array {
  const all = Buffer.alloc(bytes.length + 4096, 0xff);
  all.set(bytes);
  return all.subarray(0, bytes.length);
}

test('a row of a long binary COPY that comes in two parts has no NULL of what lay behind the first', () => {
  const schema = schemaOf({ a: 'int4', b: 'int8', c: 'text', d: 'bool' });
  const binary = [{ name: 'format', value: 'binary' }];
  const numbers = Array.from({ length: LONG }, (_, n) => n);
  const rows = numbers.map(rowOf);
  const data = Buffer.concat([header, ...rows, Buffer.of(0xff, 0xff)]);
  decodeBatches(schema, binary, [data]);
  const longest = rowOf(LONG).length;
  for (let cut = borrowedBytes; cut < borrowedBytes + longest; cut += 1) {
    const chunks = [data.subarray(0, cut), data.subarray(cut, 2 * cut + 1), data.subarray(2 * cut + 1)];
    const { batches, error } = decodeBatches(schema, binary, chunks.map(beforeNulls));
    expect(error).toBeUndefined();
    const values = ['a', 'b', 'c', 'd'].map((_, at) => batches.flatMap((batch) => [...(batch.getChildAt(at) ?? [])]));
    expect(values).toEqual([
      numbers,
      numbers.map(BigInt),
      numbers.map((n) => `row ${n}`),
      numbers.map((n) => n % 2 === 1),
    ]);
  }
});
