import { setImmediate } from 'node:timers/promises';
import type { RelationRow } from '@riffq/catalog';
import type { FindEnum } from './catalog-column-type.js';
import { type DescribedColumns, describeColumns } from './column-rows.js';
import { constraintRows, indexRows } from './constraint-rows.js';
import { GroupedRows } from './grouped-rows.js';
import type { Omissions } from './omissions.js';
import type { SystemRow } from './system-row.js';
import type { SystemRows } from './system-rows.js';
import type { UniqueNames } from './unique-names.js';
import { viewQuery } from './view-query.js';

/** What the relations of one schema share. */
interface SchemaNames {
  readonly oid: (salt: 'rel' | 'type', relation: string) => number;
  /** The names of its tables, views and sequences. */
  readonly relations: UniqueNames;
  readonly omissions: Omissions;
  readonly findEnum: FindEnum;
}

/** So many relations at a time, then others have their turn. */
const atATime = 100;

/** The tables and views of a schema, with all that is known of them. */
export async function relationRows(
  rows: SystemRows,
  schema: string,
  { oid, relations, omissions, findEnum }: SchemaNames,
): Promise<readonly RelationRow[]> {
  const columns = byTable(rows.of('columns', schema));
  const constraints = byTable(rows.of('constraints', schema));
  const indexes = byTable(rows.of('indexes', schema));
  // Of all, before any key: it may refer to a table that comes later, or that cannot be described.
  const described: Described[] = [];
  for (const relation of relationsOf(rows, schema)) {
    const name = relations.find(relation.table);
    const describe = () => describeColumns(columns.of(relation.table), { ...relation, omissions, findEnum });
    const ofRelation = name === undefined ? undefined : omissions.attempt(relation.object, describe);
    if (name !== undefined && ofRelation !== undefined) described.push({ ...relation, name, columns: ofRelation });
    if (described.length % atATime === 0) await setImmediate();
  }
  const columnNames = new Map(described.map((relation) => [relation.name, relation.columns.names]));
  const columnsOf = (table: string): UniqueNames | undefined => columnNames.get(relations.find(table) ?? '');
  const made: RelationRow[] = [];
  for (const { kind, table, object, row, name, columns: ofRelation } of described) {
    const names = { table, object, columns: ofRelation.names, relations, columnsOf, omissions };
    made.push({
      oid: oid('rel', table),
      reltypeOid: oid('type', table),
      name,
      kind,
      comment: row.optionalText('comment'),
      columns: ofRelation.rows,
      ...(kind === 'view'
        ? { definition: omissions.attempt(`the query of ${object}`, () => viewQuery(row.text('sql'))) ?? null }
        : {
            rowEstimate: row.number('estimated_size'),
            indexes: indexRows(indexes.of(table), names),
            ...constraintRows(constraints.of(table), names),
          }),
    });
    if (made.length % atATime === 0) await setImmediate();
  }
  return made;
}

/** A table or view as DuckDB has it. */
interface Relation {
  readonly kind: 'table' | 'view';
  /** As DuckDB calls it. */
  readonly table: string;
  /** As a warning does. */
  readonly object: string;
  readonly row: SystemRow;
}

interface Described extends Relation {
  readonly name: string;
  readonly columns: DescribedColumns;
}

function relationsOf(rows: SystemRows, schema: string): readonly Relation[] {
  const of = (kind: Relation['kind'], part: 'tables' | 'views', nameColumn: string): readonly Relation[] =>
    rows.of(part, schema).map((row) => {
      const table = row.text(nameColumn);
      return { kind, table, object: `${kind} "${schema}.${table}"`, row };
    });
  return [...sorted(of('table', 'tables', 'table_name')), ...sorted(of('view', 'views', 'view_name'))];
}

/** By name, so that OIDs do not depend on the order in which DuckDB gives its tables. */
function sorted(relations: readonly Relation[]): readonly Relation[] {
  return [...relations].sort((one, other) => (one.table < other.table ? -1 : 1));
}

function byTable(rows: readonly SystemRow[]): GroupedRows {
  const grouped = new GroupedRows();
  for (const row of rows) grouped.add(row.text('table_name'), row);
  return grouped;
}
