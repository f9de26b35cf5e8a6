import type { PgError } from '@riffq/wire';
import { containListeners } from './contained-listeners.js';
import type { Logger } from './logger.js';

/**
 * Says that a statement, or a session, is to stop, and why. It makes the AbortSignal that handlers see only when somebody asks
 * for it: an AbortController costs more than a short statement.
 */
export class Interrupt {
  #reason: PgError | undefined;
  #controller: AbortController | undefined;
  #contained = false;
  /** Made for the first one: most statements end before anybody listens. */
  #listeners: (() => void)[] | undefined;

  /** Why to stop; undefined while there is no need to. */
  get reason(): PgError | undefined {
    return this.#reason;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#reason !== undefined) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** The signal for a handler: what its listeners throw is logged. */
  signalFor(logger: Logger): AbortSignal {
    const { signal } = this;
    if (!this.#contained) containListeners(signal, logger);
    this.#contained = true;
    return signal;
  }

  /** Stops; the first reason counts. */
  abort(reason: PgError): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#controller?.abort(reason);
    const listeners = this.#listeners ?? [];
    this.#listeners = undefined;
    for (const listener of listeners) listener();
  }

  throwIfAborted(): void {
    if (this.#reason !== undefined) throw this.#reason;
  }

  /** Calls `listener` once, when it is time to stop; gives what forgets it. */
  onAbort(listener: () => void): () => void {
    this.#listeners ??= [];
    this.#listeners.push(listener);
    return () => {
      const at = this.#listeners?.indexOf(listener) ?? -1;
      if (at >= 0) this.#listeners?.splice(at, 1);
    };
  }

  /** Stops when another one does; gives what ends that. */
  follow(other: Interrupt): () => void {
    const stop = (): void => {
      if (other.reason !== undefined) this.abort(other.reason);
    };
    stop();
    return other.onAbort(stop);
  }

  /** The promise's outcome, or the reason as soon as there is one: work that does not stop holds nobody up. */
  race<T>(promise: PromiseLike<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const forget = this.onAbort(() => reject(this.#reason));
      promise.then(
        (value) => {
          forget();
          resolve(value);
        },
        (error: unknown) => {
          forget();
          reject(error);
        },
      );
      if (this.#reason !== undefined) reject(this.#reason);
    });
  }
}
