/** One message of PostgreSQL: its type and what follows the length. */
export interface BackendFrame {
  readonly type: string;
  readonly body: Uint8Array;
}

/** Cuts whole messages out of bytes. PostgreSQL wrote them, so their lengths are right. */
export function* backendFrames(bytes: Uint8Array): Generator<BackendFrame> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let position = 0; position < bytes.length; ) {
    const end = position + 1 + view.getInt32(position + 1);
    yield { type: String.fromCharCode(bytes[position]!), body: bytes.subarray(position + 5, end) };
    position = end;
  }
}
