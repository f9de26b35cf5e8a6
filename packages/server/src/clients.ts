import type { Duplex } from 'node:stream';
import { shuttingDown } from './errors.js';
import { lingerTimeout } from './io/channel.js';
import { type Client, type Peer, serveClient } from './session/serve-client.js';
import type { SessionHost } from './session/session-host.js';

/** The clients that a server has, from their first byte to their last. */
export class Clients {
  readonly #served = new Map<Client, Promise<void>>();

  /** Serves one client; settles when it has left. */
  async serve(host: SessionHost, stream: Duplex, peer: Peer): Promise<void> {
    const client: Client = { stream, session: undefined };
    const served = serveClient(host, client, peer);
    this.#served.set(client, served);
    await served;
    this.#served.delete(client);
  }

  /**
   * Tells idle clients 57P01, those with a running statement `grace` milliseconds later, and cuts off who does not take it.
   * Settles when all have left.
   */
  async dismiss(grace: number): Promise<void> {
    for (const { stream, session } of this.#served.keys()) {
      // Who has not come in yet is just let go.
      if (session === undefined) stream.destroy();
      else session.closeWhenIdle(shuttingDown());
    }
    const abort = setTimeout(() => {
      for (const { session } of this.#served.keys()) session?.close(shuttingDown());
    }, grace);
    const cutOff = setTimeout(() => this.cutOff(), grace + lingerTimeout);
    await Promise.all(this.#served.values());
    clearTimeout(abort);
    clearTimeout(cutOff);
  }

  /** Ends every connection at once. */
  cutOff(): void {
    for (const { stream } of this.#served.keys()) stream.destroy();
  }
}
