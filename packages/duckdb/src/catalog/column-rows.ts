import type { ColumnRow } from '@riffq/catalog';
import { quoteName } from '../write/quote-name.js';
import { catalogColumnType, type FindEnum } from './catalog-column-type.js';
import type { Omissions } from './omissions.js';
import type { SystemRow } from './system-row.js';
import { UniqueNames } from './unique-names.js';

/** The columns of a table or view, and their names by those of DuckDB. */
export interface DescribedColumns {
  readonly rows: readonly ColumnRow[];
  readonly names: UniqueNames;
}

/** PostgreSQL's MaxHeapAttributeNumber. */
const columnsAtMost = 1600;

/** Describes the columns of a table or view. */
export function describeColumns(
  rows: readonly SystemRow[],
  relation: {
    readonly object: string;
    readonly row: SystemRow;
    readonly omissions: Omissions;
    readonly findEnum: FindEnum;
  },
): DescribedColumns {
  const names = new UniqueNames();
  const sql = relation.row.text('sql');
  if (rows.length > columnsAtMost) {
    const object = `columns of ${relation.object}`;
    relation.omissions.warn(object, `there are ${rows.length}, of which PostgreSQL has ${columnsAtMost} at most`);
  }
  const described = rows
    .slice(0, columnsAtMost)
    .map((row) => columnRow(row, names, { tableSql: sql, findEnum: relation.findEnum }));
  return { rows: described, names };
}

function columnRow(
  row: SystemRow,
  names: UniqueNames,
  { tableSql, findEnum }: { readonly tableSql: string; readonly findEnum: FindEnum },
): ColumnRow {
  const expression = row.optionalText('column_default');
  return {
    name: names.settle(row.text('column_name')),
    ...catalogColumnType(row, findEnum),
    nullable: row.flag('is_nullable'),
    default: expression,
    generated: expression !== null && isGenerated(row, tableSql),
    comment: row.optionalText('comment'),
  };
}

/** Only the table's own statement tells generated columns from those with a default. */
function isGenerated(row: SystemRow, tableSql: string): boolean {
  const name = row.text('column_name');
  const ending = ` ${row.text('data_type')} GENERATED ALWAYS AS(`;
  return [name, quoteName(name)].some((written) =>
    ['(', ' '].some((before) => tableSql.includes(`${before}${written}${ending}`)),
  );
}
