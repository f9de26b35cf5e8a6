import { type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import duckdb, { type Vector } from '@duckdb/node-bindings';
import type { Data } from 'apache-arrow';
import { makeData } from 'apache-arrow/data';
import { Field } from 'apache-arrow/schema';
import { DataType, Dictionary, Int32, List } from 'apache-arrow/type';
import { Vector as ArrowVector } from 'apache-arrow/vector';
import { arrowMetadata } from './arrow-metadata.js';
import { isValid, readValidity } from './validity.js';

/** Offset and length, 64 bits each. */
const entryBytes = 16;

type ReadElements = (vector: Vector, rowCount: number) => Data;

/**
 * A LIST or ARRAY column. DuckDB's lists may lie anywhere among the elements, in any order and several in one place, where
 * Arrow's follow each other: the elements are a dictionary then, and the lists its indices.
 *
 * @param readElements - reads the innermost elements
 */
export function readLists(type: DuckDBType, readElements: ReadElements, vector: Vector, rowCount: number): Data {
  const rows = Int32Array.from({ length: rowCount }, (_, row) => row);
  return readSelected(type, readElements, vector, rowCount, rows);
}

/** Of `rowCount` values those at `rows`, in this order. */
function readSelected(
  type: DuckDBType,
  readElements: ReadElements,
  vector: Vector,
  rowCount: number,
  rows: Int32Array,
): Data {
  if (type.typeId !== DuckDBTypeId.LIST && type.typeId !== DuckDBTypeId.ARRAY) {
    return selected(readElements(vector, rowCount), rows);
  }
  const { nullBitmap } = readValidity(vector, rowCount);
  const place = type.typeId === DuckDBTypeId.LIST ? listPlaces(vector, rowCount) : arrayPlaces(type.length);
  const offsets = new Int32Array(rows.length + 1);
  const validity = new Uint8Array((rows.length + 7) >> 3);
  const elements: number[] = [];
  let nullCount = 0;
  for (const [index, row] of rows.entries()) {
    if (isValid(nullBitmap, row)) {
      validity[index >> 3]! |= 1 << (index & 7);
      const { start, length } = place(row);
      for (let element = start; element < start + length; element += 1) elements.push(element);
    } else {
      nullCount += 1;
    }
    offsets[index + 1] = elements.length;
  }
  const isList = type.typeId === DuckDBTypeId.LIST;
  const child = isList ? duckdb.list_vector_get_child(vector) : duckdb.array_vector_get_child(vector);
  const childRows = isList ? duckdb.list_vector_get_size(vector) : rowCount * type.length;
  const values = readSelected(type.valueType, readElements, child, childRows, Int32Array.from(elements));
  return makeData({
    type: new List(new Field('item', values.type, true, arrowMetadata(type.valueType))),
    length: rows.length,
    nullCount,
    nullBitmap: validity,
    valueOffsets: offsets,
    child: values,
  });
}

type Place = (row: number) => { readonly start: number; readonly length: number };

function listPlaces(vector: Vector, rowCount: number): Place {
  const bytes = Uint8Array.from(duckdb.vector_get_data(vector, rowCount * entryBytes));
  const view = new DataView(bytes.buffer);
  return (row) => ({
    start: Number(view.getBigUint64(row * entryBytes, true)),
    length: Number(view.getBigUint64(row * entryBytes + 8, true)),
  });
}

function arrayPlaces(length: number): Place {
  return (row) => ({ start: row * length, length });
}

/** The values at `rows`: themselves, if that is all of them. */
function selected(values: Data, rows: Int32Array): Data {
  const isAll = rows.length <= values.length && rows.every((row, index) => row === index);
  if (isAll) return rows.length === values.length ? values : values.slice(0, rows.length);
  if (DataType.isNull(values.type)) return makeData({ type: values.type, length: rows.length });
  const type = new Dictionary<DataType>(values.type, new Int32());
  return makeData({ type, length: rows.length, nullCount: 0, data: rows, dictionary: new ArrowVector([values]) });
}
