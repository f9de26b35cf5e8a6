/** The options of COPY (https://www.postgresql.org/docs/18/sql-copy.html), checked and with all defaults filled in. */
export interface CopyOptions {
  readonly format: 'text' | 'csv' | 'binary';
  /** One byte. */
  readonly delimiter: string;
  readonly null: string;
  /** What stands for a column's default in COPY FROM, null if nothing does. */
  readonly default: string | null;
  readonly header: boolean | 'match';
  /** One byte; only in CSV. */
  readonly quote: string;
  /** One byte; only in CSV. */
  readonly escape: string;
  readonly forceQuote: CopyColumns;
  readonly forceNotNull: CopyColumns;
  readonly forceNull: CopyColumns;
  readonly onError: 'stop' | 'ignore';
  /** Rows that `onError: 'ignore'` may leave out, 0 for any number. */
  readonly rejectLimit: number;
  /** What the client is told of rows that are left out: nothing, how many at the end, or each one too. */
  readonly logVerbosity: 'silent' | 'default' | 'verbose';
}

/** Columns of FORCE_QUOTE and the like: their names, or all. */
export type CopyColumns = readonly string[] | '*';

/** The table that a COPY is of. */
export interface CopyTable {
  readonly table: string;
  /** Whether these are all its columns: else it is taken to have any other. */
  readonly isWholeTable: boolean;
}

/** An option as the statement has it, such as `FORCE_QUOTE (a, b)`. */
export interface RawCopyOption {
  /** In lower case. */
  readonly name: string;
  /** Text, a word, a number, or columns in parentheses; none where only the name is written. */
  readonly value?: string | number | boolean | { readonly columns: CopyColumns };
  /** Where in the statement, in characters, the first being 1. */
  readonly position?: number;
}
