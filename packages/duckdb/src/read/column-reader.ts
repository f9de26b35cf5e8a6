import { type DuckDBDataChunk, type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import duckdb, { type Vector } from '@duckdb/node-bindings';
import type { Data, DataType } from 'apache-arrow';
import { arrowMetadata } from './arrow-metadata.js';
import { arrowType } from './arrow-type.js';
import { listElementType } from './list-element.js';
import { readBooleans } from './read-booleans.js';
import { readDecimals, readUnsignedHugeIntegers } from './read-decimals.js';
import { readEnum } from './read-enum.js';
import { readFixedWidth } from './read-fixed-width.js';
import { readLists } from './read-lists.js';
import { readNulls } from './read-nulls.js';
import { readBinary, readStrings } from './read-strings.js';
import { readTexts } from './read-texts.js';
import { readUuids } from './read-uuids.js';

/** Reads one column of every chunk of a result; how is decided once, from the column's type. */
export interface ColumnReader {
  readonly type: DataType;
  /** Of the field: what the type alone does not say. */
  readonly metadata: Map<string, string>;
  /** Copies everything it reads, so that the Arrow data outlives the chunk. */
  read(chunk: DuckDBDataChunk, column: number): Data;
}

type VectorReader = (vector: Vector, rowCount: number) => Data;

/** Chooses how a column of this type is read. */
export function columnReader(type: DuckDBType): ColumnReader {
  const reader = vectorReader(type);
  return {
    type: arrowType(type),
    metadata: arrowMetadata(type),
    read:
      reader === undefined
        ? (chunk, column) => readTexts(chunk.getColumnVector(column), type)
        : (chunk, column) => reader(duckdb.data_chunk_get_vector(chunk.chunk, column), chunk.rowCount),
  };
}

/** A reader over raw memory, or undefined for the types whose values are made into text one by one. */
function vectorReader(type: DuckDBType): VectorReader | undefined {
  const fixedWidth = (bytes: number): VectorReader => {
    const target = arrowType(type);
    return (vector, rowCount) => readFixedWidth(target, bytes, vector, rowCount);
  };
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return readBooleans;
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.UTINYINT:
      return fixedWidth(1);
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.USMALLINT:
      return fixedWidth(2);
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.UINTEGER:
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DATE:
      return fixedWidth(4);
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.DOUBLE:
    case DuckDBTypeId.TIME:
    case DuckDBTypeId.TIME_NS:
    case DuckDBTypeId.TIMESTAMP_S:
    case DuckDBTypeId.TIMESTAMP_MS:
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_NS:
    case DuckDBTypeId.TIMESTAMP_TZ:
      return fixedWidth(8);
    case DuckDBTypeId.HUGEINT:
      return fixedWidth(16);
    case DuckDBTypeId.UHUGEINT:
      return readUnsignedHugeIntegers;
    case DuckDBTypeId.DECIMAL:
      return (vector, rowCount) => readDecimals(type, vector, rowCount);
    case DuckDBTypeId.VARCHAR:
      return readStrings;
    case DuckDBTypeId.BLOB:
    case DuckDBTypeId.GEOMETRY:
      return readBinary;
    case DuckDBTypeId.ENUM:
      return readEnum(type);
    case DuckDBTypeId.UUID:
      return readUuids;
    case DuckDBTypeId.LIST:
    case DuckDBTypeId.ARRAY:
      return listReader(type);
    case DuckDBTypeId.SQLNULL:
      return readNulls;
    default:
      return undefined;
  }
}

function listReader(type: DuckDBType): VectorReader | undefined {
  let element = listElementType(type);
  for (let inner = element; inner !== undefined; inner = listElementType(inner)) element = inner;
  const read = element && vectorReader(element);
  return read && ((vector, rowCount) => readLists(type, read, vector, rowCount));
}
