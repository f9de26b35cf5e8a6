import type { RecordBatch } from 'apache-arrow';
import type { BatchBuilder } from './batch-builder.js';
import { invalidInput } from './invalid-input.js';

/** How rows that are not all at hand become batches. */
export interface BatchOptions {
  /** A batch has at most so many rows. @defaultValue 8192 */
  readonly batchRows?: number;
  /** A batch ends after the row with which it has about so many bytes. @defaultValue 4 MiB */
  readonly batchBytes?: number;
  /** Ends the reading: the batches throw its reason, and the rows are closed. Such as `context.signal` of a query. */
  readonly signal?: AbortSignal;
}

const DEFAULT_BATCH_ROWS = 8192;
const DEFAULT_BATCH_BYTES = 4 * 1024 * 1024;

/** Where batches end, and what ends them all. */
export class Bounds {
  readonly signal: AbortSignal | undefined;
  readonly #rows: number;
  readonly #bytes: number;

  /** @throws PgError 22023 for sizes that are none */
  constructor({ batchRows = DEFAULT_BATCH_ROWS, batchBytes = DEFAULT_BATCH_BYTES, signal }: BatchOptions = {}) {
    for (const [name, value] of Object.entries({ batchRows, batchBytes })) {
      if (!Number.isInteger(value) || value <= 0) {
        throw invalidInput(`${name} must be a whole number above 0, not ${value}`);
      }
    }
    this.#rows = batchRows;
    this.#bytes = batchBytes;
    this.signal = signal;
  }

  isFull({ rows, bytes }: { readonly rows: number; readonly bytes: number }): boolean {
    return rows >= this.#rows || bytes >= this.#bytes;
  }
}

/** Batches of rows that are made when they are asked for. */
export function* batchesOf(
  rows: Iterable<unknown>,
  builder: BatchBuilder,
  bounds: Bounds,
): Generator<RecordBatch, void, undefined> {
  for (const row of rows) {
    bounds.signal?.throwIfAborted();
    builder.add(row);
    if (bounds.isFull(builder)) yield builder.take();
  }
  bounds.signal?.throwIfAborted();
  if (builder.rows > 0) yield builder.take();
}

/** The same of rows that arrive over time. */
export async function* asyncBatchesOf(
  rows: AsyncIterable<unknown>,
  builder: BatchBuilder,
  bounds: Bounds,
): AsyncGenerator<RecordBatch, void, undefined> {
  for await (const row of untilAborted(rows, bounds.signal)) {
    builder.add(row);
    if (bounds.isFull(builder)) yield builder.take();
  }
  if (builder.rows > 0) yield builder.take();
}

/** The same items; an abort is heard also while the next one is awaited, and of a source that hangs then nobody waits. */
export function untilAborted<T>(items: AsyncIterable<T>, signal: AbortSignal | undefined): AsyncIterable<T> {
  return signal === undefined
    ? items
    : { [Symbol.asyncIterator]: () => abortable(items[Symbol.asyncIterator](), signal) };
}

async function* abortable<T>(items: AsyncIterator<T>, signal: AbortSignal): AsyncGenerator<T, void, undefined> {
  let abort = (): void => {};
  const onAbort = (): void => abort();
  signal.addEventListener('abort', onAbort);
  let isEnded = false;
  try {
    for (;;) {
      signal.throwIfAborted();
      // Not a race with a promise of the abort: that would keep what each row leaves behind.
      const next = await new Promise<IteratorResult<T, unknown>>((resolve, reject) => {
        abort = () => reject(signal.reason);
        items.next().then(resolve, reject);
      });
      isEnded = next.done === true;
      if (next.done) return;
      yield next.value;
    }
  } catch (error) {
    isEnded ||= !signal.aborted;
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
    const closing = isEnded ? undefined : Promise.resolve(items.return?.());
    if (signal.aborted) closing?.catch(() => {});
    else await closing;
  }
}
