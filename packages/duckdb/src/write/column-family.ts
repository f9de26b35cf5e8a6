import { type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';

/** What kind of values a column of Arrow data has: it decides which columns of a table take them. */
export type ColumnFamily = 'text' | 'number' | 'boolean' | 'date' | 'time' | 'binary' | 'null';

const numbers = [
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.BIGNUM,
  DuckDBTypeId.DECIMAL,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.DOUBLE,
];

const dates = [
  DuckDBTypeId.DATE,
  DuckDBTypeId.TIMESTAMP_S,
  DuckDBTypeId.TIMESTAMP_MS,
  DuckDBTypeId.TIMESTAMP,
  DuckDBTypeId.TIMESTAMP_NS,
  DuckDBTypeId.TIMESTAMP_TZ,
];

/** As PostgreSQL assigns: anything becomes text, and a value goes into the types of its own family. */
const takenBy: Readonly<Record<Exclude<ColumnFamily, 'text' | 'null'>, ReadonlySet<DuckDBTypeId>>> = {
  number: new Set([...numbers, DuckDBTypeId.VARCHAR]),
  boolean: new Set([DuckDBTypeId.BOOLEAN, DuckDBTypeId.VARCHAR]),
  date: new Set([...dates, DuckDBTypeId.VARCHAR]),
  time: new Set([DuckDBTypeId.TIME, DuckDBTypeId.TIME_NS, DuckDBTypeId.TIME_TZ, DuckDBTypeId.VARCHAR]),
  binary: new Set([DuckDBTypeId.BLOB, DuckDBTypeId.GEOMETRY]),
};

/** Text is read as a value of any type; but bytes, which DuckDB writes in a way of its own, have to come as bytes. */
const notFromText: ReadonlySet<DuckDBTypeId> = new Set([DuckDBTypeId.BLOB, DuckDBTypeId.GEOMETRY]);

/** Whether a column of this type takes values of the family. */
export function takesFamily({ typeId }: DuckDBType, family: ColumnFamily): boolean {
  if (family === 'null') return true;
  return family === 'text' ? !notFromText.has(typeId) : takenBy[family].has(typeId);
}
