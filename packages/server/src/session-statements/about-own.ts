import { type Awaitable, andThen } from '../awaitable.js';
import { parseCursorMovement } from '../cursors/movement.js';
import { parseDeclare } from '../cursors/parse-declare.js';
import { duplicateCursor } from '../errors/statement-errors.js';
import type { Outcome } from '../results/normalise.js';
import type { ClientSession } from '../session/client-session.js';
import { closeAllPortals } from '../session/extended-query/portals.js';
import type { StatementRequest } from '../session/handler/statement-request.js';
import type { Statement } from '../sql/statement.js';
import { closeCursors, closedName } from './close-cursors.js';
import { deallocate, deallocatedName } from './deallocate.js';
import { discardTag, forgetAll } from './discard.js';
import { fetchRows } from './fetch.js';
import type { InnerStatements } from './inner-statements.js';

/**
 * The session's part in session statements that are the handler's: what Parse and Bind made is here, whoever answers. One
 * that names such a thing is answered; undefined for ALL, and any other name, of which the handler is asked.
 */
export function answerAboutOwn(
  session: ClientSession,
  request: StatementRequest,
  inner: InnerStatements,
): Awaitable<Outcome | undefined> {
  const { statement } = request;
  const { sql } = statement;
  switch (statement.keyword) {
    case 'FETCH':
    case 'MOVE':
      return namesOwnPortal(session, statement) ? fetchRows(session, request, inner) : undefined;
    case 'DECLARE': {
      const name = session.portals.namedCount === 0 ? undefined : parseDeclare(statement)?.name;
      if (name !== undefined && session.portals.has(name)) throw duplicateCursor(name);
      return undefined;
    }
    case 'CLOSE':
      if (namesOwnPortal(session, statement)) return closeCursors(session, request);
      return forgetCursors(session, request);
    case 'DEALLOCATE': {
      const name = deallocatedName(sql);
      if (name === 'ALL') session.statements.clearNamed();
      else if (name !== undefined && session.statements.has(name.identifier)) return deallocate(session, sql);
      return undefined;
    }
    case 'DISCARD':
      if (session.transaction.kind !== 'idle' || discardTag(sql) !== 'DISCARD ALL') return undefined;
      session.handlersCursors.closeAll();
      return andThen(forgetAll(session), () => undefined);
  }
  return undefined;
}

/** Whether a statement is about a portal that Bind has made, in a session whose cursors are the handler's. */
export function namesOwnPortal({ portals }: ClientSession, { keyword, sql }: Statement): boolean {
  if (portals.namedCount === 0) return false;
  if (keyword === 'FETCH' || keyword === 'MOVE') return portals.has(parseCursorMovement(sql)?.cursor ?? '');
  const closed = keyword === 'CLOSE' ? closedName(sql) : undefined;
  return closed !== undefined && closed !== 'ALL' && portals.has(closed.identifier);
}

function forgetCursors(session: ClientSession, { statement, portal }: StatementRequest): Awaitable<undefined> {
  const name = closedName(statement.sql);
  if (name === undefined) return undefined;
  if (name !== 'ALL') {
    session.handlersCursors.close(name.identifier);
    return undefined;
  }
  session.handlersCursors.closeAll();
  return andThen(closeAllPortals(session, portal), () => undefined);
}
