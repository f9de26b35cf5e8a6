import { PgError, sqlstate } from '@riffq/wire';
import type { Data } from 'apache-arrow';

/** Thrown while a column is planned whose buffers do not fit each other: the row encoder makes a PgError of it. */
export class DamagedData extends Error {
  /**
   * @param data - the column, or a part of it
   * @param index - of the value there
   * @param message - without the place, which the row encoder adds
   */
  constructor(
    readonly data: Data,
    readonly index: number,
    message: string,
    readonly detail: string,
  ) {
    super(message);
  }
}

/**
 * What the client is told of damaged data; any other error as it is.
 *
 * @param error - of planning or encoding `column`, if it is known
 * @param rowsBefore - of the result, before this batch
 */
export function damageReport(
  error: unknown,
  column: { name: string; data: Data } | undefined,
  rowsBefore: number,
): unknown {
  const where = column === undefined ? '' : ` in column "${column.name}"`;
  if (error instanceof DamagedData) {
    // What is within lists and the like has other rows.
    const row = error.data === column?.data ? `, row ${rowsBefore + error.index + 1}` : '';
    return damaged(`${error.message}${where}${row}`, error.detail);
  }
  // Of buffers that are missing, or shorter than the rows that should be in them.
  const isOfBuffers = error instanceof RangeError || error instanceof TypeError;
  return isOfBuffers ? damaged(`damaged Arrow data${where}`, error.message, error) : error;
}

function damaged(message: string, detail: string, cause?: Error): PgError {
  const hint = 'Read the Arrow data again from where they come, or make them anew.';
  return new PgError({ sqlstate: sqlstate.data_corrupted, message, detail, hint, ...(cause && { cause }) });
}
