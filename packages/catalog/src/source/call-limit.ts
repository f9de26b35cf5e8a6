/** Lets so many calls run at once; the others wait for their turn, first come first served. */
export class CallLimit {
  #free: number;
  #waiting: (() => void)[] = [];
  /** How many of those have had their turn: `shift` would move all the others each time. */
  #served = 0;

  constructor(calls: number) {
    this.#free = calls;
  }

  /** Runs the function when there is room. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await call();
    } finally {
      this.#passOn();
    }
  }

  #passOn(): void {
    const next = this.#waiting[this.#served];
    this.#served += 1;
    if (next !== undefined) {
      next();
      return;
    }
    this.#waiting = [];
    this.#served = 0;
    this.#free += 1;
  }
}
