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
import { rangeSubtypes } from './range-subtype.js';
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

/** Types that nobody declared or that we do not know: what the client sent, as it is, in memory of its own. */
const unknownTypeType: TypeFunctions = {
  text: (input) => input,
  binary: (reader) => new Uint8Array(reader.rest()),
};

const oidType = unsignedType('oid');

const known = new Map<number, TypeFunctions>([
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

  [typeOid.int4range, rangeType(rangeSubtypes.int4)],
  [typeOid.int8range, rangeType(rangeSubtypes.int8)],
  [typeOid.numrange, rangeType(rangeSubtypes.num)],
  [typeOid.daterange, rangeType(rangeSubtypes.date)],
  [typeOid.tsrange, rangeType(rangeSubtypes.ts)],
  [typeOid.tstzrange, rangeType(rangeSubtypes.tstz)],
  [typeOid.int4multirange, multirangeType(rangeSubtypes.int4)],
  [typeOid.int8multirange, multirangeType(rangeSubtypes.int8)],
  [typeOid.nummultirange, multirangeType(rangeSubtypes.num)],
  [typeOid.datemultirange, multirangeType(rangeSubtypes.date)],
  [typeOid.tsmultirange, multirangeType(rangeSubtypes.ts)],
  [typeOid.tstzmultirange, multirangeType(rangeSubtypes.tstz)],

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

/** The functions for values of a type. Those of arrays are made when first asked for. */
export function functionsOfType(oid: number): TypeFunctions {
  const found = known.get(oid);
  if (found !== undefined) return found;
  const elementOid = elementTypeOid(oid);
  if (elementOid === undefined) return unknownTypeType;
  const functions = arrayType(elementOid, functionsOfType(elementOid));
  known.set(oid, functions);
  return functions;
}
