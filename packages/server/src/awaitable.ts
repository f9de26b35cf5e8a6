/** What may be at hand or still to come. */
export type Awaitable<T> = T | Promise<T>;

/**
 * Goes on with a value at once, or when its promise settles. What is at hand takes no turn of the microtask queue: most
 * statements are answered without one.
 */
export function andThen<T, R>(value: Awaitable<T>, next: (value: T) => Awaitable<R>): Awaitable<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}

export function isPromise<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
