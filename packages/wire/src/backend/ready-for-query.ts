import type { FrameWriter } from '../frame-writer.js';
import { backendType } from './backend-type.js';

/** Outside a transaction block (I), inside one (T), inside one that has failed (E). */
export type TransactionStatus = 'I' | 'T' | 'E';

/**
 * The server waits for the next query.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-READYFORQUERY
 */
export interface ReadyForQuery {
  readonly type: 'ReadyForQuery';
  readonly status: TransactionStatus;
}

/** Writes ReadyForQuery. */
export function encodeReadyForQuery(writer: FrameWriter, message: ReadyForQuery): void {
  writer.begin(backendType.ReadyForQuery);
  writer.byte(message.status.charCodeAt(0));
  writer.end();
}
