import { isPromise } from './awaitable.js';
import type { Logger } from './logger.js';

const { addEventListener, removeEventListener } = AbortSignal.prototype;
const loggers = new WeakMap<object, Logger>();
/** What is called in a listener's place, the same for all signals: they know it again when it is taken away. */
const containing = new WeakMap<object, (this: object, event: Event) => void>();

/** What signals are made to inherit from, between them and AbortSignal. */
const containingPrototype = Object.create(AbortSignal.prototype, {
  addEventListener: {
    value(this: object, type: unknown, listener: unknown, ...options: readonly unknown[]): void {
      Reflect.apply(addEventListener, this, [type, contain(listener), ...options]);
    },
  },
  removeEventListener: {
    value(this: object, type: unknown, listener: unknown, ...options: readonly unknown[]): void {
      Reflect.apply(removeEventListener, this, [type, contain(listener), ...options]);
    },
  },
});

/**
 * Has what a signal's listeners throw, or reject with, logged. Node ends the process for it: a client that cancels its statement
 * would end every other session, where a handler's listener fails.
 */
export function containListeners(signal: AbortSignal, logger: Logger): void {
  loggers.set(signal, logger);
  // Methods of its own would take the signal longer: there may be one for every statement.
  Object.setPrototypeOf(signal, containingPrototype);
}

function contain(listener: unknown): unknown {
  if ((typeof listener !== 'object' && typeof listener !== 'function') || listener === null) return listener;
  const known = containing.get(listener);
  if (known !== undefined) return known;
  const contained = function (this: object, event: Event): void {
    const log = (error: unknown): void => {
      loggers.get(this)?.error({ err: error }, 'a listener of a signal failed');
    };
    try {
      const method: unknown = typeof listener === 'function' ? listener : Reflect.get(listener, 'handleEvent');
      const result: unknown =
        typeof method === 'function' ? method.call(typeof listener === 'function' ? this : listener, event) : undefined;
      if (isPromise(result)) result.then(undefined, log);
    } catch (error) {
      log(error);
    }
  };
  containing.set(listener, contained);
  return contained;
}
