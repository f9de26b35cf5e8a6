import {
  BIGINT,
  BLOB,
  BOOLEAN,
  DATE,
  DECIMAL,
  DOUBLE,
  type DuckDBType,
  FLOAT,
  HUGEINT,
  INTEGER,
  SMALLINT,
  TIME,
  TIME_NS,
  TIMESTAMP,
  TIMESTAMP_MS,
  TIMESTAMP_NS,
  TIMESTAMP_S,
  TIMESTAMPTZ,
  TINYINT,
  UBIGINT,
  UINTEGER,
  USMALLINT,
  UTINYINT,
  VARCHAR,
} from '@duckdb/node-api';
import type { Vector } from '@duckdb/node-bindings';
import { PgError, sqlstate } from '@riffq/wire';
import type { Data, Decimal, Int, Timestamp } from 'apache-arrow';
import { DateUnit, Precision, TimeUnit } from 'apache-arrow/enum';
import { DataType } from 'apache-arrow/type';
import type { ColumnFamily } from './column-family.js';
import { bytesOf, copyToVector } from './copy-to-vector.js';
import { gatherDictionary } from './gather-dictionary.js';
import { writeBooleans } from './write-booleans.js';
import { writeDays, writeHalfFloats, writeMicroseconds, writeMoments } from './write-converted.js';
import { writeDecimalTexts } from './write-decimal-texts.js';
import { writeLists, writeTexts, writeViewedBytes } from './write-encoded.js';
import { writeBinary, writeStrings } from './write-strings.js';
import { writeNulls, writeValidity } from './write-validity.js';

/** Writes one column of every batch into DuckDB's chunks; how is decided once, from the column's Arrow type. */
export interface ColumnWriter {
  /** What DuckDB is given, which need not be what the table has. */
  readonly type: DuckDBType;
  readonly family: ColumnFamily;
  /** Whether what DuckDB is given are moments in UTC, in a unit for which it has no type with a zone. */
  readonly zoned?: boolean;
  /** Writes so many rows of `data` from `start` on into a vector that is empty. */
  readonly write: VectorWriter;
}

type VectorWriter = (vector: Vector, data: Data, start: number, count: number) => void;

const decimalDigits = 38;
const encodedWriters: ReadonlySet<VectorWriter> = new Set([writeLists, writeTexts, writeViewedBytes]);

/**
 * Chooses how a column of this type is written.
 *
 * @throws PgError 0A000 for a type without a PostgreSQL counterpart, naming the column
 */
export function columnWriter(name: string, type: DataType): ColumnWriter {
  const writer = plainWriter(type) ?? dictionaryWriter(name, type);
  if (writer !== undefined) return writer;
  throw new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: `column "${name}" has the Arrow type ${type}, which cannot be inserted`,
    hint: 'Cast the column to a type that PostgreSQL has.',
  });
}

function dictionaryWriter(name: string, type: DataType): ColumnWriter | undefined {
  if (!DataType.isDictionary(type)) return undefined;
  const writer = plainWriter(type.dictionary);
  if (writer === undefined || writer.family === 'null') return undefined;
  // What is encoded needs no gathering: the encoder looks values up itself.
  if (encodedWriters.has(writer.write)) return writer;
  return {
    ...writer,
    write: (vector, data, start, count) =>
      writer.write(vector, gatherDictionary(name, type.dictionary, data, start, count), 0, count),
  };
}

function plainWriter(type: DataType): ColumnWriter | undefined {
  if (DataType.isInt(type)) return fixedWidth('number', integerType(type), type.bitWidth / 8);
  if (DataType.isFloat(type)) {
    if (type.precision === Precision.HALF) return { type: FLOAT, family: 'number', write: writeHalfFloats };
    return type.precision === Precision.SINGLE ? fixedWidth('number', FLOAT, 4) : fixedWidth('number', DOUBLE, 8);
  }
  if (DataType.isDecimal(type)) return decimalWriter(type);
  if (DataType.isBool(type)) return { type: BOOLEAN, family: 'boolean', write: writeBooleans };
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type))
    return { type: VARCHAR, family: 'text', write: writeStrings };
  if (DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isFixedSizeBinary(type)) {
    return { type: BLOB, family: 'binary', write: writeBinary };
  }
  if (DataType.isDate(type)) {
    const write: VectorWriter = type.unit === DateUnit.DAY ? (...rows) => writeMoments(4, ...rows) : writeDays;
    return { type: DATE, family: 'date', write };
  }
  if (DataType.isTime(type)) {
    if (type.unit === TimeUnit.MICROSECOND) return fixedWidth('time', TIME, 8);
    if (type.unit === TimeUnit.NANOSECOND) return fixedWidth('time', TIME_NS, 8);
    const unit = type.unit === TimeUnit.SECOND ? 1_000_000 : 1000;
    return { type: TIME, family: 'time', write: (...rows) => writeMicroseconds(unit, ...rows) };
  }
  if (DataType.isTimestamp(type)) {
    const zoned = Boolean(type.timezone) && type.unit !== TimeUnit.MICROSECOND;
    return { type: timestampType(type), family: 'date', zoned, write: (...rows) => writeMoments(8, ...rows) };
  }
  if (DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type)) {
    return { type: VARCHAR, family: 'text', write: writeLists };
  }
  if (DataType.isBinaryView(type)) return { type: BLOB, family: 'binary', write: writeViewedBytes };
  const isText =
    DataType.isUtf8View(type) || DataType.isInterval(type) || DataType.isDuration(type) || isDocument(type);
  if (isText) return { type: VARCHAR, family: 'text', write: writeTexts };
  if (DataType.isNull(type)) {
    return { type: VARCHAR, family: 'null', write: (vector, _data, _start, count) => writeNulls(vector, count) };
  }
  return undefined;
}

/** JSON for PostgreSQL. */
function isDocument(type: DataType): boolean {
  return DataType.isStruct(type) || DataType.isMap(type) || DataType.isUnion(type);
}

/** For values whose layout in Arrow is DuckDB's. */
function fixedWidth(family: ColumnFamily, type: DuckDBType, bytes: number): ColumnWriter {
  return {
    type,
    family,
    write: (vector, data, start, count) => {
      copyToVector(vector, bytesOf(data.values).subarray(start * bytes, (start + count) * bytes));
      writeValidity(vector, data, start, count);
    },
  };
}

function integerType({ bitWidth, isSigned }: Int): DuckDBType {
  switch (bitWidth) {
    case 8:
      return isSigned ? TINYINT : UTINYINT;
    case 16:
      return isSigned ? SMALLINT : USMALLINT;
    case 32:
      return isSigned ? INTEGER : UINTEGER;
    default:
      return isSigned ? BIGINT : UBIGINT;
  }
}

/** DuckDB's widest decimals and its HUGEINT have Arrow's layout; others go as text, which DuckDB's casts read exactly. */
function decimalWriter(type: Decimal): ColumnWriter {
  const { bitWidth, precision, scale } = type;
  if (bitWidth === 128 && precision <= decimalDigits && scale >= 0 && scale <= decimalDigits) {
    return fixedWidth('number', DECIMAL(decimalDigits, scale), 16);
  }
  if (bitWidth === 128 && scale === 0) return fixedWidth('number', HUGEINT, 16);
  return { type: VARCHAR, family: 'number', write: (...rows) => writeDecimalTexts(type, ...rows) };
}

function timestampType({ unit, timezone }: Timestamp): DuckDBType {
  switch (unit) {
    case TimeUnit.SECOND:
      return TIMESTAMP_S;
    case TimeUnit.MILLISECOND:
      return TIMESTAMP_MS;
    case TimeUnit.MICROSECOND:
      return timezone ? TIMESTAMPTZ : TIMESTAMP;
    case TimeUnit.NANOSECOND:
      return TIMESTAMP_NS;
  }
}
