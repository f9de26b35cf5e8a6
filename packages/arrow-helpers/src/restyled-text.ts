import { Precision } from 'apache-arrow/enum';
import { DataType } from 'apache-arrow/type';
import { EscapedBytesWriter } from './encode/escaped-bytes.js';
import { ROUNDED_FLOAT_BYTES, RoundedFloatWriter } from './encode/rounded-float.js';
import { STYLED_TEXT_BYTES, StyledDateWriter, StyledTimestampWriter } from './encode/styled-text.js';
import { fixedWriting, type ValueEncoding, varyingWriting } from './encode/value-encoding.js';
import { ZONED_TEXT_BYTES, ZonedTextWriter } from './encode/zoned-text.js';
import type { OutputSettings } from './output-settings.js';
import { isUtc } from './time-zone/is-utc.js';

const floatBits = { [Precision.HALF]: 16, [Precision.SINGLE]: 32, [Precision.DOUBLE]: 64 } as const;

/** What is written under settings that are not the defaults; undefined where they change nothing. */
export function restyledText(
  type: DataType,
  bytes: ValueEncoding,
  settings: OutputSettings,
): ValueEncoding | undefined {
  if (DataType.isTimestamp(type)) {
    if (settings.dateStyle !== 'ISO') {
      return fixedWriting(STYLED_TEXT_BYTES, (data) => new StyledTimestampWriter(data, type, settings));
    }
    if (!type.timezone || isUtc(settings.timeZone)) return undefined;
    return fixedWriting(ZONED_TEXT_BYTES, (data) => new ZonedTextWriter(data, type, settings.timeZone));
  }
  if (DataType.isDate(type)) {
    if (settings.dateStyle === 'ISO') return undefined;
    return fixedWriting(STYLED_TEXT_BYTES, (data) => new StyledDateWriter(data, type, settings));
  }
  if (DataType.isFloat(type)) {
    if (settings.extraFloatDigits >= 1) return undefined;
    const bits = floatBits[type.precision];
    return fixedWriting(ROUNDED_FLOAT_BYTES, (data) => new RoundedFloatWriter(data, bits, settings.extraFloatDigits));
  }
  if (settings.byteaOutput === 'hex' || !isBytes(type)) return undefined;
  return varyingWriting((data) => new EscapedBytesWriter(data, bytes));
}

function isBytes(type: DataType): boolean {
  return (
    DataType.isBinary(type) ||
    DataType.isLargeBinary(type) ||
    DataType.isFixedSizeBinary(type) ||
    DataType.isBinaryView(type)
  );
}
