/** A row that ON_ERROR ignore left out. */
export interface SkippedRow {
  /** Of the data, from 1. */
  readonly line: number;
  readonly column: string;
  /** The text that was none of the column's type, in double quotes and no longer than PostgreSQL shows it. */
  readonly value: string;
}

/** Reads one format of COPY data into a batch. */
export interface CopyReader {
  /** Begins with a chunk of data, which is not changed until {@link CopyReader.advance} has said false. */
  append(chunk: Uint8Array): void;
  /** Turns to the next piece of the chunk; false if there is none. */
  advance(): boolean;
  /**
   * Reads rows until the batch is full (true) or the data is used up (false). Errors have their `where`.
   *
   * @param last - whether no more data comes
   */
  read(last: boolean): boolean;
  /** Rows that ON_ERROR ignore left out. */
  readonly skippedRows: number;
  /** The line (in binary, the row) that is being read, from 1. */
  readonly line: number;
}
