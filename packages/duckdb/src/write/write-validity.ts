import duckdb, { type Vector } from '@duckdb/node-bindings';
import type { Data } from 'apache-arrow';

/** DuckDB reads its masks in words of 64 bits. */
const wordBits = 64;

/** Writes which of the rows are not NULL. A vector that was not written yet has no NULLs. */
export function writeValidity(vector: Vector, data: Data, start: number, count: number): void {
  const bitmap = validityBitmap(data);
  if (bitmap !== null) writeMask(vector, copyBits(bitmap, data.offset + start, count));
}

/** Makes every row NULL. */
export function writeNulls(vector: Vector, count: number): void {
  writeMask(vector, new Uint8Array(maskBytes(count)));
}

/** The validity bitmap of data that has NULLs: apache-arrow does not look at the others' either. */
export function validityBitmap(data: Data): Uint8Array | null {
  return data.nullCount > 0 && data.nullBitmap ? data.nullBitmap : null;
}

/** Bits from any place of a bitmap, moved to its beginning. */
export function copyBits(bitmap: Uint8Array, firstBit: number, count: number): Uint8Array<ArrayBuffer> {
  const bits = new Uint8Array(maskBytes(count));
  const shift = firstBit & 7;
  let from = firstBit >> 3;
  for (let byte = 0; byte < (count + 7) >> 3; byte += 1) {
    bits[byte] = ((bitmap[from] ?? 0) >> shift) | ((bitmap[from + 1] ?? 0) << (8 - shift));
    from += 1;
  }
  return bits;
}

function maskBytes(count: number): number {
  return Math.ceil(count / wordBits) * 8;
}

function writeMask(vector: Vector, mask: Uint8Array<ArrayBuffer>): void {
  duckdb.vector_ensure_validity_writable(vector);
  duckdb.copy_data_to_vector_validity(vector, 0, mask.buffer, 0, mask.length);
}
