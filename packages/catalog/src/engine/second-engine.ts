import type { Engine } from './engine.js';

/** Milliseconds that it is kept for whoever comes next: a client describes a statement, and then runs it. */
const keptFor = 5000;

/** A PostgreSQL beside the one of a database, for what cannot wait for that. It starts when it is needed, and soon ends. */
export class SecondEngine {
  readonly #make: () => Engine;
  #engine: Engine | undefined;
  #users = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(make: () => Engine) {
    this.#make = make;
  }

  async use<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
    clearTimeout(this.#idle);
    this.#engine ??= this.#make();
    this.#users += 1;
    try {
      return await work(this.#engine);
    } finally {
      this.#users -= 1;
      if (this.#users === 0) this.#idle = setTimeout(() => this.close(), keptFor).unref();
    }
  }

  close(): void {
    clearTimeout(this.#idle);
    this.#engine?.close();
    this.#engine = undefined;
  }
}
