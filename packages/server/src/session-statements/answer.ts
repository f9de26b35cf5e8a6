import type { Awaitable } from '../awaitable.js';
import type { Outcome } from '../results/normalise.js';
import type { ClientSession } from '../session/client-session.js';
import type { StatementRequest } from '../session/handler/statement-request.js';
import type { Statement } from '../sql/statement.js';
import { answerAboutOwn } from './about-own.js';
import { closeCursors } from './close-cursors.js';
import { deallocate } from './deallocate.js';
import { declareCursor } from './declare.js';
import { discard } from './discard.js';
import { executePrepared } from './execute-prepared.js';
import { fetchRows } from './fetch.js';
import type { InnerStatements } from './inner-statements.js';
import { lockTable } from './lock-table.js';
import { callLoneFunction, mayBeLoneFunction } from './lone-function.js';
import { listen, notify, unlisten } from './notify.js';
import { prepare } from './prepare.js';
import { reset } from './reset.js';
import { set } from './set.js';
import { asksForIsolation, show } from './show.js';

type OwnStatement = (
  session: ClientSession,
  request: StatementRequest,
  inner: InnerStatements,
) => Awaitable<Outcome | undefined>;

/** One that is known by its text alone. */
const byText =
  (answer: (session: ClientSession, sql: string) => Awaitable<Outcome | undefined>): OwnStatement =>
  (session, { statement }) =>
    answer(session, statement.sql);

const ownStatements: ReadonlyMap<string, OwnStatement> = new Map([
  ['SET', set],
  ['SHOW', show],
  ['RESET', reset],
  ['DISCARD', byText(discard)],
  ['PREPARE', prepare],
  ['EXECUTE', executePrepared],
  ['EXPLAIN', executePrepared],
  ['DEALLOCATE', byText(deallocate)],
  ['CLOSE', closeCursors],
  ['DECLARE', declareCursor],
  ['FETCH', fetchRows],
  ['MOVE', fetchRows],
  ['LOCK', byText(lockTable)],
  ['LISTEN', byText(listen)],
  ['UNLISTEN', byText(unlisten)],
  ['NOTIFY', byText(notify)],
]);

/** Whether a statement may be one of the session's own. */
export function mayBeOwn(statement: Statement): boolean {
  return ownStatements.has(statement.keyword) || mayBeLoneFunction(statement);
}

/**
 * Answers a statement that is the session's own (design, "Who answers what"); undefined when it is the handler's. SHOW
 * transaction_isolation is always the session's.
 */
export function answerSessionStatement(
  session: ClientSession,
  request: StatementRequest,
  inner: InnerStatements,
): Awaitable<Outcome | undefined> {
  const { statement } = request;
  if (statement.keyword === 'SHOW' && asksForIsolation(session, statement.sql)) return show(session, request);
  if (session.host.sessionStatements === 'handler') return answerAboutOwn(session, request, inner);
  if (statement.keyword === 'SELECT') return callLoneFunction(session, request);
  return ownStatements.get(statement.keyword)?.(session, request, inner);
}
