import type { DatabaseContent, DatabaseEntry, NamedValue } from '../database-content.js';

/** Where the engine learns what databases have. */
export interface ContentSource {
  /** The databases that there are now: asked for when a client connects. */
  databases(signal: AbortSignal): Promise<readonly DatabaseEntry[]>;
  /**
   * What a database has, as of some moment after the call; the very same object as before when nothing has changed.
   * @throws PgError 3D000 when there is no such database, or what is wrong with the source.
   */
  content(database: string, signal: AbortSignal): Promise<DatabaseContent>;
  /** The settings of a database, without the rest; undefined for a source that never has any. */
  readonly settings?: ((database: string, signal: AbortSignal) => Promise<readonly NamedValue[]>) | undefined;
}
