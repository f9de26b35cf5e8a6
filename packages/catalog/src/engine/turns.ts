import { orAborted } from '../or-aborted.js';

/** Lets one after another do something, in the order in which they asked. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /**
   * Waits for the turn, does the work and lets the next one. Who is aborted while it waits gives its place up; what an
   * abort means to the work itself, the work knows.
   */
  async take<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const before = this.#last;
    let done = (): void => {};
    this.#last = new Promise((resolve) => {
      done = resolve;
    });
    try {
      await orAborted(before, signal);
    } catch (reason) {
      // The turn comes nevertheless, and goes to the next one at once.
      void before.then(done);
      throw reason;
    }
    try {
      return await work();
    } finally {
      done();
    }
  }
}
