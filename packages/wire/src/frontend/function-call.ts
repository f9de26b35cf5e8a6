import type { BufferReader } from '../buffer-reader.js';
import type { Format } from '../format.js';
import { decodeFormat, decodeFormats } from './formats.js';

/**
 * Calls a function by its OID, the way of before prepared statements.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-FUNCTIONCALL
 */
export interface FunctionCall {
  readonly type: 'FunctionCall';
  readonly functionOid: number;
  readonly argumentFormats: readonly Format[];
  /** They alias the frame's body: copy what is to outlive it. */
  readonly arguments: readonly (Uint8Array | null)[];
  readonly resultFormat: Format;
}

/** Reads the body of FunctionCall. */
export function decodeFunctionCall(reader: BufferReader): FunctionCall {
  const functionOid = reader.uint32();
  const argumentFormats = decodeFormats(reader);
  const count = reader.uint16();
  if (argumentFormats.length > 1 && argumentFormats.length !== count) {
    throw reader.violation(
      `function call message contains ${argumentFormats.length} argument formats but ${count} arguments`,
    );
  }
  const values: (Uint8Array | null)[] = [];
  for (let index = 0; index < count; index++) values.push(reader.value());
  const resultFormat = decodeFormat(reader);
  reader.end();
  return { type: 'FunctionCall', functionOid, argumentFormats, arguments: values, resultFormat };
}
