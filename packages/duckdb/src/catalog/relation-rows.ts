import type { ColumnRow, RelationRow } from '@riffq/catalog';
import { quoteName } from '../write/quote-name.js';
import { catalogColumnType } from './catalog-column-type.js';
import { constraintRows, indexRows } from './constraint-rows.js';
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

/** The tables and views of a schema, with all that is known of them. */
export function relationRows(rows: SystemRows, schema: string, { oid, taken }: SchemaNames): readonly RelationRow[] {
  const [columns, constraints, indexes] = (['columns', 'constraints', 'indexes'] as const).map((part) =>
    byTable(rows.of(part, schema)),
  );
  const indexNames = new UniqueNames(taken);
  const of = (grouped: ReadonlyMap<string, readonly SystemRow[]> | undefined, name: string) => grouped?.get(name) ?? [];
  const tables = sorted(rows.of('tables', schema), 'table_name').map(([name, row]): RelationRow => {
    const sql = row.text('sql');
    return {
      oid: oid('rel', name),
      reltypeOid: oid('type', name),
      name,
      kind: 'table',
      comment: row.optionalText('comment'),
      rowEstimate: row.number('estimated_size'),
      columns: of(columns, name).map((column) => columnRow(column, sql)),
      ...indexRows(of(indexes, name), indexNames),
      ...constraintRows(of(constraints, name), indexNames),
    };
  });
  const views = sorted(rows.of('views', schema), 'view_name').map(
    ([name, row]): RelationRow => ({
      oid: oid('rel', name),
      reltypeOid: oid('type', name),
      name,
      kind: 'view',
      comment: row.optionalText('comment'),
      definition: viewQuery(row.text('sql')),
      columns: of(columns, name).map((column) => columnRow(column, '')),
    }),
  );
  return [...tables, ...views];
}

/** @param tableSql - the table's statement, for only there it is said which columns are generated */
function columnRow(row: SystemRow, tableSql: string): ColumnRow {
  const name = row.text('column_name');
  const ending = ` ${row.text('data_type')} GENERATED ALWAYS AS(`;
  const generated = [name, quoteName(name)].some((written) =>
    ['(', ' '].some((before) => tableSql.includes(`${before}${written}${ending}`)),
  );
  return {
    name,
    ...catalogColumnType(row),
    nullable: row.flag('is_nullable'),
    default: row.optionalText('column_default'),
    generated,
    comment: row.optionalText('comment'),
  };
}

function byTable(rows: readonly SystemRow[]): ReadonlyMap<string, readonly SystemRow[]> {
  const grouped = new Map<string, SystemRow[]>();
  for (const row of rows) {
    const table = row.text('table_name');
    const found = grouped.get(table);
    if (found === undefined) grouped.set(table, [row]);
    else found.push(row);
  }
  return grouped;
}

/** By name, so that OIDs do not depend on the order in which DuckDB gives its tables. */
function sorted(rows: readonly SystemRow[], nameColumn: string): readonly (readonly [name: string, row: SystemRow])[] {
  return rows.map((row) => [row.text(nameColumn), row] as const).sort(([one], [other]) => (one < other ? -1 : 1));
}
