import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Catalog } from '../src/index.js';

const pause = 10;
/** What psql asks first for `\d pg_am`, and what it must be told whatever others do. */
const question = `SELECT c.oid, n.nspname, c.relname, current_user, current_setting('search_path'), current_setting('is_superuser')
  FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relname OPERATOR(pg_catalog.~) '^(pg_am)$' COLLATE pg_catalog.default
    AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY 2, 3`;
const answer = [['2601', 'pg_catalog', 'pg_am', 'bystander', '"$user", public', 'off']];

/** A second client of a catalog, who asks the same every 10 ms and must always be told the same, in good time. */
export class Bystander {
  readonly #catalog: Catalog;
  readonly #database: string;
  readonly #wrong: unknown[] = [];
  readonly #looking: Promise<void>;
  #slowest = 0;
  #leaving = false;

  private constructor(catalog: Catalog, database: string) {
    this.#catalog = catalog;
    this.#database = database;
    this.#looking = this.#look();
  }

  /** Begins to look when the first answer has come. */
  static async watch(catalog: Catalog, database: string): Promise<Bystander> {
    await catalog.query(question, [], { user: 'bystander', database });
    return new Bystander(catalog, database);
  }

  /** Leaves, after one answer more, and holds that all were right and none took longer than so many milliseconds. */
  async expectUnharmed(patience: number): Promise<void> {
    this.#leaving = true;
    await this.#looking;
    expect(this.#wrong).toEqual([]);
    expect(this.#slowest).toBeLessThan(patience);
  }

  async #look(): Promise<void> {
    for (let last = false; !last; ) {
      last = this.#leaving;
      const asked = performance.now();
      const told = await this.#ask();
      this.#slowest = Math.max(this.#slowest, performance.now() - asked);
      if (JSON.stringify(told) !== JSON.stringify(answer)) this.#wrong.push(told);
      if (!last) await setTimeout(pause);
    }
  }

  async #ask(): Promise<unknown> {
    try {
      const result = await this.#catalog.query(question, [], { user: 'bystander', database: this.#database });
      return result.textRows();
    } catch (error) {
      return error;
    }
  }
}
