import { MESSAGE_HEADER_BYTES } from '../encode/row-frame.js';

/** The type byte of a CopyData message. */
export const COPY_DATA = 0x64;

/** One CopyData message of these bytes. */
export function copyData(...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const message = Buffer.alloc(MESSAGE_HEADER_BYTES + length);
  message[0] = COPY_DATA;
  message.writeInt32BE(length + 4, 1);
  let end = MESSAGE_HEADER_BYTES;
  for (const part of parts) {
    message.set(part, end);
    end += part.length;
  }
  return message;
}
