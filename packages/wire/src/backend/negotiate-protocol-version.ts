import type { FrameWriter } from '../frame-writer.js';
import { backendType } from './backend-type.js';

/**
 * The client asked for a newer 3.x, or for options (`_pq_.…`) that the server does not know.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-NEGOTIATEPROTOCOLVERSION
 */
export interface NegotiateProtocolVersion {
  readonly type: 'NegotiateProtocolVersion';
  /** The newest 3.x that the server speaks, its x. */
  readonly minor: number;
  /** The names of the options not known. */
  readonly options: readonly string[];
}

/** Writes NegotiateProtocolVersion. */
export function encodeNegotiateProtocolVersion(writer: FrameWriter, message: NegotiateProtocolVersion): void {
  writer.begin(backendType.NegotiateProtocolVersion);
  // The manual says minor version; PostgreSQL sends both, and libpq refuses anything below 3.0.
  writer.int16(3);
  writer.int16(message.minor);
  writer.int32(message.options.length);
  for (const option of message.options) writer.cstring(option);
  writer.end();
}
