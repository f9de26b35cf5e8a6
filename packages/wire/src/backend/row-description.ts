import { typeSize } from '../built-in-types.js';
import type { FieldDescription } from '../field-description.js';
import type { FrameWriter } from '../frame-writer.js';
import { backendType } from './backend-type.js';

/**
 * The columns of the rows to come.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-ROWDESCRIPTION
 */
export interface RowDescription {
  readonly type: 'RowDescription';
  readonly fields: readonly FieldDescription[];
}

/** Writes RowDescription. */
export function encodeRowDescription(writer: FrameWriter, message: RowDescription): void {
  writer.begin(backendType.RowDescription);
  writer.count(message.fields.length);
  for (const field of message.fields) {
    writer.cstring(field.name);
    writer.int32(field.tableOid ?? 0);
    writer.int16(field.columnNumber ?? 0);
    writer.int32(field.typeOid);
    writer.int16(field.typeSize ?? typeSize(field.typeOid));
    writer.int32(field.typeModifier ?? -1);
    writer.int16(field.format === 'binary' ? 1 : 0);
  }
  writer.end();
}
