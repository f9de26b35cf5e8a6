import type { BufferReader } from '../buffer-reader.js';

/**
 * Runs a portal, or goes on with it.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-EXECUTE
 */
export interface Execute {
  readonly type: 'Execute';
  readonly portal: string;
  /** How many rows are wanted at most; 0 means all (so does a negative number, which is given as 0). */
  readonly maxRows: number;
}

/** Reads the body of Execute. */
export function decodeExecute(reader: BufferReader): Execute {
  const portal = reader.cstring();
  const maxRows = Math.max(0, reader.int32());
  reader.end();
  return { type: 'Execute', portal, maxRows };
}
