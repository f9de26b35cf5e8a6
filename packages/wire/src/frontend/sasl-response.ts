import type { BufferReader } from '../buffer-reader.js';

/**
 * A later message of the SASL mechanism.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-SASLRESPONSE
 */
export interface SASLResponse {
  readonly type: 'SASLResponse';
  /** It aliases the frame's body. */
  readonly data: Uint8Array;
}

/** Reads the body of SASLResponse. */
export function decodeSASLResponse(reader: BufferReader): SASLResponse {
  return { type: 'SASLResponse', data: reader.rest() };
}
