/** Bytes of a name that PostgreSQL looks at: NAMEDATALEN - 1. */
const significantBytes = 63;

/** A name in a message as far as PostgreSQL keeps it: unlike one in SQL it may be cut within a character, and nobody is told. */
export function keptName(name: string): string {
  // Most names are so short that they fit, whatever is in them.
  if (name.length * 3 <= significantBytes || Buffer.byteLength(name) <= significantBytes) return name;
  return Buffer.from(name).toString('utf8', 0, significantBytes);
}

/**
 * A session's prepared statements or portals by name. The unnamed one has a place of its own: a Map that has one entry set and
 * deleted for every query makes itself smaller and larger each time.
 */
export class NamedMap<Value> {
  /** Made for the first one: idle sessions have none. */
  #named: Map<string, Value> | undefined;
  #unnamed: Value | undefined;

  get(name: string): Value | undefined {
    return name === '' ? this.#unnamed : this.#named?.get(keptName(name));
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  set(name: string, value: Value): void {
    if (name === '') {
      this.#unnamed = value;
      return;
    }
    this.#named ??= new Map();
    this.#named.set(keptName(name), value);
  }

  /** Whether there was one. */
  delete(name: string): boolean {
    if (name !== '') return this.#named?.delete(keptName(name)) ?? false;
    const had = this.#unnamed !== undefined;
    this.#unnamed = undefined;
    return had;
  }

  /** Deletes all but the unnamed one. */
  clearNamed(): void {
    this.#named = undefined;
  }

  get isEmpty(): boolean {
    return this.#unnamed === undefined && this.namedCount === 0;
  }

  /** How many there are beside the unnamed one. */
  get namedCount(): number {
    return this.#named?.size ?? 0;
  }

  /** Those that there are now, the unnamed one first. */
  all(): readonly Value[] {
    const unnamed = this.#unnamed === undefined ? [] : [this.#unnamed];
    return this.#named === undefined || this.#named.size === 0 ? unnamed : [...unnamed, ...this.#named.values()];
  }
}
