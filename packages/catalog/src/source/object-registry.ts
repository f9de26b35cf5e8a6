import { duplicateEntry } from '../errors.js';

/** Says when two objects of a source are one: each system table has keys that may occur once. */
export class ObjectRegistry {
  readonly #seen = new Set<string>();

  /** @throws PgError naming the system table and the key when this entry has been there before. */
  add(table: string, key: readonly string[], values: readonly (string | number)[]): void {
    const entry = entryOf(table, key, values);
    if (this.#seen.has(entry)) throw duplicateEntry(table, key, values);
    this.#seen.add(entry);
  }

  has(table: string, key: readonly string[], values: readonly (string | number)[]): boolean {
    return this.#seen.has(entryOf(table, key, values));
  }
}

function entryOf(table: string, key: readonly string[], values: readonly (string | number)[]): string {
  return JSON.stringify([table, key, values]);
}
