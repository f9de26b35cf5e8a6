import type { AnyIterable } from '@riffq/server';

/**
 * Reads items until the signal aborts, then rejects with its reason, also while an item is awaited. What was not read to
 * its end is closed.
 */
export async function* untilAborted<T>(
  items: AnyIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, undefined> {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  let ended = false;
  try {
    for (;;) {
      const next = await orAborted(async () => iterator.next(), signal);
      if (next.done === true) {
        ended = true;
        return;
      }
      yield next.value;
    }
  } finally {
    // Nobody waits for it: a generator closes only when the item that it is making is there.
    if (!ended) Promise.resolve(iterator.return?.()).catch(() => {});
  }
}

function orAborted<T>(task: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return task();
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    task()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}
