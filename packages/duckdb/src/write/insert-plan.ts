import { PgError, sqlstate } from '@riffq/wire';
import type { Schema } from 'apache-arrow';
import type { NativeConnection } from '../connection/native-connection.js';
import { takesFamily } from './column-family.js';
import { type ColumnWriter, columnWriter } from './column-writer.js';
import { insertExpression, type TargetColumn } from './insert-expression.js';
import { quoteName, quoteQualifiedName } from './quote-name.js';

/** Where rows are inserted. */
export interface InsertTarget {
  /** The table's name, with its schema and database as far as they are given. */
  readonly table: readonly string[];
  /** The table's columns by position of the data's; null when the data has their names. */
  readonly columns: readonly string[] | null;
}

/** How Arrow data comes into a table: written into a temporary table of DuckDB's nearest types, and cast from there. */
export interface InsertPlan {
  readonly schema: Schema;
  readonly writers: readonly ColumnWriter[];
  /** The name of the temporary table. */
  readonly staging: string;
  readonly createStaging: string;
  readonly insert: string;
  readonly dropStaging: string;
}

/** A name that no table of a client has. */
const staging = 'rows that riffq inserts';

/**
 * Plans an insert.
 *
 * @throws PgError 42P01 or 42703 for a table or column that does not exist, 42601 for a wrong number of columns, 42804 for
 * a column that does not take values of the data's type, 0A000 for an Arrow type that is not supported
 */
export async function planInsert(
  connection: NativeConnection,
  { table, columns }: InsertTarget,
  schema: Schema,
  signal: AbortSignal | undefined,
): Promise<InsertPlan> {
  const names = columns ?? schema.fields.map(({ name }) => name);
  if (names.length !== schema.fields.length || names.length === 0) {
    throw new PgError({
      sqlstate: sqlstate.syntax_error,
      message: `INSERT has ${schema.fields.length} expressions for ${names.length} target columns`,
    });
  }
  const targets = await describeColumns(connection, table, names, signal);
  const writers = schema.fields.map(({ name, type }) => columnWriter(name, type));
  const expressions = writers.map((writer, column) => {
    const target = targets[column];
    if (target === undefined || !takesFamily(target.type, writer.family)) {
      throw typeMismatch(names[column] ?? '', target?.typeName ?? '', String(schema.fields[column]?.type));
    }
    return insertExpression(quoteName(target.name), writer, target);
  });
  const stagingName = `temp.main.${quoteName(staging)}`;
  // DuckDB's errors name the column that a value comes from, so it is called as in the table.
  const stagedColumns = writers.map(({ type }, column) => `${quoteName(names[column] ?? '')} ${type}`);
  return {
    schema,
    writers,
    staging,
    createStaging: `CREATE TEMP TABLE ${stagingName} (${stagedColumns.join()})`,
    insert: `INSERT INTO ${quoteQualifiedName(table)} (${names.map(quoteName).join()}) SELECT ${expressions.join()} FROM ${stagingName}`,
    dropStaging: `DROP TABLE ${stagingName}`,
  };
}

async function describeColumns(
  connection: NativeConnection,
  table: readonly string[],
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly TargetColumn[]> {
  const select = `SELECT ${names.map(quoteName).join()} FROM ${quoteQualifiedName(table)}`;
  const described = await connection.call(async (native) => (await native.run(`DESCRIBE ${select}`)).getRows(), {
    signal,
  });
  const prepared = await connection.call((native) => native.prepare(select), { signal });
  try {
    return names.map((name, column) => ({
      name,
      type: prepared.columnType(column),
      typeName: String(described[column]?.[1]),
    }));
  } finally {
    prepared.destroySync();
  }
}

function typeMismatch(column: string, type: string, arrowType: string): PgError {
  return new PgError({
    sqlstate: sqlstate.datatype_mismatch,
    message: `column "${column}" is of type ${type} but the data is of type ${arrowType}`,
    hint: 'You will need to cast the data.',
  });
}
