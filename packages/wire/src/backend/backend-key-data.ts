import type { FrameWriter } from '../frame-writer.js';
import { backendType } from './backend-type.js';

/**
 * What the client must send in a CancelRequest to cancel this session's statements.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-BACKENDKEYDATA
 */
export interface BackendKeyData {
  readonly type: 'BackendKeyData';
  readonly processId: number;
  /** Exactly 4 bytes in protocol 3.0, 4 to 256 from 3.2 on. */
  readonly secretKey: Uint8Array;
}

/** Writes BackendKeyData. */
export function encodeBackendKeyData(writer: FrameWriter, message: BackendKeyData): void {
  writer.begin(backendType.BackendKeyData);
  writer.int32(message.processId);
  writer.bytes(message.secretKey);
  writer.end();
}
