import type { BufferReader } from '../buffer-reader.js';

/**
 * The client gives up a COPY FROM STDIN; `message` says why.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-COPYFAIL
 */
export interface CopyFail {
  readonly type: 'CopyFail';
  readonly message: string;
}

/** Reads the body of CopyFail. */
export function decodeCopyFail(reader: BufferReader): CopyFail {
  const message = reader.cstring();
  reader.end();
  return { type: 'CopyFail', message };
}
