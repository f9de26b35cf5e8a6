import { isPgError, sqlstate } from '@riffq/wire';
import { noSuchPortal } from '../../errors/statement-errors.js';
import { quoteIdentifier } from '../../sql/identifier.js';
import { splitStatements } from '../../sql/statement.js';
import type { ClientSession } from '../client-session.js';
import { columnsOf, sendColumns } from './describe.js';
import { absentPortal } from './portals.js';

/**
 * Describe of a portal that the session does not have. Where session statements are the handler's, DECLARE may have made it
 * there: `handleDescribe` is asked for the columns of a FETCH, which is not run.
 *
 * @throws PgError 34000 when nobody has it, 25P02 in a failed block
 */
export async function describeHandlersCursor(session: ClientSession, name: string): Promise<void> {
  const { host, connection } = session;
  const isHandlers = host.sessionStatements === 'handler' && connection.handleDescribe !== undefined;
  if (name === '' || !isHandlers) throw noSuchPortal(name);
  if (session.transaction.failed) throw absentPortal(session, name);
  const [statement = null] = splitStatements(`FETCH ALL FROM ${quoteIdentifier(name)}`);
  const prepared = { name: '', statement, parameterTypes: [], columns: undefined };
  try {
    const columns = await columnsOf(session, prepared, 'leave');
    // PostgreSQL says of a FETCH from a cursor that there is not that it returns no rows.
    if (!columns) throw noSuchPortal(name);
    sendColumns(session, columns, []);
  } catch (error) {
    throw isPgError(error) && error.sqlstate === sqlstate.invalid_cursor_name ? noSuchPortal(name) : error;
  }
}
