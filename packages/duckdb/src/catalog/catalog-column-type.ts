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

/** By `data_type_id`, DuckDB's LogicalTypeId, which its files have too. */
const types: readonly (readonly [id: number, type: DuckDBType])[] = [
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
];
const sentTypes = new Map(types.map(([id, type]) => [id, sentType(type)]));
/** What has no other type is sent as text. */
const text = sentType(VARCHAR);

type CatalogType = Pick<ColumnRow, 'typeOid' | 'typeModifier'>;

/** The type of a column as RowDescription tells it: both are made of the Arrow type that it is sent as. */
export function catalogColumnType(row: SystemRow): CatalogType {
  const id = row.number('data_type_id');
  if (id === decimalId) return sentType(DECIMAL(row.number('numeric_precision'), row.number('numeric_scale')));
  return sentTypes.get(id) ?? text;
}

function sentType(type: DuckDBType): CatalogType {
  const { typeOid, typeModifier } = columnType(new Field('', arrowType(type)));
  return { typeOid, typeModifier };
}
