import { setImmediate } from 'node:timers/promises';

/** Milliseconds of work at a stretch. */
const longest = 8;

/** Items between two looks at the clock. */
const glance = 16;

/** Lets others have their turn in the middle of long work: `if (slice.isOver) await slice.next()`. */
export class TimeSlice {
  #until = performance.now() + longest;

  get isOver(): boolean {
    return performance.now() >= this.#until;
  }

  /** Whether it is over after so many items: the clock is looked at now and then. */
  isOverAfter(items: number): boolean {
    return items % glance === 0 && this.isOver;
  }

  async next(): Promise<void> {
    await setImmediate();
    this.#until = performance.now() + longest;
  }

  /** As an array's `map`, slice by slice. */
  async map<T, U>(items: readonly T[], make: (item: T) => U): Promise<readonly U[]> {
    const made: U[] = [];
    await this.each(items, (item) => made.push(make(item)));
    return made;
  }

  /** Does something with each item, slice by slice. */
  async each<T>(items: readonly T[], work: (item: T) => void): Promise<void> {
    let done = 0;
    for (const item of items) {
      work(item);
      done++;
      if (this.isOverAfter(done)) await this.next();
    }
  }
}
