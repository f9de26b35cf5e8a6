import type { Vector } from '@duckdb/node-bindings';
import type { Data } from 'apache-arrow';
import { makeData } from 'apache-arrow/data';
import { Null } from 'apache-arrow/type';

/** A column of type "NULL" has no values to read. */
export function readNulls(_vector: Vector, rowCount: number): Data {
  return makeData({ type: new Null(), length: rowCount });
}
