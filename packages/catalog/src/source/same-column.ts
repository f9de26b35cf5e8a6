import type { ColumnDescription } from './descriptions.js';
import { isRow } from './row-fields.js';

type ColumnField =
  | 'name'
  | 'typeOid'
  | 'type_oid'
  | 'typeModifier'
  | 'type_modifier'
  | 'dimensions'
  | 'nullable'
  | 'default'
  | 'generated'
  | 'identity'
  | 'comment';

// A catalog is compared whenever it is asked for: with each field by its name, and nothing made, that is ten times as fast as
// with a loop over whatever fields there are (catalog-cost). Whoever reads one more field has to compare it here; a test
// with all of them tells.

/** Whether rows of columns would be read as they were. */
export function sameColumns(rows: unknown, readings: readonly ColumnDescription[]): boolean {
  if (!Array.isArray(rows) || rows.length !== readings.length) return false;
  for (let at = 0; at < readings.length; at++) if (!sameColumn(rows[at], readings[at]!)) return false;
  return true;
}

/** Whether the row of a column would be read as it was. */
export function sameColumn(row: unknown, reading: ColumnDescription): boolean {
  return (
    isRow<ColumnField>(row) &&
    reading.type.kind === 'oid' &&
    row.name === reading.name &&
    (row.typeOid ?? row.type_oid) === reading.type.typeOid &&
    (row.typeModifier ?? row.type_modifier ?? -1) === reading.type.typeModifier &&
    (row.dimensions ?? 1) === (reading.type.dimensions ?? 1) &&
    row.nullable === reading.nullable &&
    (row.default ?? null) === reading.default &&
    (row.generated ?? false) === reading.generated &&
    (row.identity ?? null) === reading.identity &&
    (row.comment ?? null) === reading.comment
  );
}
