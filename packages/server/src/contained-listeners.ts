import { isPromise } from './awaitable.js';
import type { Logger } from './logger.js';

/**
 * Has what a signal's listeners throw, or reject with, logged. Node ends the process for it: a client that cancels its statement
 * would end every other session, where a handler's listener fails.
 */
export function containListeners(signal: AbortSignal, logger: Logger): void {
  const { addEventListener, removeEventListener } = signal;
  const contained = new WeakMap<object, (event: Event) => void>();
  const log = (error: unknown): void => logger.error({ err: error }, 'a listener of a signal failed');
  const contain = (listener: unknown): unknown => {
    if ((typeof listener !== 'object' && typeof listener !== 'function') || listener === null) return listener;
    const known = contained.get(listener);
    if (known !== undefined) return known;
    const containing = (event: Event): void => {
      try {
        const method: unknown = typeof listener === 'function' ? listener : Reflect.get(listener, 'handleEvent');
        const result: unknown = typeof method === 'function' ? method.call(signal, event) : undefined;
        if (isPromise(result)) result.then(undefined, log);
      } catch (error) {
        log(error);
      }
    };
    contained.set(listener, containing);
    return containing;
  };
  const override = (name: 'addEventListener' | 'removeEventListener', method: typeof addEventListener): void => {
    const value = (type: unknown, listener: unknown, ...options: readonly unknown[]): unknown =>
      Reflect.apply(method, signal, [type, contain(listener), ...options]);
    Object.defineProperty(signal, name, { value, configurable: true, writable: true });
  };
  override('addEventListener', addEventListener);
  override('removeEventListener', removeEventListener);
}
