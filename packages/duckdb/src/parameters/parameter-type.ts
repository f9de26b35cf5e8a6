import { type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import { arrayTypeOid, elementTypeOid, typeOid } from '@riffq/wire';

/** PostgreSQL's type as DuckDB's SQL has it, and its name in PostgreSQL's messages. */
const types: readonly (readonly [oid: number, duckdbName: string, name: string])[] = [
  [typeOid.bool, 'BOOLEAN', 'boolean'],
  [typeOid.int2, 'SMALLINT', 'smallint'],
  [typeOid.int4, 'INTEGER', 'integer'],
  [typeOid.int8, 'BIGINT', 'bigint'],
  [typeOid.oid, 'UINTEGER', 'oid'],
  [typeOid.float4, 'FLOAT', 'real'],
  [typeOid.float8, 'DOUBLE', 'double precision'],
  [typeOid.numeric, 'DECIMAL(38,18)', 'numeric'],
  [typeOid.text, 'VARCHAR', 'text'],
  [typeOid.varchar, 'VARCHAR', 'character varying'],
  [typeOid.bpchar, 'VARCHAR', 'character'],
  [typeOid.name, 'VARCHAR', 'name'],
  [typeOid.char, 'VARCHAR', '"char"'],
  [typeOid.unknown, 'VARCHAR', 'unknown'],
  [typeOid.json, 'JSON', 'json'],
  [typeOid.jsonb, 'JSON', 'jsonb'],
  [typeOid.bytea, 'BLOB', 'bytea'],
  [typeOid.date, 'DATE', 'date'],
  [typeOid.time, 'TIME', 'time without time zone'],
  [typeOid.timetz, 'TIME WITH TIME ZONE', 'time with time zone'],
  [typeOid.timestamp, 'TIMESTAMP', 'timestamp without time zone'],
  [typeOid.timestamptz, 'TIMESTAMP WITH TIME ZONE', 'timestamp with time zone'],
  [typeOid.interval, 'INTERVAL', 'interval'],
  [typeOid.uuid, 'UUID', 'uuid'],
  [typeOid.bit, 'BIT', 'bit'],
  [typeOid.varbit, 'BIT', 'bit varying'],
];

const duckdbNames = new Map(types.map(([oid, duckdbName]) => [oid, duckdbName]));
const names = new Map(types.map(([oid, , name]) => [oid, name]));

/** The DuckDB type of a parameter declared with this OID; undefined for types that DuckDB has not. */
export function duckdbTypeName(oid: number): string | undefined {
  const elementOid = elementTypeOid(oid);
  if (elementOid === undefined) return duckdbNames.get(oid);
  const elementName = duckdbNames.get(elementOid);
  return elementName === undefined ? undefined : `${elementName}[]`;
}

/** The OID of a type by the name that {@link duckdbTypeName} gives it, text for any other. */
export function typeOidOf(duckdbName: string): number {
  const element = duckdbName.replace(/(\[\])+$/, '');
  const oid = types.find(([, name]) => name === element)?.[0] ?? typeOid.text;
  return element === duckdbName ? oid : (arrayTypeOid(oid) ?? typeOid.text);
}

/** The type's name as PostgreSQL's messages have it. */
export function typeName(oid: number): string {
  const elementOid = elementTypeOid(oid);
  return elementOid === undefined ? (names.get(oid) ?? 'text') : `${typeName(elementOid)}[]`;
}

/** The OID that a client is told for a parameter of this type; what PostgreSQL has no type for is given as text. */
export function parameterOid(type: DuckDBType): number {
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return typeOid.bool;
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.UTINYINT:
    case DuckDBTypeId.SMALLINT:
      return typeOid.int2;
    case DuckDBTypeId.USMALLINT:
    case DuckDBTypeId.INTEGER:
      return typeOid.int4;
    case DuckDBTypeId.UINTEGER:
    case DuckDBTypeId.BIGINT:
      return typeOid.int8;
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UHUGEINT:
    case DuckDBTypeId.BIGNUM:
    case DuckDBTypeId.DECIMAL:
      return typeOid.numeric;
    case DuckDBTypeId.FLOAT:
      return typeOid.float4;
    case DuckDBTypeId.DOUBLE:
      return typeOid.float8;
    case DuckDBTypeId.BLOB:
      return typeOid.bytea;
    case DuckDBTypeId.DATE:
      return typeOid.date;
    case DuckDBTypeId.TIME:
    case DuckDBTypeId.TIME_NS:
      return typeOid.time;
    case DuckDBTypeId.TIME_TZ:
      return typeOid.timetz;
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_S:
    case DuckDBTypeId.TIMESTAMP_MS:
    case DuckDBTypeId.TIMESTAMP_NS:
      return typeOid.timestamp;
    case DuckDBTypeId.TIMESTAMP_TZ:
      return typeOid.timestamptz;
    case DuckDBTypeId.INTERVAL:
      return typeOid.interval;
    case DuckDBTypeId.UUID:
      return typeOid.uuid;
    case DuckDBTypeId.BIT:
      return typeOid.varbit;
    case DuckDBTypeId.LIST:
    case DuckDBTypeId.ARRAY: {
      const elementOid = parameterOid(type.valueType);
      // PostgreSQL's array type is one for any number of dimensions.
      return elementTypeOid(elementOid) === undefined ? (arrayTypeOid(elementOid) ?? typeOid.text) : elementOid;
    }
    default:
      return type.alias === 'JSON' ? typeOid.json : typeOid.text;
  }
}
