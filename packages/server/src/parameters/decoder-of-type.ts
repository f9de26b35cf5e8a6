import { elementTypeOid, typeOid } from '@riffq/wire';
import { arrayDecoder } from './decode-array.js';
import { bitStringDecoder } from './decode-bit-string.js';
import { booleanDecoder } from './decode-boolean.js';
import { byteaDecoder } from './decode-bytea.js';
import { charDecoder } from './decode-char.js';
import { dateDecoder } from './decode-date.js';
import { float4Decoder, float8Decoder } from './decode-float.js';
import {
  boxDecoder,
  circleDecoder,
  lineDecoder,
  lsegDecoder,
  pathDecoder,
  pointDecoder,
  polygonDecoder,
} from './decode-geometry.js';
import { int2Decoder, int4Decoder, int8Decoder } from './decode-integer.js';
import { intervalDecoder } from './decode-interval.js';
import { jsonbDecoder, jsonDecoder } from './decode-json.js';
import { jsonpathDecoder } from './decode-jsonpath.js';
import { lsnDecoder } from './decode-lsn.js';
import { macaddr8Decoder, macaddrDecoder } from './decode-mac-address.js';
import { moneyDecoder } from './decode-money.js';
import { multirangeDecoder } from './decode-multirange.js';
import { networkDecoder } from './decode-network.js';
import { numericDecoder } from './decode-numeric.js';
import { rangeDecoder } from './decode-range.js';
import { snapshotDecoder } from './decode-snapshot.js';
import { nameDecoder, textDecoder } from './decode-text.js';
import { tidDecoder } from './decode-tid.js';
import { timeDecoder, timetzDecoder } from './decode-time.js';
import { timestampDecoder, timestamptzDecoder } from './decode-timestamp.js';
import { tsqueryDecoder } from './decode-tsquery.js';
import { tsvectorDecoder } from './decode-tsvector.js';
import { registeredNameDecoder, unsignedDecoder, xid8Decoder } from './decode-unsigned.js';
import { uuidDecoder } from './decode-uuid.js';
import { vectorDecoder } from './decode-vector.js';
import type { ParameterDecoder } from './parameter-decoder.js';
import { rangeSubtypes } from './range-subtype.js';

/** Types that nobody declared or that we do not know: what the client sent, as it is, in memory of its own. */
const unknownTypeDecoder: ParameterDecoder = {
  text: (input) => input,
  binary: (reader) => new Uint8Array(reader.rest()),
};

const oidDecoder = unsignedDecoder('oid');

const decoders = new Map<number, ParameterDecoder>([
  [typeOid.bool, booleanDecoder],
  [typeOid.int2, int2Decoder],
  [typeOid.int4, int4Decoder],
  [typeOid.int8, int8Decoder],
  [typeOid.float4, float4Decoder],
  [typeOid.float8, float8Decoder],
  [typeOid.numeric, numericDecoder],
  [typeOid.money, moneyDecoder],

  [typeOid.text, textDecoder],
  [typeOid.varchar, textDecoder],
  [typeOid.bpchar, textDecoder],
  [typeOid.unknown, textDecoder],
  [typeOid.cstring, textDecoder],
  [typeOid.refcursor, textDecoder],
  [typeOid.xml, textDecoder],
  [typeOid.json, jsonDecoder],
  [typeOid.jsonb, jsonbDecoder],
  [typeOid.name, nameDecoder],
  [typeOid.char, charDecoder],
  [typeOid.bytea, byteaDecoder],
  [typeOid.bit, bitStringDecoder],
  [typeOid.varbit, bitStringDecoder],
  [typeOid.uuid, uuidDecoder],

  [typeOid.date, dateDecoder],
  [typeOid.time, timeDecoder],
  [typeOid.timetz, timetzDecoder],
  [typeOid.timestamp, timestampDecoder],
  [typeOid.timestamptz, timestamptzDecoder],
  [typeOid.interval, intervalDecoder],

  [typeOid.inet, networkDecoder('inet')],
  [typeOid.cidr, networkDecoder('cidr')],
  [typeOid.macaddr, macaddrDecoder],
  [typeOid.macaddr8, macaddr8Decoder],

  [typeOid.oid, oidDecoder],
  [typeOid.xid, unsignedDecoder('xid')],
  [typeOid.cid, unsignedDecoder('cid')],
  [typeOid.xid8, xid8Decoder],
  [typeOid.regproc, registeredNameDecoder],
  [typeOid.regprocedure, registeredNameDecoder],
  [typeOid.regoper, registeredNameDecoder],
  [typeOid.regoperator, registeredNameDecoder],
  [typeOid.regclass, registeredNameDecoder],
  [typeOid.regtype, registeredNameDecoder],
  [typeOid.regconfig, registeredNameDecoder],
  [typeOid.regdictionary, registeredNameDecoder],
  [typeOid.regnamespace, registeredNameDecoder],
  [typeOid.regrole, registeredNameDecoder],
  [typeOid.regcollation, registeredNameDecoder],

  [typeOid.point, pointDecoder],
  [typeOid.lseg, lsegDecoder],
  [typeOid.box, boxDecoder],
  [typeOid.line, lineDecoder],
  [typeOid.path, pathDecoder],
  [typeOid.polygon, polygonDecoder],
  [typeOid.circle, circleDecoder],

  [typeOid.int4range, rangeDecoder(rangeSubtypes.int4)],
  [typeOid.int8range, rangeDecoder(rangeSubtypes.int8)],
  [typeOid.numrange, rangeDecoder(rangeSubtypes.num)],
  [typeOid.daterange, rangeDecoder(rangeSubtypes.date)],
  [typeOid.tsrange, rangeDecoder(rangeSubtypes.ts)],
  [typeOid.tstzrange, rangeDecoder(rangeSubtypes.tstz)],
  [typeOid.int4multirange, multirangeDecoder(rangeSubtypes.int4)],
  [typeOid.int8multirange, multirangeDecoder(rangeSubtypes.int8)],
  [typeOid.nummultirange, multirangeDecoder(rangeSubtypes.num)],
  [typeOid.datemultirange, multirangeDecoder(rangeSubtypes.date)],
  [typeOid.tsmultirange, multirangeDecoder(rangeSubtypes.ts)],
  [typeOid.tstzmultirange, multirangeDecoder(rangeSubtypes.tstz)],

  [typeOid.tsvector, tsvectorDecoder],
  [typeOid.tsquery, tsqueryDecoder],
  [typeOid.jsonpath, jsonpathDecoder],
  [typeOid.pg_lsn, lsnDecoder],
  [typeOid.tid, tidDecoder],
  [typeOid.pg_snapshot, snapshotDecoder],
  [typeOid.txid_snapshot, snapshotDecoder],

  [typeOid.int2vector, vectorDecoder('int2vector', typeOid.int2, int2Decoder)],
  [typeOid.oidvector, vectorDecoder('oidvector', typeOid.oid, oidDecoder)],
]);

/** The decoder for values of a type. Those of arrays are made when first asked for. */
export function decoderOfType(oid: number): ParameterDecoder {
  const known = decoders.get(oid);
  if (known !== undefined) return known;
  const elementOid = elementTypeOid(oid);
  if (elementOid === undefined) return unknownTypeDecoder;
  const decoder = arrayDecoder(elementOid, decoderOfType(elementOid));
  decoders.set(oid, decoder);
  return decoder;
}
