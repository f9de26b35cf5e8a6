import type { Exchange } from './exchange.js';
import { closePortal, execute, sync } from './frontend-messages.js';
import type { MessageRun } from './message-runs.js';
import type { Upstream } from './upstream.js';

/** What a portal with a row limit is there. */
export interface LimitedPortal {
  readonly name: string;
  readonly maxRows: number;
  readonly signal: AbortSignal;
}

type Held = { readonly kind: 'run'; readonly run: MessageRun } | { readonly kind: 'error'; readonly error: unknown };

/**
 * The rows of a portal with a row limit. The last ones of each Execute are held back until the server is ready again, so that
 * other statements can run before the client asks for more; those that the client has left unread are read when one wants to.
 */
export class LimitedRows implements AsyncIterableIterator<Uint8Array> {
  readonly #upstream: Upstream;
  readonly #portal: LimitedPortal;
  #exchange: Exchange;
  readonly #held: Held[] = [];
  /** Rows of the present Execute that may still come. */
  #left: number;
  #isClosed = false;

  private constructor(upstream: Upstream, portal: LimitedPortal, exchange: Exchange) {
    this.#upstream = upstream;
    this.#portal = portal;
    this.#exchange = this.#follow(exchange);
    this.#left = portal.maxRows;
  }

  /** Reads the first rows, once RowDescription has come. */
  static async open(upstream: Upstream, portal: LimitedPortal, exchange: Exchange): Promise<LimitedRows> {
    const rows = new LimitedRows(upstream, portal, exchange);
    await rows.#look();
    return rows;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The server's tag with the number of rows of the client's own Execute. */
  tag(count: number): string {
    return this.#exchange.tag.replace(/\d+$/, String(count));
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#held.length === 0) await this.#look();
    const held = this.#held.shift();
    if (held === undefined) {
      if (!this.#exchange.isSuspended) return { done: true, value: undefined };
      const { name, maxRows, signal } = this.#portal;
      this.#exchange = this.#follow(await this.#upstream.begin([execute(name, maxRows), sync()], 'extended', signal));
      this.#left = maxRows;
      return this.next();
    }
    if (held.kind === 'error') throw held.error;
    this.#left -= held.run.count;
    if (this.#left <= 0 && this.#held.length === 0) await this.#look();
    return { done: false, value: held.run.bytes };
  }

  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (!this.#isClosed) {
      this.#isClosed = true;
      await this.#close();
    }
    return { done: true, value: undefined };
  }

  #follow(exchange: Exchange): Exchange {
    exchange.onAwaited = () => void this.#lookAtAll();
    return exchange;
  }

  async #lookAtAll(): Promise<void> {
    while (!this.#exchange.isFinished && this.#held.at(-1)?.kind !== 'error') await this.#look();
  }

  async #look(): Promise<void> {
    if (this.#exchange.isFinished) return;
    try {
      const run = await this.#exchange.next();
      if (run !== undefined) this.#held.push({ kind: 'run', run });
    } catch (error) {
      this.#held.push({ kind: 'error', error });
    }
  }

  async #close(): Promise<void> {
    await this.#exchange.abandon();
    if (!this.#exchange.isSuspended) return;
    const closing = await this.#upstream.begin([closePortal(this.#portal.name), sync()], 'extended');
    await closing.next();
  }
}
