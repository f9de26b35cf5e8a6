import duckdb, { type Vector } from '@duckdb/node-bindings';

/** Which rows of a column are not NULL, as Arrow has it: a bitmap, or null when every row is valid. */
export interface Validity {
  readonly nullBitmap: Uint8Array | null;
  readonly nullCount: number;
}

const allValid: Validity = { nullBitmap: null, nullCount: 0 };

/** Copies a vector's validity mask, whose bits are laid out as Arrow's. */
export function readValidity(vector: Vector, rowCount: number): Validity {
  const bytes = Math.ceil(rowCount / 64) * 8;
  const mask: Uint8Array | null = duckdb.vector_get_validity(vector, bytes);
  if (mask === null) return allValid;
  let validCount = 0;
  const wholeBytes = rowCount >> 3;
  for (let byte = 0; byte < wholeBytes; byte += 1) validCount += bitCount(mask[byte] ?? 0);
  const rest = rowCount & 7;
  if (rest > 0) validCount += bitCount((mask[wholeBytes] ?? 0) & ((1 << rest) - 1));
  if (validCount === rowCount) return allValid;
  return { nullBitmap: new Uint8Array(mask), nullCount: rowCount - validCount };
}

/** Whether the row has a value. */
export function isValid(nullBitmap: Uint8Array | null, row: number): boolean {
  return nullBitmap === null || (((nullBitmap[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;
}

function bitCount(byte: number): number {
  let count = byte - ((byte >> 1) & 0x55);
  count = (count & 0x33) + ((count >> 2) & 0x33);
  return (count + (count >> 4)) & 0x0f;
}
