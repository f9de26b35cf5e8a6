import type { FrameWriter } from '../frame-writer.js';
import { backendType } from './backend-type.js';

/**
 * One row, its values in the formats that RowDescription told. Results of any size are better written column by column
 * from Arrow buffers (`@riffq/arrow-helpers`); this is for a few rows at hand.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-DATAROW
 */
export interface DataRow {
  readonly type: 'DataRow';
  /** Text is sent as UTF-8. */
  readonly values: readonly (Uint8Array | string | null)[];
}

/** Writes DataRow. */
export function encodeDataRow(writer: FrameWriter, message: DataRow): void {
  writer.begin(backendType.DataRow);
  writer.count(message.values.length);
  for (const value of message.values) writer.value(value);
  writer.end();
}
