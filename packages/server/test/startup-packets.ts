/** A start-up packet: its length, a version (or what stands in its place), a body. */
export function startupPacket(major: number, minor: number, body: Uint8Array = Buffer.alloc(0)): Buffer {
  const packet = Buffer.alloc(8 + body.length);
  packet.writeUInt32BE(packet.length, 0);
  packet.writeUInt16BE(major, 4);
  packet.writeUInt16BE(minor, 6);
  packet.set(body, 8);
  return packet;
}

/** A StartupMessage of protocol 3. */
export function startupMessage(minor: number, parameters: Readonly<Record<string, string>>): Buffer {
  const words = Object.entries(parameters).flat();
  return startupPacket(3, minor, Buffer.from(`${words.map((word) => `${word}\0`).join('')}\0`));
}

export const sslRequest = startupPacket(1234, 5679);
export const gssencRequest = startupPacket(1234, 5680);

/** A CancelRequest for what BackendKeyData said: process id and secret key, as they came. */
export function cancelRequest(key: Uint8Array): Buffer {
  return startupPacket(1234, 5678, key);
}
