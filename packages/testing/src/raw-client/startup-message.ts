/** Protocol 3 with any minor version. */
export type ProtocolVersion = `3.${number}`;

/**
 * A StartupMessage with exactly these parameters in their order.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-STARTUPMESSAGE
 *
 * @throws RangeError if the minor version is not in 0 to 65535.
 *
 * @example
 * client.send(startupMessage('3.9999', { user: 'alice', '_pq_.grease': 'x' }));
 */
export function startupMessage(protocol: ProtocolVersion, parameters: Readonly<Record<string, string>>): Uint8Array {
  const texts = Object.entries(parameters).flat();
  const body = Buffer.from([...texts.map((text) => `${text}\0`), '\0'].join(''));
  const header = Buffer.alloc(8);
  header.writeInt32BE(8 + body.length, 0);
  header.writeUInt16BE(3, 4);
  header.writeUInt16BE(Number(protocol.slice('3.'.length)), 6);
  return Buffer.concat([header, body]);
}
