import { PgError, sqlstate } from '@riffq/wire';
import type { RecordBatch } from 'apache-arrow';
import type { FairQueue } from './fair-queue.js';

/** Where a stream's batches come from. Calls do not overlap. */
export interface BatchSource {
  /** The next batch, null at the end. */
  fetch(signal: AbortSignal): Promise<RecordBatch | null>;
  /** Gives up what was not fetched. */
  close(): Promise<void>;
}

/** How much of a result is kept in memory when another statement needs its connection, in bytes of Arrow data. */
const drainLimit = 64 * 1024 * 1024;

type State =
  | { readonly kind: 'open' }
  /** The rest is in memory; `failure` is what comes behind it. */
  | { readonly kind: 'drained'; readonly batches: RecordBatch[]; readonly failure: unknown }
  | { readonly kind: 'ended' };

/**
 * The rows of a statement, pulled from DuckDB batch by batch. DuckDB has one open stream per connection: before anything
 * else runs there, what is left of it is drained into memory.
 */
export class ResultStream implements AsyncIterableIterator<RecordBatch, undefined> {
  readonly #source: BatchSource;
  readonly #turn: FairQueue;
  readonly #signal: AbortSignal;
  #state: State = { kind: 'open' };

  /** @param turn - the connection's: whoever holds it may use the connection */
  constructor(source: BatchSource, turn: FairQueue, signal: AbortSignal) {
    this.#source = source;
    this.#turn = turn;
    this.#signal = signal;
  }

  next(): Promise<IteratorResult<RecordBatch, undefined>> {
    return this.#turn.run(async () => {
      const batch = await this.#nextBatch();
      return batch === null ? { done: true, value: undefined } : { done: false, value: batch };
    }, this.#signal);
  }

  /** Closes the stream; what DuckDB still does for it ends. */
  return(): Promise<IteratorResult<RecordBatch, undefined>> {
    return this.#turn.run(async () => {
      await this.abandon();
      return { done: true, value: undefined };
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Closes the stream for who has the turn. */
  async abandon(): Promise<void> {
    const { kind } = this.#state;
    this.#state = { kind: 'ended' };
    if (kind === 'open') await this.#source.close();
  }

  /**
   * Fetches what is left, for who has the turn. What goes wrong is told to the stream's reader, in its place.
   *
   * @param signal - of the statement that waits for it
   */
  async drain(signal: AbortSignal): Promise<void> {
    if (this.#state.kind !== 'open') return;
    const either = AbortSignal.any([this.#signal, signal]);
    const batches: RecordBatch[] = [];
    let bytes = 0;
    try {
      for (;;) {
        const batch = await this.#source.fetch(either);
        if (batch === null) break;
        batches.push(batch);
        bytes += batch.data.byteLength;
        if (bytes > drainLimit) {
          await this.#source.close();
          this.#state = { kind: 'drained', batches: [], failure: tooLargeToKeep() };
          return;
        }
      }
      this.#state = { kind: 'drained', batches, failure: undefined };
    } catch (failure) {
      this.#state = { kind: 'drained', batches, failure };
    }
  }

  async #nextBatch(): Promise<RecordBatch | null> {
    const state = this.#state;
    switch (state.kind) {
      case 'open':
        try {
          const batch = await this.#source.fetch(this.#signal);
          if (batch === null) this.#state = { kind: 'ended' };
          return batch;
        } catch (error) {
          this.#state = { kind: 'ended' };
          throw error;
        }
      case 'drained': {
        const batch = state.batches.shift();
        if (batch !== undefined) return batch;
        this.#state = { kind: 'ended' };
        if (state.failure !== undefined) throw state.failure;
        return null;
      }
      case 'ended':
        return null;
    }
  }
}

function tooLargeToKeep(): PgError {
  return new PgError({
    sqlstate: sqlstate.program_limit_exceeded,
    message: 'the rest of a result that another statement interrupted takes more than 64 MiB',
    hint: 'Read a result to its end before running another statement, or use a second connection.',
  });
}
