import type { Logger } from '@riffq/server';

/** More than these are not kept in mind: beyond, an object may be warned of again. */
const keptAtMost = 1000;

/** What DuckDB has and a catalog cannot show: it is left out, so that the rest is there, and the logger is told once. */
export class Omissions {
  readonly #logger: Logger;
  readonly #warned = new Set<string>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Makes what describes an object; undefined when it cannot be described. */
  attempt<T>(object: string, describe: () => T): T | undefined {
    try {
      return describe();
    } catch (error) {
      this.warn(object, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  /** Tells that an object is left out, and why. */
  warn(object: string, reason: string): void {
    const warning = `${object}: ${reason}`;
    if (this.#warned.has(warning)) return;
    if (this.#warned.size >= keptAtMost) this.#warned.clear();
    this.#warned.add(warning);
    this.#logger.warn({ object, reason }, `the catalog leaves out ${object}`);
  }
}
