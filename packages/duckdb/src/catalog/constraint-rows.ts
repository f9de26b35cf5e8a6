import type { RelationRow } from '@riffq/catalog';
import type { SystemRow } from './system-row.js';
import { UniqueNames } from './unique-names.js';

type Constraints = Pick<RelationRow, 'primaryKey' | 'unique' | 'foreignKeys' | 'checks'>;

/**
 * The constraints of a table. DuckDB gives them names, but not one name to one constraint.
 *
 * @param indexNames - names of the schema: keys have indexes, whose names they share
 */
export function constraintRows(rows: readonly SystemRow[], indexNames: UniqueNames): Constraints {
  const names = new UniqueNames();
  const of = (type: string): readonly SystemRow[] => rows.filter((row) => row.text('constraint_type') === type);
  const key = (row: SystemRow) => ({
    name: names.settle(indexNames.settle(row.text('constraint_name'))),
    columns: row.texts('constraint_column_names'),
  });
  return {
    primaryKey: of('PRIMARY KEY').map(key)[0] ?? null,
    unique: of('UNIQUE').map(key),
    foreignKeys: of('FOREIGN KEY').map((row) => ({
      name: names.settle(row.text('constraint_name')),
      columns: row.texts('constraint_column_names'),
      references: { relation: row.text('referenced_table'), columns: row.texts('referenced_column_names') },
    })),
    checks: of('CHECK').map((row) => ({
      name: names.settle(row.text('constraint_name')),
      expression: row.text('expression'),
      columns: row.texts('constraint_column_names'),
    })),
  };
}

/** The indexes of a table, but those over expressions, which a catalog has no place for. */
export function indexRows(rows: readonly SystemRow[], names: UniqueNames): Pick<RelationRow, 'indexes'> {
  return {
    indexes: rows.flatMap((row) => {
      const columns = row.texts('expressions').map(columnName);
      const name = names.settle(row.text('index_name'));
      const rest = { name, unique: row.flag('is_unique'), comment: row.optionalText('comment') };
      return columns.every((column) => column !== undefined) ? [{ columns, ...rest }] : [];
    }),
  };
}

/** The column that an expression of an index is; undefined for a real expression. */
function columnName(expression: string): string | undefined {
  if (/^"(?:[^"]|"")+"$/.test(expression)) return expression.slice(1, -1).replaceAll('""', '"');
  return /^[\p{L}_][\p{L}\d_$]*$/u.test(expression) ? expression : undefined;
}
