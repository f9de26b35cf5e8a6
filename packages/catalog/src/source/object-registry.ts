import { keptName } from '../clip-name.js';
import { duplicateEntry } from '../errors/source-errors.js';

/** A name or OID, or one behind an OID. */
type Key = readonly (string | number)[];
type Entry = string | number;

/** The column of pg_config and pg_settings: a text, of which PostgreSQL keeps all. */
const textColumn = 'name';

/** Says when two objects of a source are one: each system table has keys that may occur once, and names are cut. */
export class ObjectRegistry {
  /** By table, and there by the last column of the key: no table has two keys that end alike. */
  readonly #seen = new Map<string, Map<string, Set<Entry>>>();
  /** The whole names of entries whose name was cut; there are few. */
  readonly #whole = new Map<string, string>();
  #collided = false;

  /** Whether ever something was there that somebody asked for. */
  get collided(): boolean {
    return this.#collided;
  }

  /** @throws PgError naming the system table and the key when this entry has been there before. */
  add(table: string, columns: readonly string[], values: Key): void {
    const entry = entryOf(columns, values);
    const name = values.at(-1);
    const seen = this.#of(table, columns);
    if (seen.has(entry)) {
      this.#collided = true;
      const before = this.#whole.get(keyOf(table, columns, entry)) ?? keptOf(columns, name);
      throw duplicateEntry({ table, columns, values, before });
    }
    seen.add(entry);
    if (typeof name === 'string' && keptOf(columns, name) !== name) this.#whole.set(keyOf(table, columns, entry), name);
  }

  has(table: string, columns: readonly string[], values: Key): boolean {
    const found = this.#of(table, columns).has(entryOf(columns, values));
    if (found) this.#collided = true;
    return found;
  }

  /** Lets the entry be added again. */
  remove(table: string, columns: readonly string[], values: Key): void {
    const entry = entryOf(columns, values);
    this.#of(table, columns).delete(entry);
    this.#whole.delete(keyOf(table, columns, entry));
  }

  #of(table: string, columns: readonly string[]): Set<Entry> {
    const last = columns[columns.length - 1] ?? '';
    let keys = this.#seen.get(table);
    if (keys === undefined) {
      keys = new Map();
      this.#seen.set(table, keys);
    }
    let entries = keys.get(last);
    if (entries === undefined) {
      entries = new Set();
      keys.set(last, entries);
    }
    return entries;
  }
}

/** No two keys of a table are the same text: NUL is in no name. */
function entryOf(columns: readonly string[], values: Key): Entry {
  const name = keptOf(columns, values.at(-1));
  return values.length === 1 ? name : `${values[0]}\0${name}`;
}

/** The last part of a key is what may be a name. */
function keptOf(columns: readonly string[], value: Entry | undefined): Entry {
  if (typeof value !== 'string') return value ?? '';
  return columns.at(-1) === textColumn ? value : keptName(value);
}

function keyOf(table: string, columns: readonly string[], entry: Entry): string {
  return `${table} ${columns.join(' ')} ${entry}`;
}
