import { type DuckDBConnection, type DuckDBPreparedStatement, DuckDBTypeId, StatementType } from '@duckdb/node-api';
import { PgError, sqlstate } from '@riffq/wire';
import type { NativeConnection } from '../connection/native-connection.js';
import { keywords } from './sql-token.js';
import type { StatementText } from './statement-text.js';

/**
 * Prepares one statement; whoever gets it destroys it.
 *
 * @throws PgError 42601 for more than one statement
 */
export function prepareText(
  connection: NativeConnection,
  text: StatementText,
  signal: AbortSignal | undefined,
): Promise<DuckDBPreparedStatement> {
  return connection.call(
    async (native) => {
      try {
        return await native.prepare(text.sql);
      } catch (error) {
        if (!(error instanceof Error && error.message.includes('Cannot prepare multiple statements'))) throw error;
        if (!new Set(keywords(text.sql)).has('PIVOT')) throw severalStatements();
        return await preparePivot(native, text.sql);
      }
    },
    { signal, text },
  );
}

/** Whether DuckDB cannot say the columns of a statement, because it cannot see the type or value of a parameter. */
export function hidesColumns(statement: DuckDBPreparedStatement): boolean {
  return statement.columnCount > 0 && statement.columnTypeId(0) === DuckDBTypeId.INVALID;
}

/** A PIVOT without a list of values is two statements for DuckDB: it makes a temporary type of the values first. */
async function preparePivot(native: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  const statements = await native.extractStatements(sql);
  for (let index = 0; index < statements.count - 1; index += 1) {
    const statement = await statements.prepare(index);
    try {
      if (statement.statementType !== StatementType.CREATE) throw severalStatements();
      await statement.run();
    } finally {
      statement.destroySync();
    }
  }
  return statements.prepare(statements.count - 1);
}

function severalStatements(): PgError {
  return new PgError({
    sqlstate: sqlstate.syntax_error,
    message: 'cannot insert multiple commands into a prepared statement',
  });
}
