import { mayBeOwn } from '../session-statements/answer.js';
import type { Statement } from '../sql/statement.js';
import { mayBeTransactionCommand } from '../sql/transaction-command.js';
import { mayBeCatalogs } from './catalog-query.js';
import type { ClientSession } from './client-session.js';

/** Whether a statement can be nobody's but the user's handler's, as most are: found out once, however often it runs. */
export function isPlain(session: ClientSession, statement: Statement): boolean {
  statement.isPlain ??= !(
    statement.keyword === 'COPY' ||
    mayBeTransactionCommand(statement) ||
    mayBeOwn(statement) ||
    mayBeCatalogs(session, statement.sql)
  );
  return statement.isPlain;
}
