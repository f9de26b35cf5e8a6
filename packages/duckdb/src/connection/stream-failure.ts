import { type DuckDBPreparedStatement, StatementType } from '@duckdb/node-api';
import { PgError, sqlstate } from '@riffq/wire';
import { type Binding, bind } from '../parameters/bind-parameters.js';
import { prepareText } from '../statement/prepare-text.js';
import { sqlTokens } from '../statement/sql-token.js';
import { StatementText } from '../statement/statement-text.js';
import type { NativeConnection } from './native-connection.js';

/** A statement whose stream ended in an error that DuckDB does not tell. */
export interface FailedStatement {
  readonly type: StatementType;
  readonly text: StatementText;
  readonly bindings: readonly Binding[];
}

/**
 * Finds out why a stream failed, by running its statement again: in a read-only transaction, with its rows thrown away,
 * and only what DuckDB calls a SELECT and which calls no volatile function.
 *
 * @param connection - without an open transaction
 */
export async function streamFailure(
  connection: NativeConnection,
  statement: FailedStatement,
  signal: AbortSignal,
): Promise<PgError> {
  if (statement.type !== StatementType.SELECT) return unknownFailure();
  await connection.call((native) => native.run('BEGIN TRANSACTION READ ONLY'), { signal });
  try {
    if (await callsVolatileFunction(connection, statement.text.sql, signal)) return unknownFailure();
    return await rerun(connection, statement, signal);
  } finally {
    await connection.call((native) => native.run('ROLLBACK'));
  }
}

async function rerun(
  connection: NativeConnection,
  { text, bindings }: FailedStatement,
  signal: AbortSignal,
): Promise<PgError> {
  // EXPLAIN ANALYZE runs a statement and keeps none of its rows.
  const explained = new StatementText(text.sql, [{ start: 0, end: 0, text: 'EXPLAIN ANALYZE ' }]);
  let native: DuckDBPreparedStatement | undefined;
  try {
    native = await prepareText(connection, explained, signal);
    const prepared = native;
    bind(prepared, bindings);
    await connection.call(() => prepared.run(), { signal, text: explained });
    return unknownFailure();
  } catch (error) {
    signal.throwIfAborted();
    // Class 42 is about EXPLAIN, or about objects that this connection does not see: the statement itself was accepted.
    return error instanceof PgError && !error.sqlstate.startsWith('42') ? error : unknownFailure();
  } finally {
    native?.destroySync();
  }
}

async function callsVolatileFunction(connection: NativeConnection, sql: string, signal: AbortSignal): Promise<boolean> {
  // error() does nothing but raise one.
  const query =
    "SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability = 'VOLATILE' AND function_name <> 'error'";
  const rows = await connection.call(async (native) => (await native.run(query)).getRows(), { signal });
  const volatile = new Set(rows.map(([name]) => name));
  for (const { kind, text } of sqlTokens(sql)) {
    const name = kind === 'quotedName' ? text.slice(1, -1) : text;
    if (kind !== 'parameter' && volatile.has(name.toLowerCase())) return true;
  }
  return false;
}

function unknownFailure(): PgError {
  return new PgError({
    sqlstate: sqlstate.internal_error,
    message: 'query failed while streaming',
    hint: 'DuckDB does not tell why. Rows that were sent before are right, but not all.',
  });
}
