import { heldRowsTooLarge } from '../errors.js';

interface Source<T> {
  next(): IteratorResult<T, unknown> | Promise<IteratorResult<T, unknown>>;
  return?(): unknown;
}

/**
 * Reads a source to its end and gives what it had, which is kept.
 *
 * @throws PgError 54000 when that is more than `limit` bytes; the source is released then.
 */
export async function keepRest<T>(
  source: Source<T>,
  sizeOf: (item: T) => number,
  limit: number,
): Promise<IterableIterator<T>> {
  const kept: T[] = [];
  let bytes = 0;
  for (let result = await source.next(); !result.done; result = await source.next()) {
    bytes += sizeOf(result.value);
    if (bytes > limit) {
      await source.return?.();
      throw heldRowsTooLarge(limit);
    }
    kept.push(result.value);
  }
  return kept.values();
}
