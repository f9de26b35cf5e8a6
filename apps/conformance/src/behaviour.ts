import { createHash } from 'node:crypto';
import type { Ability, Client, Connection } from './client.js';

/** What speaks to the client: some SQL has to be spelled for it. */
export type Dialect = 'postgresql' | 'duckdb';

/** What a behaviour finds around its connection. */
export interface Surroundings {
  readonly dialect: Dialect;
  /** Settles when the server runs a statement that has this text in it. */
  untilRunning(text: string): Promise<void>;
  /** The client's; `ways` for `connect`. */
  readonly ways: Client['ways'];
  readonly lacks: Client['lacks'];
  readonly unreadable: Client['unreadable'];
  /** Another connection to the same server, which is closed with the first. */
  connect(way?: string): Promise<Connection>;
}

/** One thing that every client must get right. */
export interface Behaviour {
  /** The heading that it stands under in the table. */
  readonly group: string;
  readonly name: string;
  readonly needs: readonly Ability[];
  /**
   * Which of our servers it is tried on: DuckDB's, the one over Arrow data, the one over strings that are declared as other
   * types, or the one that counts the calls of its handler.
   */
  readonly server: 'duckdb' | 'arrow' | 'types' | 'counting';
  /**
   * Uses a fresh connection, and gives what it saw. The same client must see the same, as JSON, on a real PostgreSQL.
   * Whatever it throws is a failure, on either.
   */
  observe(connection: Connection, surroundings: Surroundings): Promise<unknown>;
}

/** What stands for rows that are too many to print a difference of. */
export function hashOf(rows: readonly (readonly string[])[]): string {
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
}
