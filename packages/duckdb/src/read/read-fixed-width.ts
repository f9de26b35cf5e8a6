import duckdb, { type Vector } from '@duckdb/node-bindings';
import type { DataType } from 'apache-arrow';
import { Data } from 'apache-arrow/data';
import { BufferType } from 'apache-arrow/enum';
import { readValidity } from './validity.js';

/** Copies values whose layout in DuckDB is Arrow's. */
export function readFixedWidth(type: DataType, bytes: number, vector: Vector, rowCount: number): Data {
  const { nullBitmap, nullCount } = readValidity(vector, rowCount);
  const values = new type.ArrayType(copyVector(vector, rowCount * bytes).buffer);
  return new Data(type, 0, rowCount, nullCount, {
    [BufferType.DATA]: values,
    ...(nullBitmap === null ? {} : { [BufferType.VALIDITY]: nullBitmap }),
  });
}

/** Copies a vector's values into memory of their own: the view that the binding gives dies with the chunk. */
export function copyVector(vector: Vector, bytes: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes);
  copy.set(duckdb.vector_get_data(vector, bytes));
  return copy;
}
