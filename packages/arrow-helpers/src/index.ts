export { typeName } from './array-input/type-name.js';
export { arrowBatch } from './arrow-batch.js';
export { type ColumnType, columnType } from './column-type.js';
export { CopyDecoder, type CopyDecoderOptions } from './copy/copy-decoder.js';
export { CopyEncoder } from './copy/copy-encoder.js';
export { CopyRowEncoder } from './copy/copy-row-encoder.js';
export type { CopyColumns, CopyOptions, CopyTable, RawCopyOption } from './copy/options/copy-options.js';
export { resolveCopyOptions } from './copy/options/resolve-copy-options.js';
export type { SkippedRow } from './copy/read/copy-reader.js';
export { encodingOfName } from './encoding-name.js';
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
export type { Clock } from './text-values/date-time-context.js';
export { fixedZone } from './time-zone/fixed-zone.js';
export { type PosixZone, parsePosixZone } from './time-zone/posix-zone.js';
export type { BatchOptions } from './to-arrow/batches.js';
export { toArrow } from './to-arrow.js';
export { decodeBinary, decodeText, isLocalType } from './type-functions/decode-value.js';
export { invalidBinary } from './type-functions/input-error.js';
export type { PostgresValue } from './type-functions/postgres-value.js';
export { binaryToText, isSameInBothFormats, textToBinary } from './type-functions/string-conversions.js';
export { defaultTextSettings, type TextSettings } from './type-functions/type-functions.js';
export { decodeUtf8Value } from './type-functions/utf8-value.js';
export type { TypeOptions } from './type-options.js';
