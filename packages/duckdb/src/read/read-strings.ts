import duckdb, { type Vector } from '@duckdb/node-bindings';
import type { Data } from 'apache-arrow';
import { makeData } from 'apache-arrow/data';
import { Binary, Utf8 } from 'apache-arrow/type';
import { gatherStrings, stringBytes } from './gather-strings.js';
import { readValidity } from './validity.js';

/** A VARCHAR column. */
export function readStrings(vector: Vector, rowCount: number): Data {
  return makeData({ type: new Utf8(), ...gather(vector, rowCount) });
}

/** A BLOB column, or any other whose values DuckDB keeps as it keeps strings. */
export function readBinary(vector: Vector, rowCount: number): Data {
  return makeData({ type: new Binary(), ...gather(vector, rowCount) });
}

function gather(vector: Vector, rowCount: number) {
  const validity = readValidity(vector, rowCount);
  const vectorData = duckdb.vector_get_data(vector, rowCount * stringBytes);
  return { length: rowCount, ...validity, ...gatherStrings(vectorData, validity.nullBitmap, rowCount) };
}
