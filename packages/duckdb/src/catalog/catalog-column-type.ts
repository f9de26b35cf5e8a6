import {
  BIGINT,
  BIGNUM,
  BIT,
  BLOB,
  BOOLEAN,
  DATE,
  DECIMAL,
  DOUBLE,
  type DuckDBType,
  DuckDBVarCharType,
  FLOAT,
  GEOMETRY,
  HUGEINT,
  INTEGER,
  INTERVAL,
  LIST,
  SMALLINT,
  TIME,
  TIME_NS,
  TIMESTAMP,
  TIMESTAMP_MS,
  TIMESTAMP_NS,
  TIMESTAMP_S,
  TIMESTAMPTZ,
  TIMETZ,
  TINYINT,
  UBIGINT,
  UHUGEINT,
  UINTEGER,
  USMALLINT,
  UTINYINT,
  UUID,
  VARCHAR,
} from '@duckdb/node-api';
import { columnType } from '@riffq/arrow-helpers';
import type { ColumnRow } from '@riffq/catalog';
import { Field } from 'apache-arrow/schema';
import { arrowMetadata } from '../read/arrow-metadata.js';
import { arrowType } from '../read/arrow-type.js';
import type { EnumOids } from './enum-types.js';
import type { SystemRow } from './system-row.js';

const decimalId = 21;
const enumId = 104;
/** JSON is an alias of VARCHAR. */
const JSON_TYPE: DuckDBType = DuckDBVarCharType.create('JSON');

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
  [27, INTERVAL],
  [28, UTINYINT],
  [29, USMALLINT],
  [30, UINTEGER],
  [31, UBIGINT],
  [32, TIMESTAMPTZ],
  [34, TIMETZ],
  [35, TIME_NS],
  [36, BIT],
  [39, BIGNUM],
  [49, UHUGEINT],
  [50, HUGEINT],
  [54, UUID],
  [60, GEOMETRY],
];
const sentTypes = new Map(types.map(([id, type]) => [id, sentType(type)]));
/** The same by name, as types of lists have them. */
const typesByName = new Map([...types.map(([, type]) => [String(type), type] as const), ['JSON', JSON_TYPE]]);
/** What has no other type is sent as text. */
const text = sentType(VARCHAR);
/** What holds other values and is no array. */
const json = sentType(JSON_TYPE);
/** STRUCT, MAP, UNION, VARIANT. */
const jsonIds: ReadonlySet<number> = new Set([100, 102, 107, 109]);
/** LIST, ARRAY. */
const listIds: ReadonlySet<number> = new Set([101, 108]);

/** Finds the enum that DuckDB writes so as the type of a column. */
export type FindEnum = (written: string) => EnumOids | undefined;

type CatalogType = Pick<ColumnRow, 'typeOid' | 'typeModifier' | 'dimensions'>;

/**
 * The type of a column as RowDescription tells it: both are made of the Arrow type that it is sent as. But for enums with a name:
 * of these a result has the labels alone, and goes out as text.
 */
export function catalogColumnType(row: SystemRow, findEnum: FindEnum): CatalogType {
  const id = row.number('data_type_id');
  if (id === decimalId) return sentType(DECIMAL(row.number('numeric_precision'), row.number('numeric_scale')));
  if (listIds.has(id)) return listType(row.text('data_type'), findEnum);
  if (id === enumId) return enumType(findEnum(row.text('data_type'))?.oid);
  if (jsonIds.has(id) || row.text('data_type') === 'JSON') return json;
  return sentTypes.get(id) ?? text;
}

/** Of a list as DuckDB writes its type: `INTEGER[]`, `DECIMAL(5,2)[3][]`. */
function listType(written: string, findEnum: FindEnum): CatalogType {
  const [, name = '', brackets = ''] = /^(.*?)((?:\[\d*\])+)$/s.exec(written) ?? [];
  if (/^(?:STRUCT|MAP|UNION)\(|^VARIANT$/.test(name)) return json;
  const [, width, scale] = /^DECIMAL\((\d+),(\d+)\)$/.exec(name) ?? [];
  const named = width === undefined ? typesByName.get(name) : DECIMAL(Number(width), Number(scale));
  // Enums without a name are text.
  const element: DuckDBType = named ?? VARCHAR;
  const bounds = brackets.split(']').slice(1);
  const array = findEnum(name)?.arrayOid;
  const type =
    array === undefined ? sentType(bounds.reduce((inner: DuckDBType) => LIST(inner), element)) : enumType(array);
  return bounds.length > 1 ? { ...type, dimensions: bounds.length } : type;
}

function enumType(typeOid: number | undefined): CatalogType {
  return typeOid === undefined ? text : { typeOid, typeModifier: -1 };
}

function sentType(type: DuckDBType): CatalogType {
  const { typeOid, typeModifier } = columnType(new Field('', arrowType(type), true, arrowMetadata(type)));
  return { typeOid, typeModifier };
}
