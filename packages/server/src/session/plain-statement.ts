import { mayBeOwn } from '../session-statements/answer.js';
import type { Statement } from '../sql/statement.js';
import { mayBeTransactionCommand } from '../sql/transaction-command.js';
import { mayBeCatalogs } from './catalog-query.js';
import type { ClientSession } from './client-session.js';

/**
 * Whether a statement can be nobody's but the user's handler's, as most are. Found out once, however often and by whomever it
 * is run, but where a session's search path has a say.
 */
export function isPlain(session: ClientSession, statement: Statement): boolean {
  if (session.settingValues.searchesInformationSchema) return isPlainNow(session, statement);
  statement.isPlain ??= isPlainNow(session, statement);
  return statement.isPlain;
}

function isPlainNow(session: ClientSession, statement: Statement): boolean {
  return !(
    statement.keyword === 'COPY' ||
    mayBeTransactionCommand(statement) ||
    mayBeOwn(statement) ||
    mayBeCatalogs(session, statement.sql)
  );
}
