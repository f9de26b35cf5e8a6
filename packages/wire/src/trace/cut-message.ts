/** One message cut out of a conversation, or the reason why there is no more to cut. */
export type CutMessage =
  | { readonly type: number; readonly body: Uint8Array; readonly end: number }
  | { readonly broken: string };

/** Cuts the message that begins at `start`; its header has 5 bytes, 4 in a start-up packet, whose type is 0. */
export function cutMessage(bytes: Uint8Array, start: number, headerLength: 4 | 5): CutMessage {
  const left = bytes.length - start;
  if (left < headerLength) return { broken: `Incomplete message: ${left} bytes` };
  const header = new DataView(bytes.buffer, bytes.byteOffset + start, headerLength);
  const length = header.getInt32(headerLength - 4);
  if (length < 4) return { broken: `Invalid message length: ${length}` };
  const total = length + headerLength - 4;
  if (left < total) return { broken: `Incomplete message: ${left} of ${total} bytes` };
  const type = headerLength === 5 ? header.getUint8(0) : 0;
  return { type, body: bytes.subarray(start + headerLength, start + total), end: start + total };
}
