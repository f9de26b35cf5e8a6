import type { DuckDBPreparedStatement } from '@duckdb/node-api';
import { DuckDBTypeId, StatementType } from '@duckdb/node-api';
import { keywords } from './sql-token.js';

/** What a prepared statement and a result both say of their columns. */
type Columns = Pick<DuckDBPreparedStatement, 'columnCount' | 'columnName' | 'columnTypeId'>;

/**
 * Whether a prepared statement returns rows to the client. DuckDB gives every statement columns: those that return nothing
 * have a pseudo result, `Count` or `Success`.
 */
export function returnsRows(statement: Columns & Pick<DuckDBPreparedStatement, 'statementType'>, sql: string): boolean {
  switch (statement.statementType) {
    case StatementType.SELECT:
    case StatementType.EXPLAIN:
    case StatementType.EXECUTE:
    case StatementType.RELATION:
    case StatementType.LOGICAL_PLAN:
      return true;
    case StatementType.INSERT:
    case StatementType.UPDATE:
    case StatementType.DELETE:
    case StatementType.MERGE_INTO:
      // A reserved word in DuckDB, so it is the clause.
      return [...keywords(sql)].includes('RETURNING');
    case StatementType.CALL:
    case StatementType.PRAGMA:
      return !isSuccess(statement);
    case StatementType.COPY:
      // With RETURN_FILES or RETURN_STATS there are columns behind the count.
      return statement.columnCount > 1;
    default:
      return false;
  }
}

/** The pseudo result of CHECKPOINT and the pragmas that set something. */
export function isSuccess(columns: Columns): boolean {
  return (
    columns.columnCount === 1 && columns.columnName(0) === 'Success' && columns.columnTypeId(0) === DuckDBTypeId.BOOLEAN
  );
}
