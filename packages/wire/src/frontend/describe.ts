import type { BufferReader } from '../buffer-reader.js';
import { decodeTargetKind, type TargetKind } from './target-kind.js';

/**
 * Asks for the parameters of a statement, or the columns that a statement or portal gives.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-DESCRIBE
 */
export interface Describe {
  readonly type: 'Describe';
  readonly kind: TargetKind;
  readonly name: string;
}

/** Reads the body of Describe. */
export function decodeDescribe(reader: BufferReader): Describe {
  const kind = decodeTargetKind(reader, 'DESCRIBE');
  const name = reader.cstring();
  reader.end();
  return { type: 'Describe', kind, name };
}
