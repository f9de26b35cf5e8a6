import type { DuckDBConnection } from '@duckdb/node-api';
import { databaseInUse, firstDatabase } from '../statement/shared-database-error.js';

/** A connection that can say which database it is in. */
interface Asked {
  call<T>(work: (native: DuckDBConnection) => Promise<T>): Promise<T>;
}

/** The database that a connection is in, undefined when DuckDB did not tell. */
type Current = string | undefined;

/**
 * Which of the attached databases each connection is in. DuckDB detaches one that others are in, and crashes at what they
 * do there next, as CHECKPOINT; without the one that connections start in nobody can do anything any more.
 */
export class DatabasesInUse {
  /** The database that connections start in. */
  readonly #first: string;
  readonly #current = new Map<Asked, Current>();
  readonly #changing = new Set<Asked>();
  #detaching: Promise<unknown> = Promise.resolve();
  #detaches = 0;

  constructor(first: string) {
    this.#first = first;
  }

  /** Runs what may take the connection into another database. */
  async change<T>(connection: Asked, run: () => Promise<T>): Promise<T> {
    while (this.#detaches > 0) await this.#detaching;
    this.#changing.add(connection);
    try {
      const result = await run();
      this.#current.set(connection, await currentDatabase(connection).catch(() => undefined));
      return result;
    } finally {
      this.#changing.delete(connection);
    }
  }

  /**
   * Runs what detaches databases while nobody can enter them.
   *
   * @throws PgError 55006 for the database that connections start in, and when somebody is in one, or may just enter it
   */
  async detach<T>(databases: readonly string[], run: () => Promise<T>): Promise<T> {
    while (this.#detaches > 0) await this.#detaching;
    for (const database of databases) {
      if (isSame(database, this.#first)) throw firstDatabase(database);
      const used = [...this.#current.values()].some((current) => current === undefined || isSame(current, database));
      if (used || this.#changing.size > 0) throw databaseInUse(database);
    }
    this.#detaches += 1;
    const running = run();
    this.#detaching = running.catch(() => {});
    try {
      return await running;
    } finally {
      this.#detaches -= 1;
    }
  }

  /** A connection is closed. */
  leave(connection: Asked): void {
    this.#current.delete(connection);
  }
}

async function currentDatabase(connection: Asked): Promise<string> {
  const reader = await connection.call((native) => native.runAndReadAll('SELECT current_database()'));
  return String(reader.getRows()[0]?.[0]);
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
