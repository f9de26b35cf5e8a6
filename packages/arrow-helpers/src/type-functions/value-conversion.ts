import { type BufferReader, elementTypeOid, typeOid } from '@riffq/wire';
import { arrayDelimiter } from '../array-input/array-delimiter.js';
import { arrayToBinary, vectorToBinary } from './array-binary.js';
import { arrayToText, vectorToText } from './array-text.js';
import * as dateTime from './date-time-binary.js';
import { formatFloat4, formatFloat8 } from './float-text.js';
import { float4Type, float8Type } from './float-types.js';
import { functionsOfType } from './functions-of-type.js';
import { int2Type, int4Type, int8Type } from './integer-types.js';
import { intervalToBinary } from './interval-binary.js';
import { macAddressToBinary, networkToBinary } from './network-binary.js';
import { numericToBinary } from './numeric-binary.js';
import * as scalar from './scalar-binary.js';
import { unsignedType, xid8Type } from './unsigned-types.js';

/** How values of one type are put from PostgreSQL's text into binary and back. */
export interface ValueConversion {
  readonly toText: (binary: BufferReader) => string;
  readonly toBinary: (text: string) => Uint8Array;
}

/** Types whose binary format is their text. */
const sameInBothFormats: ReadonlySet<number> = new Set([
  typeOid.text,
  typeOid.varchar,
  typeOid.bpchar,
  typeOid.name,
  typeOid.json,
  typeOid.xml,
  typeOid.unknown,
  typeOid.cstring,
  typeOid.refcursor,
  typeOid.void,
]);

const uint32ToBinary = scalar.numberToBinary(unsignedType('oid'), 4, scalar.writeUint32);
const int2ToBinary = scalar.numberToBinary(int2Type, 2, scalar.writeInt16);

const toBinary: ReadonlyMap<number, (text: string) => Uint8Array> = new Map([
  [typeOid.bool, scalar.booleanToBinary],
  [typeOid.int2, int2ToBinary],
  [typeOid.int4, scalar.numberToBinary(int4Type, 4, scalar.writeInt32)],
  [typeOid.int8, scalar.bigintToBinary(int8Type)],
  [typeOid.oid, uint32ToBinary],
  [typeOid.xid, uint32ToBinary],
  [typeOid.cid, uint32ToBinary],
  [typeOid.xid8, scalar.bigintToBinary(xid8Type)],
  [typeOid.float4, scalar.numberToBinary(float4Type, 4, scalar.writeFloat32)],
  [typeOid.float8, scalar.numberToBinary(float8Type, 8, scalar.writeFloat64)],
  [typeOid.numeric, numericToBinary],
  [typeOid.char, scalar.charToBinary],
  [typeOid.bytea, scalar.byteaToBinary],
  [typeOid.bit, scalar.bitStringToBinary],
  [typeOid.varbit, scalar.bitStringToBinary],
  [typeOid.uuid, scalar.uuidToBinary],
  [typeOid.jsonb, scalar.jsonbToBinary],
  [typeOid.date, dateTime.dateToBinary],
  [typeOid.time, dateTime.timeToBinary],
  [typeOid.timetz, dateTime.timetzToBinary],
  [typeOid.timestamp, dateTime.timestampToBinary],
  [typeOid.timestamptz, dateTime.timestamptzToBinary],
  [typeOid.interval, intervalToBinary],
  [typeOid.inet, networkToBinary('inet')],
  [typeOid.cidr, networkToBinary('cidr')],
  [typeOid.macaddr, macAddressToBinary(6)],
  [typeOid.macaddr8, macAddressToBinary(8)],
]);

/** Whether a value's bytes mean the same in both formats, so that there is nothing to convert. */
export function isSameInBothFormats(oid: number): boolean {
  return sameInBothFormats.has(oid);
}

/** The conversion of a type's values, undefined for a type that has none. */
export function conversionOfType(oid: number): ValueConversion | undefined {
  const binary = toBinary.get(oid);
  if (binary !== undefined) return { toText: scalarToText(oid), toBinary: binary };
  if (isSameInBothFormats(oid)) {
    return { toText: (reader) => Buffer.from(reader.rest()).toString(), toBinary: (text) => Buffer.from(text) };
  }
  const elementOid = elementTypeOid(oid);
  const element = elementOid === undefined ? undefined : conversionOfType(elementOid);
  if (elementOid === undefined || element === undefined) return undefined;
  if (oid === typeOid.int2vector || oid === typeOid.oidvector) {
    return {
      toText: (reader) => vectorToText(reader, elementOid, element.toText),
      toBinary: (text) => vectorToBinary(text, elementOid, element.toBinary),
    };
  }
  return {
    toText: (reader) => arrayToText(reader, elementOid, arrayDelimiter(elementOid), element.toText),
    toBinary: (text) => arrayToBinary(text, elementOid, arrayDelimiter(elementOid), element.toBinary),
  };
}

function scalarToText(oid: number): (reader: BufferReader) => string {
  const decoder = functionsOfType(oid);
  const formatNumber = oid === typeOid.float4 ? formatFloat4 : oid === typeOid.float8 ? formatFloat8 : String;
  return (reader) => {
    const value = decoder.binary(reader);
    if (typeof value === 'number') return formatNumber(value);
    if (typeof value === 'boolean') return value ? 't' : 'f';
    return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : String(value);
  };
}
