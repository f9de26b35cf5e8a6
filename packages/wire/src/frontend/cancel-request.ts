import type { BufferReader } from '../buffer-reader.js';

/**
 * Asks, on a connection of its own, that another session's statement be cancelled.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-CANCELREQUEST
 */
export interface CancelRequest {
  readonly type: 'CancelRequest';
  readonly processId: number;
  /** 4 bytes in protocol 3.0, up to 256 from 3.2 on. It aliases the packet: compare it in constant time. */
  readonly secretKey: Uint8Array;
}

/** Reads the body of CancelRequest. */
export function decodeCancelRequest(reader: BufferReader): CancelRequest {
  if (reader.remaining < 4) throw reader.violation('invalid length of cancel request packet');
  const processId = reader.uint32();
  if (reader.remaining < 4 || reader.remaining > 256) {
    throw reader.violation('invalid length of cancel key in cancel request packet');
  }
  return { type: 'CancelRequest', processId, secretKey: reader.rest() };
}
