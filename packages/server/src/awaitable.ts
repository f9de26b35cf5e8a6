import { types } from 'node:util';

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

/** Rows, their values, and a schema before them. */
const deepest = 3;

/**
 * Takes what promises reject with that a host without types gave where values belong, in arrays of values too: nobody else
 * does, and Node would end the process. Only promises are asked: another thenable may be a query that `then` begins.
 */
export function disown(value: unknown, depth = deepest): void {
  if (types.isPromise(value)) value.catch(() => {});
  else if (Array.isArray(value) && depth > 0) for (const item of value) disown(item, depth - 1);
}
