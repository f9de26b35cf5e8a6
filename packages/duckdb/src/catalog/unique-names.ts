import { freeName } from '@riffq/catalog';

/** Names as a catalog has them, no two the same: cut where PostgreSQL cuts them, with a number behind what is taken. */
export class UniqueNames {
  readonly #taken: Set<string>;
  /** By DuckDB's name in small letters: case makes no difference there. */
  readonly #settled = new Map<string, string>();

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  /** The names that are taken. */
  [Symbol.iterator](): Iterator<string> {
    return this.#taken.values();
  }

  settle(wanted: string): string {
    const name = freeName(wanted, (taken) => this.#taken.has(taken));
    this.#taken.add(name);
    if (!this.#settled.has(folded(wanted))) this.#settled.set(folded(wanted), name);
    return name;
  }

  /** What was settled for a name of DuckDB's, in whatever case it is written. */
  find(name: string): string | undefined {
    return this.#settled.get(folded(name));
  }
}

/** As DuckDB compares names: only letters of ASCII have a case. */
function folded(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
