import { PgError, sqlstate } from '@riffq/wire';
import { inFailedBlock } from '../errors.js';
import { sendRows } from '../results/send-rows.js';
import { describeSessionStatement } from '../session-statements/describe.js';
import { parseCopyStatement } from '../sql/copy-statement.js';
import { parseTransactionCommand } from '../sql/transaction-command.js';
import type { ClientSession } from './client-session.js';
import { closeRows } from './close-rows.js';
import { columnsOf, requireSameColumns, resolveFormats, sendColumns } from './describe.js';
import { withPosition } from './error-position.js';
import { refuseInFailedBlock } from './extended-query.js';
import type { MessageSource } from './message-source.js';
import type { Portal } from './prepared-statement.js';
import { runStatement } from './run-statement.js';
import { beginImplicit } from './transaction-command.js';

/**
 * Describe of a portal. Directly followed by the portal's Execute, the query runs once and gives both; else a reading
 * query runs now and its rows wait for Execute.
 */
export async function describePortal(session: ClientSession, portal: Portal, messages: MessageSource): Promise<void> {
  const { statement } = portal.prepared;
  const runs = portal.state.kind === 'bound' && !session.transaction.failed;
  if (runs && statement !== null && describeSessionStatement(session, statement) === undefined) {
    const next = await messages.peek();
    if (next?.type === 'Execute' && next.portal === portal.name) {
      messages.take();
      await execute(session, portal, next.maxRows, messages, 'describe');
      return;
    }
  }
  if (portal.columns === undefined) {
    const columns = await columnsOf(session, portal.prepared, 'leave');
    if (columns === undefined) await start(session, portal, messages);
    else portal.columns = columns;
  } else if (portal.columns !== null && session.transaction.failed) throw inFailedBlock();
  sendColumns(session, portal.columns ?? null, portal.resultFormats);
}

/** Execute: runs the portal, or goes on where it was suspended. */
export async function execute(
  session: ClientSession,
  portal: Portal,
  maxRows: number,
  messages: MessageSource,
  before: 'describe' | 'nothing' = 'nothing',
): Promise<void> {
  const { statement } = portal.prepared;
  if (statement === null) {
    session.send({ type: 'EmptyQueryResponse' });
    return;
  }
  refuseInFailedBlock(session, statement);
  if (session.transaction.failed && portal.state.kind === 'done') throw inFailedBlock();
  session.transaction.continuePipeline();
  if (portal.state.kind === 'bound') await start(session, portal, messages);
  const { state } = portal;
  switch (state.kind) {
    case 'rows':
      if (before === 'describe') sendColumns(session, state.rows.fields, portal.resultFormats);
      await withPosition(statement, () => sendPortalRows(session, portal, state, maxRows));
      break;
    case 'tag':
      if (before === 'describe') sendColumns(session, null, []);
      portal.state = { kind: 'done', tag: null };
      session.send({ type: 'CommandComplete', tag: state.tag });
      break;
    case 'done':
      // A finished query gives no more rows; a finished command cannot be run again.
      if (state.tag === null) throw cannotBeRun(portal.name);
      session.send({ type: 'CommandComplete', tag: state.tag(0) });
  }
  if (parseTransactionCommand(statement) === null) session.transaction.beginPipeline();
}

type RowsState = Extract<Portal['state'], { kind: 'rows' }>;

async function sendPortalRows(
  session: ClientSession,
  portal: Portal,
  state: RowsState,
  maxRows: number,
): Promise<void> {
  const { rows, controller } = state;
  try {
    await session.running(controller, async () => {
      const { count, ended } = await sendRows(rows, session.outbound, maxRows, controller.signal);
      if (ended) {
        portal.state = { kind: 'done', tag: rows.tag };
        session.send({ type: 'CommandComplete', tag: rows.tag(count) });
      } else session.send({ type: 'PortalSuspended' });
    });
  } catch (error) {
    portal.state = { kind: 'done', tag: null };
    await closeRows(session, rows, controller.signal);
    throw error;
  }
}

/** Runs the portal's statement up to its first row. */
async function start(session: ClientSession, portal: Portal, messages: MessageSource): Promise<void> {
  const { prepared, args } = portal;
  const { statement, parameterTypes } = prepared;
  if (portal.state.kind !== 'bound' || statement === null) throw cannotBeRun(portal.name);
  const controller = new AbortController();
  const { signal } = controller;
  const request = { statement, args, parameterTypes, protocol: 'extended', signal } as const;
  portal.state = { kind: 'done', tag: null };
  const run = async (): Promise<void> => {
    // With Sync behind it the statement stands by itself; anything else makes a block of what comes.
    const announces = session.connection.handleTransaction !== undefined && session.transaction.kind === 'idle';
    // A client sends its Sync behind COPY data only once it has been asked for them.
    const waits = parseTransactionCommand(statement) === null && parseCopyStatement(statement)?.direction !== 'in';
    if (announces && waits && (await messages.peek())?.type !== 'Sync') {
      await beginImplicit(session, signal);
    }
    const outcome = await runStatement(session, request);
    if (outcome.kind === 'tag') {
      portal.state = outcome;
      portal.columns = null;
      if (prepared.columns !== undefined) requireSameColumns(prepared.columns, outcome);
      return;
    }
    const { rows } = outcome;
    try {
      if (prepared.columns !== undefined) requireSameColumns(prepared.columns, outcome);
      rows.start(resolveFormats(portal.resultFormats, rows.fields.length));
      portal.state = { kind: 'rows', rows, controller };
      portal.columns = rows.fields;
    } catch (error) {
      await closeRows(session, rows, signal);
      throw error;
    }
  };
  await withPosition(statement, () => session.running(controller, run));
}

function cannotBeRun(name: string): PgError {
  return new PgError({
    sqlstate: sqlstate.object_not_in_prerequisite_state,
    message: `portal "${name}" cannot be run`,
  });
}
