import { PgError, sqlstate } from '@riffq/wire';
import type { CopyColumns, CopyTable } from './copy-options.js';

/**
 * By column, whether an option such as FORCE_QUOTE names it.
 *
 * @param target - the table, undefined for a query
 * @throws PgError 42703 for a column that there is not, 42P10 for one of a table that COPY does not name, 42701 for one that is
 * named twice
 */
export function forcedColumns(
  option: 'FORCE_QUOTE' | 'FORCE_NOT_NULL' | 'FORCE_NULL',
  columns: CopyColumns,
  fields: readonly { readonly name: string }[],
  target: CopyTable | undefined,
): readonly boolean[] {
  if (columns === '*') return fields.map(() => true);
  // Of a table only the columns of COPY may be known: then the others are all taken to exist.
  const isKnown = target?.isWholeTable !== false;
  if (!isKnown) refuseRepeated(columns);
  for (const column of columns) {
    if (fields.some(({ name }) => name === column)) continue;
    const place = target === undefined ? '' : ` of relation "${target.table}"`;
    throw isKnown
      ? new PgError({ sqlstate: sqlstate.undefined_column, message: `column "${column}"${place} does not exist` })
      : new PgError({
          sqlstate: sqlstate.invalid_column_reference,
          message: `${option} column "${column}" not referenced by COPY`,
        });
  }
  if (isKnown) refuseRepeated(columns);
  return fields.map(({ name }) => columns.includes(name));
}

function refuseRepeated(columns: readonly string[]): void {
  const repeated = columns.find((column, index) => columns.indexOf(column) < index);
  if (repeated === undefined) return;
  const message = `column "${repeated}" specified more than once`;
  throw new PgError({ sqlstate: sqlstate.duplicate_column, message });
}
