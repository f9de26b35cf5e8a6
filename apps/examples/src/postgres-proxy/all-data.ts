import type { Exchange } from './exchange.js';

/** The DataRow or CopyData messages of one exchange, read from the server as the client reads them. */
export class AllData implements AsyncIterableIterator<Uint8Array> {
  readonly #exchange: Exchange;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  /** The server's tag; a portal that is run again when it is done has no more rows. */
  tag(count: number): string {
    return count === 0 ? this.#exchange.tag.replace(/\d+$/, '0') : this.#exchange.tag;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const run = await this.#exchange.next();
    return run === undefined ? { done: true, value: undefined } : { done: false, value: run.bytes };
  }

  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    await this.#exchange.abandon();
    return { done: true, value: undefined };
  }
}
