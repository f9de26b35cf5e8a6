import type { CopyOptions, CopyTable, OutputSettings } from '@riffq/arrow-helpers';
import type { FieldDescription } from '@riffq/wire';

export type Format = 'text' | 'binary';

/**
 * Rows on their way to one client: what a result is made into at the border, whatever its form was. It is read once,
 * by any number of Executes, and closed.
 */
export interface RowStream {
  /** One per column, without regard to format. */
  readonly fields: readonly FieldDescription[];
  /** The command tag for so many rows of one Execute. */
  readonly tag: (count: number) => string;
  /**
   * Chooses a format per column, before the first `fill`; a cursor's rows may change theirs between two. The session's
   * settings shape what text is made here, not what is text already.
   */
  start(formats: readonly Format[], settings: OutputSettings): void;
  /** Rows that can be encoded at once; 0 says that `pull` has to be asked. */
  readonly available: number;
  /** Gets more rows; false (or a promise of it) at the end. */
  pull(): boolean | Promise<boolean>;
  /** Encodes at most `maxRows` of the available rows as DataRow messages, whole ones only; returns the new offset. */
  fill(target: Uint8Array<ArrayBuffer>, offset: number, maxRows: number): number;
  /** Upper bound of the bytes of the next available row. */
  nextRowSize(): number;
  /**
   * Reads the source to its end and keeps the rows, for a cursor that outlives its transaction. Gives their bytes, 0 for rows that
   * are in memory anyway.
   *
   * @throws PgError 54000 when they are more than `limit` bytes
   */
  hold(limit: number): Promise<number>;
  /** Releases the source; a source that was not read to its end gets `return()`. */
  close(): Promise<void>;
}

/** What stands before and behind the rows of a COPY, as CopyData messages. */
export interface CopyFrame {
  header(): Uint8Array;
  trailer(): Uint8Array;
}

/** Rows that can go out as COPY data. */
export interface CopyableRows extends RowStream {
  /** Takes the place of `start`: `fill` then gives CopyData messages, one for each row. `table`: what is copied, if it is one. */
  startCopy(options: CopyOptions, settings: OutputSettings, table?: CopyTable): CopyFrame;
}

/** Whether rows can go out as COPY data: those of FETCH cannot, which PostgreSQL has no COPY of. */
export function isCopyable(rows: RowStream): rows is CopyableRows {
  return 'startCopy' in rows;
}
