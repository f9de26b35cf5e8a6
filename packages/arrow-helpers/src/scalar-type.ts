import { typeOid } from '@riffq/wire';
import type { Decimal, Int } from 'apache-arrow';
import { DateUnit, Precision } from 'apache-arrow/enum';
import { DataType } from 'apache-arrow/type';
import { textEncoding } from './encode/checked-text.js';
import { decimalTextBytes } from './encode/decimal.js';
import { FLOAT4_TEXT_BYTES } from './encode/float4.js';
import { FLOAT8_TEXT_BYTES } from './encode/float8.js';
import { INTERVAL_BYTES, IntervalBinaryWriter } from './encode/interval-binary.js';
import { INTERVAL_TEXT_BYTES, IntervalTextWriter } from './encode/interval-text.js';
import { numericBytes } from './encode/numeric.js';
import { TIME_TEXT_BYTES } from './encode/time.js';
import {
  fixedEncoding,
  fixedWriting,
  type ValueEncoding,
  varyingEncoding,
  varyingWriting,
} from './encode/value-encoding.js';
import { type ValueKind, valueKind } from './encode/value-kind.js';
import { ViewBytesWriter, type ViewContent } from './encode/view-bytes.js';
import type { OutputSettings } from './output-settings.js';
import { restyledText } from './restyled-text.js';
import { DATE_TEXT_BYTES } from './text-output/calendar.js';
import { TIMESTAMP_TEXT_BYTES } from './text-output/moment-text.js';

/** What an Arrow type is in PostgreSQL, and how its values are written. */
export interface ValueType {
  readonly typeOid: number;
  readonly typeModifier: number;
  readonly text: ValueEncoding;
  /** Null for strings that are declared as a type whose binary form nobody here knows. */
  readonly binary: ValueEncoding | null;
}

/** A {@link ValueType} that has both forms. */
export interface FullValueType extends ValueType {
  readonly binary: ValueEncoding;
}

/** Digits that PostgreSQL allows in a declared scale, on both sides of zero. */
const MAXIMUM_SCALE = 1000;

/** The one table of Arrow types that hold no other types, by type id; undefined for types that have no encoder. */
export function scalarType(type: DataType, settings: OutputSettings): FullValueType | undefined {
  const own = plainType(type, settings);
  const text = own === undefined ? undefined : restyledText(type, own.binary, settings);
  return own === undefined || text === undefined ? own : { ...own, text };
}

function plainType(type: DataType, settings: OutputSettings): FullValueType | undefined {
  if (DataType.isInt(type)) return intType(type);
  if (DataType.isFloat(type)) {
    if (type.precision === Precision.DOUBLE) {
      return fixed(typeOid.float8, valueKind.float64Text, FLOAT8_TEXT_BYTES, valueKind.swapped8, 8);
    }
    return type.precision === Precision.SINGLE
      ? fixed(typeOid.float4, valueKind.float32Text, FLOAT4_TEXT_BYTES, valueKind.swapped4, 4)
      : fixed(typeOid.float4, valueKind.float16Text, FLOAT4_TEXT_BYTES, valueKind.float16Binary, 4);
  }
  if (DataType.isDecimal(type)) return decimalType(type);
  if (DataType.isBool(type)) return fixed(typeOid.bool, valueKind.boolText, 1, valueKind.boolBinary, 1);
  if (DataType.isUtf8(type)) return stringType(valueKind.bytes);
  if (DataType.isLargeUtf8(type)) return stringType(valueKind.largeBytes);
  if (DataType.isBinary(type)) return varying(typeOid.bytea, valueKind.hex, valueKind.bytes, 2);
  if (DataType.isLargeBinary(type)) return varying(typeOid.bytea, valueKind.largeHex, valueKind.largeBytes, 2);
  if (DataType.isFixedSizeBinary(type)) {
    const { byteWidth } = type;
    return fixed(typeOid.bytea, valueKind.fixedSizeHex, 2 + 2 * byteWidth, valueKind.fixedSizeBytes, byteWidth);
  }
  if (DataType.isDate(type)) {
    return type.unit === DateUnit.DAY
      ? fixed(typeOid.date, valueKind.dateDayText, DATE_TEXT_BYTES, valueKind.dateDayBinary, 4)
      : fixed(typeOid.date, valueKind.dateMillisecondText, DATE_TEXT_BYTES, valueKind.dateMillisecondBinary, 4);
  }
  if (DataType.isTime(type)) return fixed(typeOid.time, valueKind.timeText, TIME_TEXT_BYTES, valueKind.timeBinary, 8);
  if (DataType.isTimestamp(type)) {
    const oid = type.timezone ? typeOid.timestamptz : typeOid.timestamp;
    return fixed(oid, valueKind.timestampText, TIMESTAMP_TEXT_BYTES, valueKind.timestampBinary, 8);
  }
  if (DataType.isDuration(type) || DataType.isInterval(type)) return intervalType(settings);
  if (DataType.isUtf8View(type)) return viewType(typeOid.varchar, 'text', 'text');
  if (DataType.isBinaryView(type)) return viewType(typeOid.bytea, 'hex', 'bytes');
  if (DataType.isNull(type)) return fixed(typeOid.varchar, valueKind.null, 0, valueKind.null, 0);
  return undefined;
}

function fixed(
  oid: number,
  textKind: ValueKind,
  textBytes: number,
  binaryKind: ValueKind,
  bytes: number,
): FullValueType {
  return valueType(oid, fixedEncoding(textKind, textBytes), fixedEncoding(binaryKind, bytes));
}

function stringType(kind: ValueKind): FullValueType {
  const text = textEncoding(varyingEncoding(kind, 0, 1));
  return valueType(typeOid.varchar, text, text);
}

function varying(oid: number, textKind: ValueKind, binaryKind: ValueKind, textBytesPerByte: number): FullValueType {
  // Hex text begins with `\\x`.
  const prefixBytes = textBytesPerByte === 1 ? 0 : 2;
  return valueType(oid, varyingEncoding(textKind, prefixBytes, textBytesPerByte), varyingEncoding(binaryKind, 0, 1));
}

function valueType(oid: number, text: ValueEncoding, binary: ValueEncoding): FullValueType {
  return { typeOid: oid, typeModifier: -1, text, binary };
}

function intervalType({ intervalStyle }: OutputSettings): FullValueType {
  return valueType(
    typeOid.interval,
    fixedWriting(INTERVAL_TEXT_BYTES, (data) => new IntervalTextWriter(data, intervalStyle)),
    fixedWriting(INTERVAL_BYTES, (data) => new IntervalBinaryWriter(data)),
  );
}

function viewType(oid: number, text: ViewContent, binary: ViewContent): FullValueType {
  const writing = (content: ViewContent) => varyingWriting((data) => new ViewBytesWriter(data, content));
  return valueType(oid, writing(text), writing(binary));
}

function intType(type: Int): FullValueType {
  switch (type.bitWidth) {
    case 8:
      return type.isSigned
        ? fixed(typeOid.int2, valueKind.int8Text, 4, valueKind.int8Binary, 2)
        : fixed(typeOid.int2, valueKind.uint8Text, 3, valueKind.uint8Binary, 2);
    case 16:
      return type.isSigned
        ? fixed(typeOid.int2, valueKind.int16Text, 6, valueKind.swapped2, 2)
        : fixed(typeOid.int4, valueKind.uint16Text, 5, valueKind.uint16Binary, 4);
    case 32:
      return type.isSigned
        ? fixed(typeOid.int4, valueKind.int32Text, 11, valueKind.swapped4, 4)
        : fixed(typeOid.int8, valueKind.uint32Text, 10, valueKind.uint32Binary, 8);
    default:
      return type.isSigned
        ? fixed(typeOid.int8, valueKind.int64Text, 20, valueKind.swapped8, 8)
        : fixed(typeOid.numeric, valueKind.uint64Text, 20, valueKind.uint64Binary, numericBytes(2));
  }
}

function decimalType({ precision, scale, bitWidth }: Decimal): FullValueType | undefined {
  if (Math.abs(scale) > MAXIMUM_SCALE) return undefined;
  const words = bitWidth / 32;
  return {
    typeOid: typeOid.numeric,
    // As numerictypmodin packs them; the scale has 11 bits, two's complement.
    typeModifier: ((precision << 16) | (scale & 0x7ff)) + 4,
    text: fixedEncoding(valueKind.decimalText, decimalTextBytes(words, scale)),
    binary: fixedEncoding(valueKind.decimalBinary, numericBytes(words)),
  };
}
