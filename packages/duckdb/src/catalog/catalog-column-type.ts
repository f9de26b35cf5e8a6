import {
  BIGINT,
  BLOB,
  BOOLEAN,
  DATE,
  DECIMAL,
  DOUBLE,
  type DuckDBType,
  FLOAT,
  GEOMETRY,
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
  UHUGEINT,
  UINTEGER,
  USMALLINT,
  UTINYINT,
  VARCHAR,
} from '@duckdb/node-api';
import { columnType } from '@riffq/arrow-helpers';
import type { ColumnRow } from '@riffq/catalog';
import { Field } from 'apache-arrow';
import { arrowType } from '../read/arrow-type.js';
import type { SystemRow } from './system-row.js';

const decimalId = 21;

/** By `data_type_id`, DuckDB's LogicalTypeId, which its files have too; all others are sent as text. */
const types: ReadonlyMap<number, DuckDBType> = new Map<number, DuckDBType>([
  [10, BOOLEAN],
  [11, TINYINT],
  [12, SMALLINT],
  [13, INTEGER],
  [14, BIGINT],
  [15, DATE],
  [16, TIME],
  [17, TIMESTAMP_S],
  [18, TIMESTAMP_MS],
  [19, TIMESTAMP],
  [20, TIMESTAMP_NS],
  [22, FLOAT],
  [23, DOUBLE],
  [26, BLOB],
  [28, UTINYINT],
  [29, USMALLINT],
  [30, UINTEGER],
  [31, UBIGINT],
  [32, TIMESTAMPTZ],
  [35, TIME_NS],
  [49, UHUGEINT],
  [50, HUGEINT],
  [60, GEOMETRY],
]);

/** The type of a column as RowDescription tells it: both are made of the Arrow type that it is sent as. */
export function catalogColumnType(row: SystemRow): Pick<ColumnRow, 'typeOid' | 'typeModifier'> {
  const id = row.number('data_type_id');
  const type = id === decimalId ? DECIMAL(row.number('numeric_precision'), row.number('numeric_scale')) : types.get(id);
  const { typeOid, typeModifier } = columnType(new Field('', arrowType(type ?? VARCHAR)));
  return { typeOid, typeModifier };
}
