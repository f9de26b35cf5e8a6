/** A message of type `p`. */
export function passwordFrame(body: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from('p'), length, body]);
}

/** SASLInitialResponse; the data may have no length, or a wrong one. */
export function saslInitialResponse(
  data: string | Uint8Array | null,
  { mechanism = 'SCRAM-SHA-256', length }: { mechanism?: string | Uint8Array; length?: number } = {},
): Buffer {
  const bytes = Buffer.from(data ?? '');
  const said = Buffer.alloc(4);
  said.writeInt32BE(length ?? (data === null ? -1 : bytes.length));
  return passwordFrame(Buffer.concat([Buffer.from(mechanism), Buffer.of(0), said, bytes]));
}

/** SASLResponse. */
export const saslResponse = (data: string | Uint8Array): Buffer => passwordFrame(Buffer.from(data));
