import { type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';

/** Types whose values are made into text one by one; lists of them are json. */
const textTypes: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.STRUCT,
  DuckDBTypeId.MAP,
  DuckDBTypeId.UNION,
  DuckDBTypeId.VARIANT,
  DuckDBTypeId.INTERVAL,
  DuckDBTypeId.TIME_TZ,
  DuckDBTypeId.BIT,
  DuckDBTypeId.BIGNUM,
]);

/** The type of a list's elements, if it goes out as an array; undefined for what is no list, or is json. */
export function listElementType(type: DuckDBType): DuckDBType | undefined {
  if (type.typeId !== DuckDBTypeId.LIST && type.typeId !== DuckDBTypeId.ARRAY) return undefined;
  const element: DuckDBType = type.valueType;
  const isList = element.typeId === DuckDBTypeId.LIST || element.typeId === DuckDBTypeId.ARRAY;
  const goesOut = isList ? listElementType(element) !== undefined : !textTypes.has(element.typeId);
  return goesOut ? element : undefined;
}
