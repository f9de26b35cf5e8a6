import { PgError, sqlstate } from '@riffq/wire';
import type { Schema } from 'apache-arrow';
import type { NativeConnection } from '../connection/native-connection.js';
import type { DeclaredParameters } from '../parameters/parameter-casts.js';
import { duckdbTypeName } from '../parameters/parameter-type.js';
import { sampleExpressions } from '../parameters/sample-expression.js';
import { resultColumns } from '../read/result-columns.js';
import { type PreparedStatement, prepareStatement } from './prepare-statement.js';
import { hidesColumns, prepareText } from './prepare-text.js';
import { returnsRows } from './returns-rows.js';

/** What a statement takes and gives; `schema` is null when it returns no rows. */
export interface Description {
  readonly parameterTypes: readonly number[];
  readonly schema: Schema | null;
}

/**
 * Describes a statement without running it.
 *
 * @throws PgError 42P18 when its columns depend on the value of a parameter, as those of `read_csv($1)` do
 */
export async function describeStatement(
  connection: NativeConnection,
  sql: string,
  declared: DeclaredParameters,
  signal?: AbortSignal,
): Promise<Description> {
  const statement = await prepareStatement(connection, sql, declared, signal);
  try {
    const { native, parameterTypes } = statement;
    if (!returnsRows(native, sql)) return { parameterTypes, schema: null };
    const schema = hidesColumns(native)
      ? await hiddenSchema(connection, statement, signal)
      : schemaOf(statement, native);
    return { parameterTypes, schema };
  } finally {
    statement.native.destroySync();
  }
}

function schemaOf(statement: PreparedStatement, columns: Parameters<typeof resultColumns>[0]): Schema {
  return resultColumns(columns, (name) => statement.parameters.columnName(name, statement.casts)).schema;
}

/** The columns of a statement that DuckDB cannot plan without values: those that it has with values of the right types. */
async function hiddenSchema(
  connection: NativeConnection,
  statement: PreparedStatement,
  signal: AbortSignal | undefined,
): Promise<Schema> {
  const { parameters, parameterTypes } = statement;
  const types = new Map<number, string>();
  for (const number of parameters.numbers) {
    const type = duckdbTypeName(parameterTypes[number - 1] ?? 0);
    if (type !== undefined) types.set(number, type);
  }
  try {
    const planned = await prepareText(connection, parameters.withExpressions(sampleExpressions(types)), signal);
    try {
      return schemaOf(statement, planned);
    } finally {
      planned.destroySync();
    }
  } catch (cause) {
    signal?.throwIfAborted();
    throw new PgError({
      sqlstate: sqlstate.indeterminate_datatype,
      message: 'could not determine the columns of the statement without the values of its parameters',
      hint: 'Write the values that its columns depend on into the statement.',
      cause,
    });
  }
}
