import { duplicateEntry } from '../errors.js';

type Key = readonly (string | number)[];

/** Says when two objects of a source are one: each system table has keys that may occur once. */
export class ObjectRegistry {
  readonly #seen = new Map<string, Set<string | number>>();
  #collided = false;

  /** Whether ever something was there that somebody asked for. */
  get collided(): boolean {
    return this.#collided;
  }

  /** @throws PgError naming the system table and the key when this entry has been there before. */
  add(table: string, columns: readonly string[], values: Key): void {
    if (this.has(table, columns, values)) throw duplicateEntry(table, columns, values);
    this.#of(table, columns).add(entryOf(values));
  }

  has(table: string, columns: readonly string[], values: Key): boolean {
    const found = this.#of(table, columns).has(entryOf(values));
    if (found) this.#collided = true;
    return found;
  }

  /** Lets the entry be added again. */
  remove(table: string, columns: readonly string[], values: Key): void {
    this.#of(table, columns).delete(entryOf(values));
  }

  #of(table: string, columns: readonly string[]): Set<string | number> {
    const key = `${table} ${columns.join(' ')}`;
    let entries = this.#seen.get(key);
    if (entries === undefined) {
      entries = new Set();
      this.#seen.set(key, entries);
    }
    return entries;
  }
}

/** No two keys of a table are the same text: NUL is in no name. */
function entryOf(values: Key): string | number {
  return values.length === 1 && values[0] !== undefined ? values[0] : values.join('\0');
}
