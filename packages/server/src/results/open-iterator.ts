/** An iterator over anything that `for await` takes. */
export function openIterator<T>(iterable: Iterable<T> | AsyncIterable<T>): Iterator<T> | AsyncIterator<T> {
  // Who reads a stream is told of its error; one that nobody reads yet, or any more, would end the process.
  if ('on' in iterable && typeof iterable.on === 'function') iterable.on('error', () => {});
  return Symbol.asyncIterator in iterable ? iterable[Symbol.asyncIterator]() : iterable[Symbol.iterator]();
}

export function isIterable(value: unknown): value is Iterable<unknown> | AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value);
}
