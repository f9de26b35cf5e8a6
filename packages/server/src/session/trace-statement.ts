import type { Awaitable } from '../awaitable.js';
import { firstRowChannel, isTraced, type StatementTrace, statementChannel, traced } from '../diagnostics.js';
import { countedRows } from '../results/counted-rows.js';
import type { RowStream } from '../results/row-stream.js';
import { parseCopyStatement } from '../sql/copy-statement.js';
import type { Statement } from '../sql/statement.js';
import { parseTransactionCommand } from '../sql/transaction-command.js';
import type { ClientSession } from './client-session.js';

/** Whether anybody wants to be told of statements. */
export function isStatementTraced(): boolean {
  return isTraced(statementChannel) || firstRowChannel.hasSubscribers;
}

/** Runs a statement, and tells of it. */
export async function traceStatement<T>(
  session: ClientSession,
  statement: Statement,
  protocol: StatementTrace['protocol'],
  work: () => Awaitable<T>,
): Promise<T> {
  const kind = kindOf(session, statement);
  const event: StatementTrace = {
    session,
    sql: statement.sql,
    protocol,
    kind,
    begun: performance.now(),
    rows: 0,
    bytes: 0,
  };
  session.trace = event;
  try {
    return await traced(statementChannel, event, work);
  } finally {
    session.trace = undefined;
  }
}

/** Who answers a statement is found out when it is answered, but for what its words say. */
function kindOf(session: ClientSession, statement: Statement): StatementTrace['kind'] {
  if (parseTransactionCommand(statement) !== null) return 'transaction';
  return session.host.copy === 'server' && parseCopyStatement(statement) !== null ? 'copy' : 'session';
}

/** Says who answers. */
export function traceKind({ trace }: ClientSession, kind: StatementTrace['kind']): void {
  if (trace?.kind === 'session') trace.kind = kind;
}

/** Rows of the running statement, counted while somebody listens. */
export function tracedRows({ trace }: ClientSession, rows: RowStream): RowStream {
  if (trace === undefined) return rows;
  return countedRows(rows, (count, bytes) => {
    if (trace.rows === 0) {
      trace.firstRow = performance.now() - trace.begun;
      firstRowChannel.publish(trace);
    }
    trace.rows += count;
    trace.bytes += bytes;
  });
}
