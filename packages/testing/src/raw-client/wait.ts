/** How long to wait. */
export interface Wait {
  /** Milliseconds; `Infinity` for no limit. @defaultValue what the client was given, 10000 if nothing */
  readonly timeout?: number;
  /** Gives up waiting when it aborts. */
  readonly signal?: AbortSignal;
}

/** More than a timer can take. */
const tooLong = 2 ** 31;

/**
 * Calls `giveUp` when the time is over or the signal aborts, but never before it has returned; the function that it
 * returns ends the watch.
 */
export function watchWait(wait: Wait & { readonly timeout: number }, giveUp: (error: Error) => void): () => void {
  const { timeout, signal } = wait;
  const stopped = new AbortController();
  const late = () => giveUp(new Error(`did not come within ${timeout} ms`));
  const timer = timeout < tooLong ? setTimeout(late, timeout) : undefined;
  const abort = () => {
    if (stopped.signal.aborted) return;
    const reason: unknown = signal?.reason;
    giveUp(new Error(`was given up (${reason instanceof Error ? reason.message : String(reason)})`, { cause: reason }));
  };
  if (signal?.aborted) queueMicrotask(abort);
  signal?.addEventListener('abort', abort, { once: true, signal: stopped.signal });
  return () => {
    clearTimeout(timer);
    stopped.abort();
  };
}
