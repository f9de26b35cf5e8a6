import type { FieldDescription } from '@riffq/wire';
import type { Awaitable } from '../awaitable.js';
import { Interrupt } from '../interrupt.js';
import { asTimed } from '../session/as-running.js';
import type { ClientSession } from '../session/client-session.js';
import { parseCopyStatement } from '../sql/copy-statement.js';
import type { Statement } from '../sql/statement.js';
import { parseTransactionCommand } from '../sql/transaction-command.js';
import { namesOwnPortal } from './about-own.js';
import { executedStatement } from './execute-prepared.js';
import { fetchedColumns } from './fetch.js';
import { loneFunctionColumns } from './lone-function.js';
import { asksForIsolation, shownColumns } from './show.js';

const withoutRows = new Set(
  'CLOSE DEALLOCATE DECLARE DISCARD LISTEN LOCK MOVE NOTIFY PREPARE RESET SET UNLISTEN'.split(' '),
);

/** The columns of a statement that the session answers, null for none; undefined when it is the handler's. */
export function describeSessionStatement(
  session: ClientSession,
  statement: Statement,
): Awaitable<readonly FieldDescription[] | null | undefined> {
  if (describesShow(session, statement)) {
    const interrupt = new Interrupt();
    return asTimed(session, interrupt, () => shownColumns(session, statement.sql, interrupt));
  }
  return describeOther(session, statement);
}

/** Whether the session may be the one that describes a statement. */
export function mayDescribe(session: ClientSession, statement: Statement): boolean {
  return describesShow(session, statement) || describeOther(session, statement) !== undefined;
}

function describesShow(session: ClientSession, { keyword, sql }: Statement): boolean {
  return keyword === 'SHOW' && (session.host.sessionStatements === 'server' || asksForIsolation(session, sql));
}

function describeOther(session: ClientSession, statement: Statement): readonly FieldDescription[] | null | undefined {
  if (parseTransactionCommand(statement) !== null || parseCopyStatement(statement) !== null) return null;
  if (session.host.sessionStatements === 'handler' && !namesOwnPortal(session, statement)) return undefined;
  if (statement.keyword === 'FETCH') return fetchedColumns(session, statement.sql);
  // What there is to execute is described by its own statement.
  if (statement.keyword === 'EXECUTE') return executedStatement(session, statement) === undefined ? null : undefined;
  if (statement.keyword === 'SELECT') return loneFunctionColumns(statement);
  return withoutRows.has(statement.keyword) ? null : undefined;
}
