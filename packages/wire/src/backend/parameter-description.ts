import type { FrameWriter } from '../frame-writer.js';
import { backendType } from './backend-type.js';

/**
 * The types of a statement's parameters; the first answer to Describe of a statement.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-PARAMETERDESCRIPTION
 */
export interface ParameterDescription {
  readonly type: 'ParameterDescription';
  readonly typeOids: readonly number[];
}

/** Writes ParameterDescription. */
export function encodeParameterDescription(writer: FrameWriter, message: ParameterDescription): void {
  writer.begin(backendType.ParameterDescription);
  writer.count(message.typeOids.length);
  for (const oid of message.typeOids) writer.int32(oid);
  writer.end();
}
