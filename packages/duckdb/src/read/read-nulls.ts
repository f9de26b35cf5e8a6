import type { Vector } from '@duckdb/node-bindings';
import { type Data, makeData, Null } from 'apache-arrow';

/** A column of type "NULL" has no values to read. */
export function readNulls(_vector: Vector, rowCount: number): Data {
  return makeData({ type: new Null(), length: rowCount });
}
