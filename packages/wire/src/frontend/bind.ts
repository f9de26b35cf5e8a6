import type { BufferReader } from '../buffer-reader.js';
import type { Format } from '../format.js';
import { decodeFormats } from './formats.js';

/**
 * Makes a portal out of a statement and its parameters. Which format a parameter or result column has is told by
 * `formatAt`: the arrays are as they came, with no entry, one for all, or one for each.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-BIND
 */
export interface Bind {
  readonly type: 'Bind';
  readonly portal: string;
  readonly statement: string;
  readonly parameterFormats: readonly Format[];
  /** They alias the frame's body: copy what is to outlive it. */
  readonly parameters: readonly (Uint8Array | null)[];
  readonly resultFormats: readonly Format[];
}

/** Reads the body of Bind. */
export function decodeBind(reader: BufferReader): Bind {
  const portal = reader.cstring();
  const statement = reader.cstring();
  const parameterFormats = decodeFormats(reader, portal);
  const count = reader.uint16();
  if (parameterFormats.length > 1 && parameterFormats.length !== count) {
    throw reader.violation(`bind message has ${parameterFormats.length} parameter formats but ${count} parameters`);
  }
  const parameters: (Uint8Array | null)[] = [];
  for (let index = 0; index < count; index++) parameters.push(reader.value());
  const resultFormats = decodeFormats(reader);
  reader.end();
  return { type: 'Bind', portal, statement, parameterFormats, parameters, resultFormats };
}
