import { backendType } from '../backend/backend-type.js';
import type { BufferReader } from '../buffer-reader.js';
import type { FrameWriter } from '../frame-writer.js';

/**
 * A piece of COPY data, cut anywhere. Both sides send it.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-COPYDATA
 */
export interface CopyData {
  readonly type: 'CopyData';
  /** Decoded, it aliases the frame's body: copy what is to outlive it. */
  readonly data: Uint8Array;
}

/** Reads the body of CopyData. */
export function decodeCopyData(reader: BufferReader): CopyData {
  return { type: 'CopyData', data: reader.rest() };
}

/** Writes CopyData. */
export function encodeCopyData(writer: FrameWriter, message: CopyData): void {
  writer.begin(backendType.CopyData);
  writer.bytes(message.data);
  writer.end();
}
