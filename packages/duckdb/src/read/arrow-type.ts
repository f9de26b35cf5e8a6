import { type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import type { DataType } from 'apache-arrow';
import { Field } from 'apache-arrow/schema';
import {
  Binary,
  Bool,
  DateDay,
  Decimal,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  List,
  Null,
  TimeMicrosecond,
  TimeNanosecond,
  TimestampMicrosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  TimestampSecond,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
} from 'apache-arrow/type';
import { arrowMetadata } from './arrow-metadata.js';
import { listElementType } from './list-element.js';

/**
 * The Arrow type that a DuckDB column goes out as. Nothing overflows: what has no Arrow counterpart (UUID, INTERVAL,
 * ENUM, BIT, TIMETZ, BIGNUM) is Utf8, as structs, maps, unions, variants and lists of those are, which are JSON; the field's metadata says what
 * PostgreSQL calls it.
 */
export function arrowType(type: DuckDBType): DataType {
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return new Bool();
    case DuckDBTypeId.TINYINT:
      return new Int8();
    case DuckDBTypeId.SMALLINT:
      return new Int16();
    case DuckDBTypeId.INTEGER:
      return new Int32();
    case DuckDBTypeId.BIGINT:
      return new Int64();
    case DuckDBTypeId.UTINYINT:
      return new Uint8();
    case DuckDBTypeId.USMALLINT:
      return new Uint16();
    case DuckDBTypeId.UINTEGER:
      return new Uint32();
    case DuckDBTypeId.UBIGINT:
      return new Uint64();
    case DuckDBTypeId.FLOAT:
      return new Float32();
    case DuckDBTypeId.DOUBLE:
      return new Float64();
    case DuckDBTypeId.DECIMAL:
      return new Decimal(type.scale, type.width, 128);
    // The width says how many digits the largest value has; 128 bits hold it.
    case DuckDBTypeId.HUGEINT:
      return new Decimal(0, 39, 128);
    // The largest value needs all 128 bits, so its sign needs more.
    case DuckDBTypeId.UHUGEINT:
      return new Decimal(0, 39, 256);
    case DuckDBTypeId.DATE:
      return new DateDay();
    case DuckDBTypeId.TIME:
      return new TimeMicrosecond();
    case DuckDBTypeId.TIME_NS:
      return new TimeNanosecond();
    case DuckDBTypeId.TIMESTAMP_S:
      return new TimestampSecond();
    case DuckDBTypeId.TIMESTAMP_MS:
      return new TimestampMillisecond();
    case DuckDBTypeId.TIMESTAMP:
      return new TimestampMicrosecond();
    case DuckDBTypeId.TIMESTAMP_NS:
      return new TimestampNanosecond();
    case DuckDBTypeId.TIMESTAMP_TZ:
      return new TimestampMicrosecond('UTC');
    // A geometry is stored as well-known binary.
    case DuckDBTypeId.BLOB:
    case DuckDBTypeId.GEOMETRY:
      return new Binary();
    case DuckDBTypeId.LIST:
    case DuckDBTypeId.ARRAY:
      return listType(listElementType(type));
    case DuckDBTypeId.SQLNULL:
      return new Null();
    default:
      return new Utf8();
  }
}

function listType(element: DuckDBType | undefined): DataType {
  if (element === undefined) return new Utf8();
  return new List(new Field('item', arrowType(element), true, arrowMetadata(element)));
}
