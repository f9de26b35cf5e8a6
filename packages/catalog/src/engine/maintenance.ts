import { systemTables } from '../content-rows/system-tables.js';
import type { DataDirectory } from './data-directory.js';

const MiB = 1024 * 1024;
/** Of the write-ahead log, whose segments have one MiB. */
const longestLog = 8 * MiB;
/** What is written to the log before rows that were deleted are cleared away, at least: that looks at all pages with changes. */
const leastWritten = 16 * MiB;

const vacuum = `VACUUM (SKIP_DATABASE_STATS) ${[...Object.keys(systemTables), 'pg_rewrite', 'pg_database'].join(', ')}`;

/**
 * Keeps what PostgreSQL's files take within bounds: they are in memory, and in one process alone nobody makes the log shorter, or
 * clears away rows that were deleted.
 */
export class Maintenance {
  readonly #directory: DataDirectory;
  readonly #run: (sql: string) => void;
  /** Bytes without the log, as of when it was last made shorter. */
  #dataBytes: number;
  /** What these were when rows were last cleared away. */
  #cleared: number | undefined;
  /** Bytes of the log since then, as far as it was made shorter. */
  #written = 0;

  /** @param run - runs SQL */
  constructor(directory: DataDirectory, run: (sql: string) => void) {
    this.#directory = directory;
    this.#run = run;
    this.#dataBytes = directory.dataBytes;
  }

  /** Bytes of all files; of what was written lately, those of the log alone. */
  get bytes(): number {
    return this.#dataBytes + this.#directory.logBytes;
  }

  /** Something was written: does what is due. In a transaction rows that it has deleted cannot be cleared away yet. */
  afterWrite(inTransaction: boolean): void {
    const { logBytes } = this.#directory;
    if (logBytes > longestLog) {
      this.#checkpoint();
      this.#written += logBytes;
    }
    if (!inTransaction && this.#written > 0) this.#clear();
  }

  #clear(): void {
    // Until the first time hardly anything was deleted.
    if (this.#cleared !== undefined) {
      if (this.#written < Math.max(leastWritten, this.#cleared / 2)) return;
      this.#run(vacuum);
      this.#checkpoint();
    }
    this.#cleared = this.#dataBytes;
    this.#written = 0;
  }

  #checkpoint(): void {
    this.#run('CHECKPOINT');
    this.#dataBytes = this.#directory.dataBytes;
  }
}
