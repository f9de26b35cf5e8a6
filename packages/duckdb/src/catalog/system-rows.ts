import type { NativeConnection } from '../connection/native-connection.js';
import { quoteText } from '../write/quote-name.js';
import { GroupedRows } from './grouped-rows.js';
import { readSystemRows, type SystemRow } from './system-row.js';

const queries = {
  schemas: 'SELECT schema_name, comment FROM duckdb_schemas()',
  tables: 'SELECT schema_name, table_name, comment, estimated_size::DOUBLE AS estimated_size, sql FROM duckdb_tables()',
  views: 'SELECT schema_name, view_name, comment, sql FROM duckdb_views()',
  columns: `SELECT schema_name, table_name, column_index, column_name, comment, column_default, is_nullable, data_type,
      data_type_id::INTEGER AS data_type_id, numeric_precision, numeric_scale FROM duckdb_columns()`,
  constraints: `SELECT schema_name, table_name, constraint_type, constraint_name, constraint_column_names, expression,
      referenced_table, referenced_column_names FROM duckdb_constraints()`,
  indexes: `SELECT schema_name, table_name, index_name, comment, is_unique, expressions::VARCHAR[] AS expressions
      FROM duckdb_indexes()`,
  sequences: `SELECT schema_name, sequence_name, start_value, min_value, max_value, increment_by, cycle
      FROM duckdb_sequences()`,
  enums: 'SELECT schema_name, type_name, labels, comment FROM duckdb_types()',
} as const;

const conditions: Readonly<Partial<Record<SystemPart, string>>> = { enums: 'labels IS NOT NULL' };
const orders: Readonly<Partial<Record<SystemPart, string>>> = {
  columns: 'column_index',
  constraints: 'constraint_index',
};
const parts = ['schemas', 'tables', 'views', 'columns', 'constraints', 'indexes', 'sequences', 'enums'] as const;

/** What a system function speaks of. */
export type SystemPart = keyof typeof queries;

/** What the system functions say of one database, by schema. */
export class SystemRows {
  readonly #rows = new GroupedRows();
  readonly #schemas = new Set<string>();

  /** Reads all of it in one transaction, which ends with the connection. */
  static async read(connection: NativeConnection, database: string, signal: AbortSignal): Promise<SystemRows> {
    await connection.call((native) => native.run('BEGIN TRANSACTION READ ONLY'), { signal });
    const all = new SystemRows();
    const ofDatabase = `database_name = ${quoteText(database)}`;
    for (const part of parts) {
      const condition = conditions[part] === undefined ? ofDatabase : `${ofDatabase} AND ${conditions[part]}`;
      const order = orders[part] === undefined ? '' : ` ORDER BY ${orders[part]}`;
      all.#add(part, await readSystemRows(connection, `${queries[part]} WHERE ${condition}${order}`, signal));
    }
    return all;
  }

  /** The names of the schemas, in alphabetical order. */
  get schemas(): readonly string[] {
    return [...this.#schemas].sort();
  }

  of(part: SystemPart, schema: string): readonly SystemRow[] {
    return this.#rows.of(key(part, schema));
  }

  #add(part: SystemPart, rows: readonly SystemRow[]): void {
    for (const row of rows) {
      const schema = row.text('schema_name');
      this.#schemas.add(schema);
      this.#rows.add(key(part, schema), row);
    }
  }
}

function key(part: SystemPart, schema: string): string {
  return `${part} ${schema}`;
}
