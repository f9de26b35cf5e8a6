import { startupMessage as anyStartupMessage } from '@riffq/testing';

/** A start-up packet: its length, a version (or what stands in its place), a body. */
export function startupPacket(major: number, minor: number, body: Uint8Array = Buffer.alloc(0)): Buffer {
  const packet = Buffer.alloc(8 + body.length);
  packet.writeUInt32BE(packet.length, 0);
  packet.writeUInt16BE(major, 4);
  packet.writeUInt16BE(minor, 6);
  packet.set(body, 8);
  return packet;
}

/** A StartupMessage of protocol 3, in one of its minor versions. */
export const startupMessage = (minor: number, parameters: Readonly<Record<string, string>>): Uint8Array =>
  anyStartupMessage(`3.${minor}`, parameters);

export const sslRequest = startupPacket(1234, 5679);
export const gssencRequest = startupPacket(1234, 5680);
