import { elementTypeOid, typeOid } from '@riffq/wire';
import { arrayType } from './array-type.js';
import { bitStringType } from './bit-string-type.js';
import { booleanType } from './boolean-type.js';
import { byteaType } from './bytea-type.js';
import { charType } from './char-type.js';
import { dateType } from './date-type.js';
import { float4Type, float8Type } from './float-types.js';
import { boxType, circleType, lineType, lsegType, pathType, pointType, polygonType } from './geometric-types.js';
import { int2Type, int4Type, int8Type } from './integer-types.js';
import { intervalType } from './interval-type.js';
import { jsonbType, jsonType } from './json-types.js';
import { jsonpathType } from './jsonpath-type.js';
import { lsnType } from './lsn-type.js';
import { macaddr8Type, macaddrType } from './mac-address-types.js';
import { moneyType } from './money-type.js';
import { multirangeType } from './multirange-type.js';
import { networkType } from './network-type.js';
import { numericType } from './numeric-type.js';
import {
  dateSubtype,
  int4Subtype,
  int8Subtype,
  numericSubtype,
  timestampSubtype,
  timestamptzSubtype,
} from './range-subtype.js';
import { rangeType } from './range-type.js';
import { snapshotType } from './snapshot-type.js';
import { nameType, textType } from './text-types.js';
import { tidType } from './tid-type.js';
import { timeType, timetzType } from './time-types.js';
import { timestampType, timestamptzType } from './timestamp-types.js';
import { tsqueryType } from './tsquery-type.js';
import { tsvectorType } from './tsvector-type.js';
import type { TypeFunctions } from './type-functions.js';
import { registeredNameType, unsignedType, xid8Type } from './unsigned-types.js';
import { uuidType } from './uuid-type.js';
import { vectorType } from './vector-type.js';

const oidType = unsignedType('oid');

const known = new Map<number, TypeFunctions<unknown>>([
  [typeOid.bool, booleanType],
  [typeOid.int2, int2Type],
  [typeOid.int4, int4Type],
  [typeOid.int8, int8Type],
  [typeOid.float4, float4Type],
  [typeOid.float8, float8Type],
  [typeOid.numeric, numericType],
  [typeOid.money, moneyType],

  [typeOid.text, textType],
  [typeOid.varchar, textType],
  [typeOid.bpchar, textType],
  [typeOid.unknown, textType],
  [typeOid.cstring, textType],
  [typeOid.refcursor, textType],
  [typeOid.xml, textType],
  [typeOid.json, jsonType],
  [typeOid.jsonb, jsonbType],
  [typeOid.name, nameType],
  [typeOid.char, charType],
  [typeOid.bytea, byteaType],
  [typeOid.bit, bitStringType],
  [typeOid.varbit, bitStringType],
  [typeOid.uuid, uuidType],

  [typeOid.date, dateType],
  [typeOid.time, timeType],
  [typeOid.timetz, timetzType],
  [typeOid.timestamp, timestampType],
  [typeOid.timestamptz, timestamptzType],
  [typeOid.interval, intervalType],

  [typeOid.inet, networkType('inet')],
  [typeOid.cidr, networkType('cidr')],
  [typeOid.macaddr, macaddrType],
  [typeOid.macaddr8, macaddr8Type],

  [typeOid.oid, oidType],
  [typeOid.xid, unsignedType('xid')],
  [typeOid.cid, unsignedType('cid')],
  [typeOid.xid8, xid8Type],
  [typeOid.regproc, registeredNameType],
  [typeOid.regprocedure, registeredNameType],
  [typeOid.regoper, registeredNameType],
  [typeOid.regoperator, registeredNameType],
  [typeOid.regclass, registeredNameType],
  [typeOid.regtype, registeredNameType],
  [typeOid.regconfig, registeredNameType],
  [typeOid.regdictionary, registeredNameType],
  [typeOid.regnamespace, registeredNameType],
  [typeOid.regrole, registeredNameType],
  [typeOid.regcollation, registeredNameType],

  [typeOid.point, pointType],
  [typeOid.lseg, lsegType],
  [typeOid.box, boxType],
  [typeOid.line, lineType],
  [typeOid.path, pathType],
  [typeOid.polygon, polygonType],
  [typeOid.circle, circleType],

  [typeOid.int4range, rangeType(int4Subtype)],
  [typeOid.int8range, rangeType(int8Subtype)],
  [typeOid.numrange, rangeType(numericSubtype)],
  [typeOid.daterange, rangeType(dateSubtype)],
  [typeOid.tsrange, rangeType(timestampSubtype)],
  [typeOid.tstzrange, rangeType(timestamptzSubtype)],
  [typeOid.int4multirange, multirangeType(int4Subtype)],
  [typeOid.int8multirange, multirangeType(int8Subtype)],
  [typeOid.nummultirange, multirangeType(numericSubtype)],
  [typeOid.datemultirange, multirangeType(dateSubtype)],
  [typeOid.tsmultirange, multirangeType(timestampSubtype)],
  [typeOid.tstzmultirange, multirangeType(timestamptzSubtype)],

  [typeOid.tsvector, tsvectorType],
  [typeOid.tsquery, tsqueryType],
  [typeOid.jsonpath, jsonpathType],
  [typeOid.pg_lsn, lsnType],
  [typeOid.tid, tidType],
  [typeOid.pg_snapshot, snapshotType],
  [typeOid.txid_snapshot, snapshotType],

  [typeOid.int2vector, vectorType('int2vector', typeOid.int2, int2Type)],
  [typeOid.oidvector, vectorType('oidvector', typeOid.oid, oidType)],
]);

/** The functions of a type; undefined for one that is not known. Those of arrays are made when first asked for. */
export function functionsOfType(oid: number): TypeFunctions<unknown> | undefined {
  const found = known.get(oid);
  if (found !== undefined) return found;
  const elementOid = elementTypeOid(oid);
  const element = elementOid === undefined ? undefined : functionsOfType(elementOid);
  if (elementOid === undefined || element === undefined) return undefined;
  const functions = arrayType(elementOid, element);
  known.set(oid, functions);
  return functions;
}
