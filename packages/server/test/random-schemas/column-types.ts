import { DataType, type Field, Precision } from 'apache-arrow';
import pg from 'pg';
import { dictionaryValues, extensionOf, isList } from './random-fields.js';

const oids = pg.types.builtins;

/** By type: the array over it. */
const arrayOids: ReadonlyMap<number, number> = new Map([
  [oids.BOOL, 1000],
  [oids.BYTEA, 1001],
  [oids.INT2, 1005],
  [oids.INT4, 1007],
  [oids.INT8, 1016],
  [oids.FLOAT4, 1021],
  [oids.FLOAT8, 1022],
  [oids.NUMERIC, 1231],
  [oids.VARCHAR, 1015],
  [oids.JSON, 199],
  [oids.UUID, 2951],
  [oids.DATE, 1182],
  [oids.TIME, 1183],
  [oids.TIMESTAMP, 1115],
  [oids.TIMESTAMPTZ, 1185],
  [oids.INTERVAL, 1187],
]);

/** What a RowDescription says of a column. */
export interface DescribedType {
  readonly oid: number;
  readonly modifier: number;
}

/** The type that a column is in PostgreSQL. */
export function columnTypeOf(field: Field): DescribedType {
  const type = dictionaryValues(field.type);
  if (isList(type)) {
    let element = type.children[0]!;
    while (isList(element.type)) element = element.type.children[0]!;
    const { oid, modifier } = columnTypeOf(element);
    return { oid: arrayOids.get(oid)!, modifier };
  }
  if (DataType.isDecimal(type)) {
    return { oid: oids.NUMERIC, modifier: type.precision * 2 ** 16 + (type.scale & 0x7ff) + 4 };
  }
  return { oid: scalarOid(type, extensionOf(field)), modifier: -1 };
}

function scalarOid(type: DataType, extension: string | undefined): number {
  if (extension !== undefined) return extension === 'arrow.uuid' ? oids.UUID : oids.JSON;
  if (DataType.isStruct(type) || DataType.isUnion(type) || DataType.isMap(type)) return oids.JSON;
  if (DataType.isBool(type)) return oids.BOOL;
  if (DataType.isInt(type)) {
    if (type.bitWidth === 64) return type.isSigned ? oids.INT8 : oids.NUMERIC;
    const bits = type.isSigned ? type.bitWidth : type.bitWidth * 2;
    return bits <= 16 ? oids.INT2 : bits === 32 ? oids.INT4 : oids.INT8;
  }
  if (DataType.isFloat(type)) return type.precision === Precision.DOUBLE ? oids.FLOAT8 : oids.FLOAT4;
  if (DataType.isDate(type)) return oids.DATE;
  if (DataType.isTime(type)) return oids.TIME;
  if (DataType.isTimestamp(type)) return type.timezone ? oids.TIMESTAMPTZ : oids.TIMESTAMP;
  if (DataType.isDuration(type) || DataType.isInterval(type)) return oids.INTERVAL;
  const isBinary = DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isBinaryView(type);
  return isBinary || DataType.isFixedSizeBinary(type) ? oids.BYTEA : oids.VARCHAR;
}
