import { requestCode } from './request-code.js';

/**
 * A CancelRequest, which is the first and only message of a connection of its own. Keys have any length: 4 bytes in
 * protocol 3.0, up to 256 since 3.2.
 * https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 *
 * @param backendKey - process id and secret key as BackendKeyData gave them: `backendKey` of a `RawClient`.
 *
 * @example
 * await using canceller = await RawClient.open(target);
 * canceller.send(cancelRequest(client.backendKey));
 * await canceller.untilEnd();
 */
export function cancelRequest(backendKey: Uint8Array): Uint8Array {
  const header = Buffer.alloc(8);
  header.writeInt32BE(8 + backendKey.length, 0);
  header.writeInt32BE(requestCode.CancelRequest, 4);
  return Buffer.concat([header, backendKey]);
}
