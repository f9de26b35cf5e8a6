import type { Duplex } from 'node:stream';
import { shuttingDown } from './errors/interruptions.js';
import { lingerTimeout } from './io/channel.js';
import type { ClientSession } from './session/client-session.js';
import type { Peer } from './session/peer.js';
import { type Client, serveClient } from './session/serve-client.js';
import type { SessionHost } from './session/session-host.js';
import { timerDelay } from './timer-delay.js';

/** How long `handleDisconnect` may take for a client that has been cut off, in milliseconds. */
const handlerTimeout = 1000;

/** The clients that a server has, from their first byte to their last. */
export class Clients {
  readonly #served = new Map<Client, Promise<void>>();

  /** Those that have come as far as a session. */
  *sessions(): Generator<ClientSession> {
    for (const { session } of this.#served.keys()) if (session !== undefined) yield session;
  }

  /** Those that have been let in. */
  admitted(): readonly ClientSession[] {
    return [...this.sessions()].filter(({ asynchronous, ending }) => asynchronous.greeted && ending === undefined);
  }

  /** Serves one client; settles when it has left. */
  serve(host: SessionHost, stream: Duplex, peer: Peer): Promise<void> {
    const client: Client = { stream, address: peer.ip, session: undefined, refusal: undefined };
    host.entrance.arrive(client);
    const served = serveClient(host, client, peer).then(() => {
      host.entrance.leave(client);
      this.#served.delete(client);
    });
    this.#served.set(client, served);
    return served;
  }

  /**
   * Tells idle clients 57P01, those with a running statement `grace` milliseconds later, and cuts off who does not take it.
   * Settles when all have left; how many handlers had not finished with theirs by then, after another second, is answered.
   */
  async dismiss(grace: number): Promise<number> {
    for (const { stream, session } of this.#served.keys()) {
      // Who has not come in yet is just let go.
      if (session === undefined) stream.destroy();
      else session.closeWhenIdle(shuttingDown());
    }
    const abort = setTimeout(() => {
      for (const { session } of this.#served.keys()) session?.close(shuttingDown());
    }, timerDelay(grace));
    const cutOff = setTimeout(() => this.cutOff(), timerDelay(grace + lingerTimeout));
    const left = Promise.all(this.#served.values());
    let giveUp: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      giveUp = setTimeout(resolve, timerDelay(grace + lingerTimeout + handlerTimeout));
    });
    await Promise.race([left, late]);
    for (const timer of [abort, cutOff, giveUp]) clearTimeout(timer);
    return this.#served.size;
  }

  /** Ends every connection at once. */
  cutOff(): void {
    for (const { stream } of this.#served.keys()) stream.destroy();
  }
}
