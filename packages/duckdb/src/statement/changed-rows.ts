import { type DuckDBResult, ResultReturnType, StatementType } from '@duckdb/node-api';
import type { NativeConnection } from '../connection/native-connection.js';

/** How many rows a statement wrote; undefined for one that does not count. */
export async function changedRows(connection: NativeConnection, result: DuckDBResult): Promise<number | undefined> {
  if (result.returnType === ResultReturnType.CHANGED_ROWS) return result.rowsChanged;
  if (result.statementType !== StatementType.CREATE) return undefined;
  // CREATE TABLE AS has its count as a row, the other forms of CREATE have no row.
  const chunk = await connection.call(() => result.fetchChunk());
  if (chunk === null || chunk.rowCount === 0) return undefined;
  return Number(chunk.getColumnVector(0).getItem(0));
}
