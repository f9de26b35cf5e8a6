import type { IndexRow, RelationRow } from '@riffq/catalog';
import { columnOfExpression } from './column-of-expression.js';
import type { Omissions } from './omissions.js';
import type { SystemRow } from './system-row.js';
import { UniqueNames } from './unique-names.js';

type Constraints = Pick<RelationRow, 'primaryKey' | 'unique' | 'foreignKeys' | 'checks'>;

/** A table, and the names that it shares with the other objects of its schema. */
export interface TableNames {
  /** As DuckDB calls it. */
  readonly table: string;
  /** As a warning does. */
  readonly object: string;
  readonly columns: UniqueNames;
  /** The names of the schema's relations and indexes: keys have indexes, too. */
  readonly relations: UniqueNames;
  /** The columns of a table of the schema, in whatever case its name is written. */
  columnsOf(table: string): UniqueNames | undefined;
  readonly omissions: Omissions;
}

/** The constraints of a table. DuckDB gives them names, but not one name to one constraint. */
export function constraintRows(rows: readonly SystemRow[], table: TableNames): Constraints {
  const { omissions, relations } = table;
  const names = new UniqueNames();
  const of = <T>(type: string, describe: (row: SystemRow) => T): readonly T[] =>
    rows
      .filter((row) => row.text('constraint_type') === type)
      .flatMap((row) => {
        const object = `constraint "${row.text('constraint_name')}" of ${table.object}`;
        return omissions.attempt(object, () => describe(row)) ?? [];
      });
  const key = (row: SystemRow) => {
    const columns = distinct(settled(row.texts('constraint_column_names'), table.columns));
    return { name: names.settle(relations.settle(row.text('constraint_name'))), columns };
  };
  return {
    primaryKey: of('PRIMARY KEY', key)[0] ?? null,
    unique: of('UNIQUE', key),
    foreignKeys: of('FOREIGN KEY', (row) => {
      const columns = settled(row.texts('constraint_column_names'), table.columns);
      const references = referenced(row, table);
      if (columns.length !== references.columns.length) throw new Error('it has not as many columns as it refers to');
      return { name: names.settle(row.text('constraint_name')), columns, references };
    }),
    checks: of('CHECK', (row) => {
      const columns = settled(row.texts('constraint_column_names'), table.columns);
      return { name: names.settle(row.text('constraint_name')), expression: row.text('expression'), columns };
    }),
  };
}

/** The indexes of a table, but those over expressions, which a catalog has no place for. */
export function indexRows(rows: readonly SystemRow[], { table, columns, relations }: TableNames): readonly IndexRow[] {
  return rows.flatMap((row) => {
    const names = row.texts('expressions').map((expression) => {
      const column = columnOfExpression(expression, table);
      return column === undefined ? undefined : columns.find(column);
    });
    if (names.length === 0 || !names.every((name) => name !== undefined)) return [];
    const name = relations.settle(row.text('index_name'));
    return [{ columns: names, name, unique: row.flag('is_unique'), comment: row.optionalText('comment') }];
  });
}

function referenced(row: SystemRow, { relations, columnsOf }: TableNames) {
  const name = row.text('referenced_table');
  const [relation, columns] = [relations.find(name), columnsOf(name)];
  if (relation === undefined || columns === undefined) throw new Error(`there is no table "${name}"`);
  return { relation, columns: settled(row.texts('referenced_column_names'), columns) };
}

/** The names that columns have in the catalog. */
function settled(names: readonly string[], columns: UniqueNames): readonly string[] {
  return names.map((name) => {
    const column = columns.find(name);
    if (column === undefined) throw new Error(`there is no column "${name}"`);
    return column;
  });
}

function distinct(columns: readonly string[]): readonly string[] {
  const distinctColumns = [...new Set(columns)];
  if (distinctColumns.length === 0) throw new Error('it has no columns');
  return distinctColumns;
}
