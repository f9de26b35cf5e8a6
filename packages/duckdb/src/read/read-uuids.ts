import duckdb, { type Vector } from '@duckdb/node-bindings';
import { type Data, FixedSizeBinary, makeData } from 'apache-arrow';
import { readValidity } from './validity.js';

const uuidBytes = 16;

/** A UUID column: DuckDB keeps a UUID as a 128-bit integer, lowest byte first, whose highest bit is inverted. */
export function readUuids(vector: Vector, rowCount: number): Data {
  const validity = readValidity(vector, rowCount);
  const source = duckdb.vector_get_data(vector, rowCount * uuidBytes);
  const data = new Uint8Array(rowCount * uuidBytes);
  for (let start = 0; start < data.length; start += uuidBytes) {
    for (let index = 0; index < uuidBytes; index += 1) data[start + index] = source[start + uuidBytes - 1 - index] ?? 0;
    data[start]! ^= 0x80;
  }
  return makeData({ type: new FixedSizeBinary(uuidBytes), length: rowCount, ...validity, data });
}
