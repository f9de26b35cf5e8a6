import { orAborted } from '../or-aborted.js';
import type { Asker, UsedTime } from './used-time.js';

/** Who waits for the turn; null comes after all others. */
interface Waiting {
  readonly asker: Asker | null;
  readonly begin: () => void;
}

/**
 * Lets one after another do something: next comes who has used the least time, so that nobody waits for all that somebody else
 * has asked for at once. Those who have used the same come in the order in which they asked.
 */
export class Turns {
  readonly #used: UsedTime;
  readonly #waiting = new Set<Waiting>();
  #taken = false;

  constructor(used: UsedTime) {
    this.#used = used;
  }

  /**
   * Waits for the turn, does the work and lets the next one. Who is aborted while it waits gives its place up; what an
   * abort means to the work itself, the work knows.
   *
   * @param asker - whose turn it is; null waits until nobody else does
   */
  async take<T>(asker: Asker | null, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    if (this.#taken) await this.#wait(asker, signal);
    this.#taken = true;
    try {
      return await work();
    } finally {
      this.#next();
    }
  }

  async #wait(asker: Asker | null, signal: AbortSignal): Promise<void> {
    let begin = (): void => {};
    const turn = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const waiting = { asker, begin };
    this.#waiting.add(waiting);
    try {
      await orAborted(turn, signal);
    } catch (reason) {
      // The turn may have come at the same moment: then it goes to the next one.
      if (!this.#waiting.delete(waiting)) this.#next();
      throw reason;
    }
  }

  #next(): void {
    let [next] = this.#waiting;
    for (const waiting of this.#waiting) if (next !== undefined && this.#isBefore(waiting, next)) next = waiting;
    this.#taken = next !== undefined;
    if (next === undefined) return;
    this.#waiting.delete(next);
    next.begin();
  }

  #isBefore({ asker: one }: Waiting, { asker: other }: Waiting): boolean {
    if (one === null || other === null) return one !== null;
    return this.#used.compare(one, other) < 0;
  }
}
