export { arrayDelimiter } from './array-input/array-delimiter.js';
export { type BinaryArray, decodeArrayBinary } from './array-input/decode-array-binary.js';
export { type ArrayElement, type ArrayElements, decodeArrayText } from './array-input/decode-array-text.js';
export {
  characterAt,
  digitValue,
  endOfDigits,
  endOfGroupedDigits,
  isBlank,
  isSpace,
  leadingZeros,
  readSign,
  skipSpaces,
  trimSpaces,
  withoutUnderscores,
} from './array-input/scan-text.js';
export { typeName } from './array-input/type-name.js';
export { arrowBatch } from './arrow-batch.js';
export { type ColumnType, columnType } from './column-type.js';
export { CopyDecoder, type CopyDecoderOptions } from './copy/copy-decoder.js';
export { CopyEncoder } from './copy/copy-encoder.js';
export type { CopyColumns, CopyOptions, CopyTable, RawCopyOption } from './copy/copy-options.js';
export { CopyRowEncoder } from './copy/copy-row-encoder.js';
export type { SkippedRow } from './copy/read/copy-reader.js';
export { resolveCopyOptions } from './copy/resolve-copy-options.js';
export { zoneOffset } from './encode/zone-offset.js';
export { encodingOfName } from './encoding-name.js';
export {
  doubleFormat,
  type FloatFormat,
  type FloatLiteral,
  readHexadecimalFloat,
  singleFormat,
} from './hexadecimal-float.js';
export { type DateOrder, defaultInputSettings, type InputSettings, inputSettings } from './input-settings.js';
export {
  type DateStyle,
  type IntervalStyle,
  type OutputSettings,
  outputSettingNames,
  outputSettings,
} from './output-settings.js';
export { batchSchema } from './record-batch.js';
export { RowEncoder, type RowEncoderOptions } from './row-encoder.js';
export type { ArrowStream, ColumnDescription, SchemaDescription, TypeName } from './schema-description.js';
export type { Clock, DateTimeContext } from './text-values/date-time-context.js';
export {
  readDate,
  readTime,
  readTimestamp,
  readZonedTime,
  readZonedTimestamp,
} from './text-values/date-time-input.js';
export type { IntervalParts } from './text-values/interval-sum.js';
export { infiniteSign, readInterval } from './text-values/interval-text.js';
export { checkJson } from './text-values/json-syntax.js';
export { canonicalJsonb } from './text-values/jsonb-text.js';
export { readMacAddress, readMacAddress8 } from './text-values/mac-address-text.js';
export { clockText, dateText, timestampText } from './text-values/moment-text.js';
export { formatMoney, parseMoney } from './text-values/money-text.js';
export { readCidr, readInet } from './text-values/network-text.js';
export { readUuid } from './text-values/uuid-text.js';
export { fixedZone } from './time-zone/fixed-zone.js';
export { type PosixZone, parsePosixZone } from './time-zone/posix-zone.js';
export type { BatchOptions } from './to-arrow/batches.js';
export { toArrow } from './to-arrow.js';
export type { TypeOptions } from './type-options.js';
