import type { Portal } from './prepared-statement.js';

const none: readonly Portal[] = [];

/**
 * A session's portals by name. The unnamed one has a place of its own: a Map that has one entry set and deleted for every
 * query makes itself smaller and larger each time.
 */
export class PortalMap {
  /** Made for the first one: idle sessions have none. */
  #named: Map<string, Portal> | undefined;
  #unnamed: Portal | undefined;

  get(name: string): Portal | undefined {
    return name === '' ? this.#unnamed : this.#named?.get(name);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  set(name: string, portal: Portal): void {
    if (name === '') {
      this.#unnamed = portal;
      return;
    }
    this.#named ??= new Map();
    this.#named.set(name, portal);
  }

  delete(name: string): void {
    if (name === '') this.#unnamed = undefined;
    else this.#named?.delete(name);
  }

  get isEmpty(): boolean {
    return this.#unnamed === undefined && this.namedCount === 0;
  }

  /** How many there are beside the unnamed one. */
  get namedCount(): number {
    return this.#named?.size ?? 0;
  }

  /** Those that there are now, the unnamed one first. */
  all(): readonly Portal[] {
    const unnamed = this.#unnamed === undefined ? none : [this.#unnamed];
    return this.#named === undefined || this.#named.size === 0 ? unnamed : [...unnamed, ...this.#named.values()];
  }
}
