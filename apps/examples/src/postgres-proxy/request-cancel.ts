import { cancelRequest } from '@riffq/testing';
import type { UpstreamAddress } from './upstream-address.js';
import { UpstreamSocket } from './upstream-socket.js';

/** Asks the server, on a connection of its own, to end what the session with this key runs. Settles when it has been heard. */
export async function requestCancel(address: UpstreamAddress, key: Uint8Array): Promise<void> {
  try {
    const socket = await UpstreamSocket.connect(address, AbortSignal.timeout(10_000));
    await socket.write(cancelRequest(key));
    // The server closes when it has passed the request on.
    while ((await socket.next()) !== undefined);
  } catch {
    // What cannot be cancelled runs to its end.
  }
}
