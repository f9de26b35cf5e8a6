import type { Duplex } from 'node:stream';
import { shuttingDown } from './errors/interruptions.js';
import { lingerTimeout } from './io/channel.js';
import type { ClientSession } from './session/client-session.js';
import { type Client, serveClient } from './session/serve-client.js';
import type { SessionHost } from './session/session-host.js';
import type { Peer } from './session/startup/peer.js';
import { timerDelay } from './timer-delay.js';

/** How long `handleDisconnect` may take for a client that has been cut off, in milliseconds, and when there is haste. */
const handlerTimeout = 10_000;
const hastyTimeout = 1000;

/** The clients that a server has, from their first byte to their last. */
export class Clients {
  readonly #served = new Map<Client, Promise<void>>();
  /** Has `dismiss` wait no longer than so many milliseconds from now. */
  #hurry: (milliseconds: number) => void = () => {};

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
    const served = serveClient(host, client, peer).then(() => void this.#served.delete(client));
    this.#served.set(client, served);
    return served;
  }

  /**
   * Tells idle clients 57P01, those with a running statement `grace` milliseconds later, and cuts off who does not take it.
   * Settles when all have left; how many handlers had not finished with theirs by then, after another 10 seconds, is answered.
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
    const cutOff = setTimeout(() => this.#destroy(), timerDelay(grace + lingerTimeout));
    const left = Promise.all(this.#served.values());
    let giveUp: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      this.#hurry = (milliseconds) => {
        clearTimeout(giveUp);
        giveUp = setTimeout(resolve, timerDelay(milliseconds));
      };
    });
    this.#hurry(grace + lingerTimeout + handlerTimeout);
    await Promise.race([left, late]);
    this.#hurry = () => {};
    for (const timer of [abort, cutOff, giveUp]) clearTimeout(timer);
    return this.#served.size;
  }

  /** Ends every connection at once; who is dismissing them waits for handlers a second more at most. */
  cutOff(): void {
    this.#destroy();
    this.#hurry(hastyTimeout);
  }

  #destroy(): void {
    for (const { stream } of this.#served.keys()) stream.destroy();
  }
}
