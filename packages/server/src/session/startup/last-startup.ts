import type { StartupRequest } from './startup-request.js';

/** Comparing more bytes than these takes as long as reading them. */
const longestPacket = 512;

/**
 * The start-up packet that came last. Most clients of a server come with the same one: it need not be read again, and what it asks
 * for is kept once for all of them.
 */
export class LastStartup {
  #packet: Uint8Array = new Uint8Array();
  #request: StartupRequest | undefined;
  #statuses: Uint8Array | undefined;

  /** What a packet asks for, if it is the same one. */
  find(packet: Uint8Array): StartupRequest | undefined {
    const last = this.#packet;
    if (packet.length !== last.length) return undefined;
    for (let at = 0; at < last.length; at += 1) if (packet[at] !== last[at]) return undefined;
    return this.#request;
  }

  keep(packet: Uint8Array, request: StartupRequest): void {
    if (packet.length > longestPacket) return;
    this.#packet = packet.slice();
    this.#request = request;
    this.#statuses = undefined;
  }

  /** The ParameterStatus messages that answer a request, encoded once; undefined for one that is not the last. */
  statusesOf(request: StartupRequest, encode: () => Uint8Array): Uint8Array | undefined {
    if (request !== this.#request) return undefined;
    this.#statuses ??= encode();
    return this.#statuses;
  }
}
