import duckdb, { type Vector } from '@duckdb/node-bindings';
import type { Data } from 'apache-arrow';
import { makeData } from 'apache-arrow/data';
import { Bool } from 'apache-arrow/type';
import { readValidity } from './validity.js';

/** DuckDB has a byte per boolean, Arrow a bit. */
export function readBooleans(vector: Vector, rowCount: number): Data {
  const bytes = duckdb.vector_get_data(vector, rowCount);
  const data = new Uint8Array((rowCount + 7) >> 3);
  for (let row = 0; row < rowCount; row += 1) {
    // What stands in a NULL row is arbitrary, so only the lowest bit may come through.
    data[row >> 3]! |= ((bytes[row] ?? 0) & 1) << (row & 7);
  }
  return makeData({ type: new Bool(), length: rowCount, ...readValidity(vector, rowCount), data });
}
