import { PgError, sqlstate } from '@riffq/wire';
import type { Data } from 'apache-arrow';
import { DamagedData } from './damaged-data.js';
import { isSound } from './sound-data.js';

/** A column of a batch, by the name that the client knows. */
export interface NamedColumn {
  readonly name: string;
  readonly data: Data;
}

/**
 * What the client is told of damaged data; any other error as it is.
 *
 * @param error - of planning or encoding one of `columns`
 * @param rows - of the batch
 * @param rowsBefore - of the result, before this batch
 */
export function damageReport(
  error: unknown,
  columns: readonly NamedColumn[],
  rows: number,
  rowsBefore: number,
): unknown {
  if (error instanceof DamagedData) {
    const [column] = columns;
    // What is within lists and the like has other rows.
    const row = error.data === column?.data ? `, row ${rowsBefore + error.index + 1}` : '';
    return damaged(`${error.message}${inColumn(column)}${row}`, error.detail);
  }
  // Of buffers that are missing, or shorter than the rows that should be in them; or of a mistake of ours, or in a host's getter.
  if (!(error instanceof RangeError || error instanceof TypeError)) return error;
  const column = columns.find(({ data }) => !isSound(data, rows));
  return column === undefined ? error : damaged(`damaged Arrow data${inColumn(column)}`, error.message, error);
}

function inColumn(column: NamedColumn | undefined): string {
  return column === undefined ? '' : ` in column "${column.name}"`;
}

function damaged(message: string, detail: string, cause?: Error): PgError {
  const hint = 'Read the Arrow data again from where they come, or make them anew.';
  return new PgError({ sqlstate: sqlstate.data_corrupted, message, detail, hint, ...(cause && { cause }) });
}
