import type { Vector } from '@duckdb/node-bindings';
import type { Data } from 'apache-arrow';
import { copyToVector } from './copy-to-vector.js';
import { writeValidity } from './write-validity.js';

/** Arrow has a bit per boolean, DuckDB a byte. */
export function writeBooleans(vector: Vector, data: Data, start: number, count: number): void {
  const bits: Uint8Array = data.values;
  const bytes = new Uint8Array(count);
  let bit = data.offset + start;
  for (let row = 0; row < count; row += 1) {
    bytes[row] = ((bits[bit >> 3] ?? 0) >> (bit & 7)) & 1;
    bit += 1;
  }
  copyToVector(vector, bytes);
  writeValidity(vector, data, start, count);
}
