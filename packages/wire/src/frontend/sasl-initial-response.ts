import type { BufferReader } from '../buffer-reader.js';

/**
 * The client's choice out of the mechanisms in AuthenticationSASL, and its first message.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-SASLINITIALRESPONSE
 */
export interface SASLInitialResponse {
  readonly type: 'SASLInitialResponse';
  readonly mechanism: string;
  /** Null if the mechanism has the server begin. It aliases the frame's body. */
  readonly data: Uint8Array | null;
}

/** Reads the body of SASLInitialResponse. */
export function decodeSASLInitialResponse(reader: BufferReader): SASLInitialResponse {
  const mechanism = reader.cstring();
  const data = reader.value();
  reader.end();
  return { type: 'SASLInitialResponse', mechanism, data };
}
