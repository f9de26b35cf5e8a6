import { setImmediate } from 'node:timers/promises';
import type { ColumnRow, RelationRow } from '@riffq/catalog';
import { quoteName } from '../write/quote-name.js';
import { catalogColumnType } from './catalog-column-type.js';
import { constraintRows, indexRows } from './constraint-rows.js';
import { GroupedRows } from './grouped-rows.js';
import type { SystemRow } from './system-row.js';
import type { SystemRows } from './system-rows.js';
import { UniqueNames } from './unique-names.js';
import { viewQuery } from './view-query.js';

/** Names and numbers of one schema. */
interface SchemaNames {
  readonly oid: (salt: 'rel' | 'type', relation: string) => number;
  /** Names that tables, views and sequences have. */
  readonly taken: ReadonlySet<string>;
}

/** So many relations at a time, then others have their turn. */
const atATime = 100;

/** The tables and views of a schema, with all that is known of them. */
export async function relationRows(
  rows: SystemRows,
  schema: string,
  { oid, taken }: SchemaNames,
): Promise<readonly RelationRow[]> {
  const columns = byTable(rows.of('columns', schema));
  const constraints = byTable(rows.of('constraints', schema));
  const indexes = byTable(rows.of('indexes', schema));
  const indexNames = new UniqueNames(taken);
  const relations: RelationRow[] = [];
  const add = async (name: string, row: SystemRow, facts: Omit<RelationRow, 'oid' | 'reltypeOid' | 'name'>) => {
    const comment = row.optionalText('comment');
    relations.push({ oid: oid('rel', name), reltypeOid: oid('type', name), name, comment, ...facts });
    if (relations.length % atATime === 0) await setImmediate();
  };
  for (const [name, row] of sorted(rows.of('tables', schema), 'table_name')) {
    const sql = row.text('sql');
    await add(name, row, {
      kind: 'table',
      rowEstimate: row.number('estimated_size'),
      columns: columns.of(name).map((column) => columnRow(column, sql)),
      ...indexRows(indexes.of(name), indexNames),
      ...constraintRows(constraints.of(name), indexNames),
    });
  }
  for (const [name, row] of sorted(rows.of('views', schema), 'view_name')) {
    await add(name, row, {
      kind: 'view',
      definition: viewQuery(row.text('sql')),
      columns: columns.of(name).map((column) => columnRow(column, '')),
    });
  }
  return relations;
}

function columnRow(row: SystemRow, tableSql: string): ColumnRow {
  const expression = row.optionalText('column_default');
  return {
    name: row.text('column_name'),
    ...catalogColumnType(row),
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

function byTable(rows: readonly SystemRow[]): GroupedRows {
  const grouped = new GroupedRows();
  for (const row of rows) grouped.add(row.text('table_name'), row);
  return grouped;
}

/** By name, so that OIDs do not depend on the order in which DuckDB gives its tables. */
function sorted(rows: readonly SystemRow[], nameColumn: string): readonly (readonly [name: string, row: SystemRow])[] {
  return rows.map((row) => [row.text(nameColumn), row] as const).sort(([one], [other]) => (one < other ? -1 : 1));
}
