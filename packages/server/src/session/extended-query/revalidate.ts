import { type Awaitable, andThen } from '../../awaitable.js';
import { mayWrite } from '../../sql/may-write.js';
import { classifyStatement } from '../../sql/statement-class.js';
import type { ClientSession } from '../client-session.js';
import { isPlain } from '../plain-statement.js';
import { learnColumns } from './describe.js';
import type { PreparedStatement } from './prepared-statement.js';
import { requireSameColumns } from './require-same-columns.js';

/** What these are of PostgreSQL finds out when it runs them. */
const foundWhenRun = new Set(['EXECUTE', 'FETCH']);

/**
 * Whether the handler is asked anew what a described statement gives before it runs: its tables may have changed, and what has
 * written cannot be taken back. What only reads is looked at when it has run, which costs nothing; so is what calls functions
 * and may be the catalog's, whose tables do not change.
 */
export function isRevalidated(session: ClientSession, { statement, columns }: PreparedStatement): boolean {
  if (session.connection.handleDescribe === undefined || statement === null || !columns) return false;
  if (foundWhenRun.has(statement.keyword)) return false;
  return mayWrite(statement) && (classifyStatement(statement) !== 'reads' || isPlain(session, statement));
}

/**
 * Asks the handler, if it is to be asked, and compares: PostgreSQL refuses what gives other columns before it runs.
 *
 * @throws PgError 0A000
 */
export function revalidate(session: ClientSession, prepared: PreparedStatement): Awaitable<void> {
  const { statement, columns: told } = prepared;
  if (statement === null || !told || !isRevalidated(session, prepared)) return;
  return andThen(learnColumns(session, prepared, statement, 'leave'), (columns = told) =>
    requireSameColumns(told, columns),
  );
}
