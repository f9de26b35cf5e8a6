import { timerDelay } from '../timer-delay.js';

/**
 * A timer that is set anew all the time and hardly ever fires. To set it to a later time is to note that: the timer of Node
 * that runs looks at the note when it fires. So a statement costs a look at the clock, and no timer of its own.
 */
export class LazyTimer {
  readonly #onDue: () => void;
  #due = Number.POSITIVE_INFINITY;
  /** When the running timer fires. */
  #fires = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(onDue: () => void) {
    this.#onDue = onDue;
  }

  /** Fires after so many milliseconds, unless it is set anew or cleared before. */
  set(milliseconds: number): void {
    const now = performance.now();
    this.#due = now + milliseconds;
    if (this.#due < this.#fires) this.#run(now);
  }

  clear(): void {
    this.#due = Number.POSITIVE_INFINITY;
  }

  /** Lets go of the timer. */
  stop(): void {
    this.clear();
    clearTimeout(this.#timer);
    this.#fires = Number.POSITIVE_INFINITY;
  }

  #run(now: number): void {
    clearTimeout(this.#timer);
    const wait = timerDelay(Math.ceil(this.#due - now));
    this.#fires = now + wait;
    this.#timer = setTimeout(() => this.#look(), wait);
  }

  #look(): void {
    this.#fires = Number.POSITIVE_INFINITY;
    if (this.#due === Number.POSITIVE_INFINITY) return;
    const now = performance.now();
    if (this.#due > now) {
      this.#run(now);
      return;
    }
    this.clear();
    this.#onDue();
  }
}
