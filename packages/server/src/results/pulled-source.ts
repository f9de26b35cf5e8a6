import { heldRowsTooLarge } from '../errors/limit-errors.js';

/** What rows are made of, one item after another. */
export interface ItemSource<T> {
  next(): IteratorResult<T, unknown> | Promise<IteratorResult<T, unknown>>;
  return?(): unknown;
  /** What it gives is in memory until it is asked for. */
  readonly isKept?: boolean;
}

/** A source on its way to its end: what `pull`, `hold` and `close` of a row stream do. */
export class PulledSource<T> {
  #source: ItemSource<T>;
  #item: { readonly value: T } | undefined;
  #ended = false;
  readonly #onItem: (item: T) => void;

  constructor(source: ItemSource<T>, onItem: (item: T) => void) {
    this.#source = source;
    this.#onItem = onItem;
  }

  /** The last item, until the end. */
  get item(): { readonly value: T } | undefined {
    return this.#item;
  }

  /** Gives the next item to `onItem`; false (or a promise of it) at the end. */
  pull(): boolean | Promise<boolean> {
    if (this.#ended) return false;
    const next = this.#source.next();
    return 'then' in next ? next.then((result) => this.#accept(result)) : this.#accept(next);
  }

  /**
   * Reads the source to its end and keeps what it had; gives the bytes of that.
   *
   * @throws PgError 54000 when that is more than `limit` bytes; the source is released then.
   */
  async hold(sizeOf: (item: T) => number, limit: number): Promise<number> {
    if (this.#ended || this.#source.isKept === true) return 0;
    const kept: T[] = [];
    let bytes = 0;
    for (let result = await this.#source.next(); !result.done; result = await this.#source.next()) {
      bytes += sizeOf(result.value);
      if (bytes > limit) {
        await this.#source.return?.();
        throw heldRowsTooLarge();
      }
      kept.push(result.value);
    }
    this.#source = kept.values();
    return bytes;
  }

  /** Releases the source, unless it was read to its end. */
  async close(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.#source.return?.();
  }

  #accept(result: IteratorResult<T, unknown>): boolean {
    if (result.done) {
      this.#ended = true;
      this.#item = undefined;
      return false;
    }
    this.#item = result;
    this.#onItem(result.value);
    return true;
  }
}
