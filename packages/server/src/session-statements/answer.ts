import type { Awaitable } from '../awaitable.js';
import type { Outcome } from '../results/normalise.js';
import type { ClientSession } from '../session/client-session.js';
import type { StatementRequest } from '../session/statement-request.js';
import { unlockAdvisoryLocks, unlocksAdvisoryLocks } from './advisory-locks.js';
import { closeCursors } from './close-cursors.js';
import { deallocate } from './deallocate.js';
import { declareCursor } from './declare.js';
import { discard } from './discard.js';
import { executePrepared } from './execute-prepared.js';
import { fetchRows } from './fetch.js';
import { forgetOwn } from './forget-own.js';
import type { InnerStatements } from './inner-statements.js';
import { lockTable } from './lock-table.js';
import { listen, notify, unlisten } from './notify.js';
import { prepare } from './prepare.js';
import { reset } from './reset.js';
import { set } from './set.js';
import { asksForIsolation, show } from './show.js';

/**
 * Answers a statement that is the session's own (design, "Who answers what"); undefined when it is the handler's. SHOW
 * transaction_isolation is always the session's; a setting that the session does not know is always the handler's, whose
 * engine may have it.
 */
export function answerSessionStatement(
  session: ClientSession,
  request: StatementRequest,
  inner: InnerStatements,
): Awaitable<Outcome | undefined> {
  const { statement } = request;
  if (statement.keyword === 'SHOW' && asksForIsolation(session, statement.sql)) return show(session, statement.sql);
  if (session.host.sessionStatements === 'handler') return forgetOwn(session, statement);
  switch (statement.keyword) {
    case 'SET':
      return set(session, statement.sql);
    case 'SHOW':
      return show(session, statement.sql);
    case 'RESET':
      return reset(session, statement.sql);
    case 'DISCARD':
      return discard(session, statement.sql);
    case 'PREPARE':
      return prepare(session, statement.sql);
    case 'EXECUTE':
      return executePrepared(session, request, inner);
    case 'DEALLOCATE':
      return deallocate(session, statement.sql);
    case 'CLOSE':
      return closeCursors(session, statement.sql);
    case 'DECLARE':
      return declareCursor(session, request, inner);
    case 'FETCH':
    case 'MOVE':
      return fetchRows(session, request);
    case 'LOCK':
      return lockTable(session, statement.sql);
    case 'LISTEN':
      return listen(session, statement.sql);
    case 'UNLISTEN':
      return unlisten(session, statement.sql);
    case 'NOTIFY':
      return notify(session, statement.sql);
    case 'SELECT':
      return unlocksAdvisoryLocks(statement) ? unlockAdvisoryLocks() : undefined;
    default:
      return undefined;
  }
}
