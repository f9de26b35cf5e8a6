/** Runs the function with a signal that also aborts after so many milliseconds, for the reason given. */
export async function withTimeLimit<T>(
  run: (signal: AbortSignal) => Promise<T>,
  limit: { readonly milliseconds: number; readonly signal: AbortSignal; readonly reason: () => unknown },
): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(limit.reason()), limit.milliseconds);
  try {
    return await run(AbortSignal.any([limit.signal, late.signal]));
  } finally {
    clearTimeout(timer);
  }
}
