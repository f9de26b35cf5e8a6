export { arrowBatch } from './arrow-batch.js';
export { type ColumnType, columnType } from './column-type.js';
export { batchSchema } from './record-batch.js';
export { RowEncoder } from './row-encoder.js';
export type { ArrowStream, ColumnDescription, SchemaDescription, TypeName } from './schema-description.js';
export { toArrow } from './to-arrow.js';
