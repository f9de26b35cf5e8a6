import type { Exchange } from './exchange.js';
import type { MessageRun } from './message-runs.js';

/** The DataRow or CopyData messages of one exchange, read from the server as the client reads them. */
export class AllData implements AsyncIterableIterator<Uint8Array> {
  readonly #exchange: Exchange;
  #following: MessageRun | undefined;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  /** The RowDescription of the statement's next result, once these are read. */
  get following(): MessageRun | undefined {
    return this.#following;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#following !== undefined) return { done: true, value: undefined };
    const run = await this.#exchange.next();
    if (run?.type === 'T') this.#following = run;
    if (run === undefined || run.type === 'T') return { done: true, value: undefined };
    return { done: false, value: run.bytes };
  }

  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    await this.#exchange.abandon();
    return { done: true, value: undefined };
  }
}
