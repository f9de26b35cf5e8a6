import type { Portal } from './prepared-statement.js';

const none: readonly Portal[] = [];

/**
 * A session's portals by name. The unnamed one has a place of its own: a Map that has one entry set and deleted for every
 * query makes itself smaller and larger each time.
 */
export class PortalMap {
  readonly #named = new Map<string, Portal>();
  #unnamed: Portal | undefined;

  get(name: string): Portal | undefined {
    return name === '' ? this.#unnamed : this.#named.get(name);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  set(name: string, portal: Portal): void {
    if (name === '') this.#unnamed = portal;
    else this.#named.set(name, portal);
  }

  delete(name: string): void {
    if (name === '') this.#unnamed = undefined;
    else this.#named.delete(name);
  }

  get isEmpty(): boolean {
    return this.#unnamed === undefined && this.#named.size === 0;
  }

  /** How many there are beside the unnamed one. */
  get namedCount(): number {
    return this.#named.size;
  }

  /** Those that there are now, the unnamed one first. */
  all(): readonly Portal[] {
    if (this.#named.size > 0) return [...(this.#unnamed === undefined ? [] : [this.#unnamed]), ...this.#named.values()];
    return this.#unnamed === undefined ? none : [this.#unnamed];
  }
}
