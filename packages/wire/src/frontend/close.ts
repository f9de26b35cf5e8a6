import type { BufferReader } from '../buffer-reader.js';
import { decodeTargetKind, type TargetKind } from './target-kind.js';

/**
 * Drops a statement or a portal; it is no error if there is none of that name.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-CLOSE
 */
export interface Close {
  readonly type: 'Close';
  readonly kind: TargetKind;
  readonly name: string;
}

/** Reads the body of Close. */
export function decodeClose(reader: BufferReader): Close {
  const kind = decodeTargetKind(reader, 'CLOSE');
  const name = reader.cstring();
  reader.end();
  return { type: 'Close', kind, name };
}
