import type { BufferReader } from '../buffer-reader.js';
import type { CopyDone } from '../copy/copy-done.js';

/**
 * Asks for all replies so far.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-FLUSH
 */
export interface Flush {
  readonly type: 'Flush';
}

/**
 * Ends a series of extended query messages, and after an error the skipping of them.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-SYNC
 */
export interface Sync {
  readonly type: 'Sync';
}

/**
 * Ends the session.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-TERMINATE
 */
export interface Terminate {
  readonly type: 'Terminate';
}

const copyDone: CopyDone = Object.freeze({ type: 'CopyDone' });
const flush: Flush = Object.freeze({ type: 'Flush' });
const sync: Sync = Object.freeze({ type: 'Sync' });
const terminate: Terminate = Object.freeze({ type: 'Terminate' });

/** Reads the body of CopyDone. */
export function decodeCopyDone(reader: BufferReader): CopyDone {
  reader.end();
  return copyDone;
}

/** Reads the body of Flush. */
export function decodeFlush(reader: BufferReader): Flush {
  reader.end();
  return flush;
}

/** Reads the body of Sync. */
export function decodeSync(reader: BufferReader): Sync {
  reader.end();
  return sync;
}

/** Reads Terminate, whatever its body: PostgreSQL looks at none. */
export function decodeTerminate(): Terminate {
  return terminate;
}
