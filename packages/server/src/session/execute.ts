import { type Awaitable, andThen } from '../awaitable.js';
import { advance } from '../cursors/position.js';
import { cannotBeRun, inFailedBlock } from '../errors/statement-errors.js';
import { Interrupt } from '../interrupt.js';
import { sendRows } from '../results/send-rows.js';
import { describeSessionStatement } from '../session-statements/describe.js';
import { parseCopyStatement } from '../sql/copy-statement.js';
import type { Statement } from '../sql/statement.js';
import { parseTransactionCommand } from '../sql/transaction-command.js';
import type { ClientSession } from './client-session.js';
import { closingOnError } from './close-rows.js';
import { columnsOf, sendColumns } from './describe.js';
import { withPosition } from './error-position.js';
import { refuseInFailedBlock } from './extended-query.js';
import type { MessageSource } from './message-source.js';
import { isPlain } from './plain-statement.js';
import type { Portal } from './prepared-statement.js';
import { requireSameColumns } from './require-same-columns.js';
import { resolveFormats } from './resolve-formats.js';
import { runStatement } from './run-statement.js';
import { withStatementTimeout } from './statement-timeout.js';
import { tracedRows, tracingStatement } from './trace-statement.js';
import { beginImplicit } from './transaction-command.js';
import { transferCopy } from './transfer-copy.js';

/**
 * Describe of a portal. Directly followed by the portal's Execute, the query runs once and gives both; else a reading
 * query runs now and its rows wait for Execute.
 */
export function describePortal(session: ClientSession, portal: Portal, messages: MessageSource): Awaitable<void> {
  const { statement } = portal.prepared;
  const runs = portal.state.kind === 'bound' && !session.transaction.failed;
  const isOwn = (statement: Statement): boolean =>
    !isPlain(session, statement) && describeSessionStatement(session, statement) !== undefined;
  if (!runs || statement === null || isOwn(statement)) {
    return describeAlone(session, portal, messages);
  }
  return andThen(messages.peek(), (next) => {
    if (next?.type !== 'Execute' || next.portal !== portal.name) return describeAlone(session, portal, messages);
    messages.take();
    return execute(session, portal, next.maxRows, messages, 'describe');
  });
}

async function describeAlone(session: ClientSession, portal: Portal, messages: MessageSource): Promise<void> {
  if (portal.columns === undefined) {
    const columns = await columnsOf(session, portal.prepared, 'leave');
    if (columns === undefined) await start(session, portal, 0, messages);
    else portal.columns = columns;
  } else if (portal.columns !== null && session.transaction.failed) throw inFailedBlock();
  sendColumns(session, portal.columns ?? null, portal.resultFormats);
}

/** Execute: runs the portal, or goes on where it was suspended. */
export function execute(
  session: ClientSession,
  portal: Portal,
  maxRows: number,
  messages: MessageSource,
  before: 'describe' | 'nothing' = 'nothing',
): Awaitable<void> {
  const { statement } = portal.prepared;
  if (statement === null) {
    session.send({ type: 'EmptyQueryResponse' });
    return;
  }
  return tracingStatement(session, statement, 'extended', () =>
    executeStatement(session, portal, statement, maxRows, messages, before),
  );
}

function executeStatement(
  session: ClientSession,
  portal: Portal,
  statement: Statement,
  maxRows: number,
  messages: MessageSource,
  before: 'describe' | 'nothing',
): Awaitable<void> {
  refuseInFailedBlock(session, statement);
  if (session.transaction.failed && portal.state.kind === 'done') throw inFailedBlock();
  session.transaction.continuePipeline();
  const started = portal.state.kind === 'bound' ? start(session, portal, maxRows, messages) : undefined;
  const answered = andThen(started, () => answer(session, portal, statement, maxRows, before));
  return andThen(answered, () => {
    if (parseTransactionCommand(statement) === null) session.transaction.beginPipeline();
  });
}

function answer(
  session: ClientSession,
  portal: Portal,
  statement: Statement,
  maxRows: number,
  before: 'describe' | 'nothing',
): Awaitable<void> {
  const { state } = portal;
  switch (state.kind) {
    case 'rows':
      if (before === 'describe') sendColumns(session, state.rows.fields, portal.resultFormats);
      return withPosition(statement, () => sendPortalRows(session, portal, state, maxRows));
    case 'lent':
      throw cannotBeRun(portal.name);
    case 'tag':
      if (before === 'describe') sendColumns(session, null, []);
      portal.state = spent;
      session.send({ type: 'CommandComplete', tag: state.tag });
      return;
    case 'copy': {
      const { outcome, interrupt } = state;
      if (before === 'describe') sendColumns(session, null, []);
      portal.state = spent;
      const copied = withPosition(statement, () =>
        running(session, interrupt, () => transferCopy(session, outcome, interrupt)),
      );
      return andThen(copied, (tag) => session.send({ type: 'CommandComplete', tag }));
    }
    case 'done':
      // A finished query gives no more rows; a finished command cannot be run again.
      if (state.tag === null) throw cannotBeRun(portal.name);
      session.send({ type: 'CommandComplete', tag: state.tag(0) });
  }
}

function running<T>(session: ClientSession, interrupt: Interrupt, work: () => Awaitable<T>): Awaitable<T> {
  return session.running(interrupt, () => withStatementTimeout(session, interrupt, work));
}

/** What has failed, or was a command, cannot be run again. */
const spent = { kind: 'done', tag: null } as const;

type RowsState = Extract<Portal['state'], { kind: 'rows' }>;

function sendPortalRows(session: ClientSession, portal: Portal, state: RowsState, maxRows: number): Awaitable<void> {
  const { rows, interrupt } = state;
  portal.state = spent;
  return closingOnError(session, rows, interrupt, () =>
    running(session, interrupt, () =>
      andThen(sendRows(tracedRows(session, rows), session.outbound, maxRows, interrupt), ({ count, ended }) => {
        portal.position = advance(portal.position, count, ended);
        if (ended) {
          portal.state = { kind: 'done', tag: rows.tag };
          session.send({ type: 'CommandComplete', tag: rows.tag(count) });
          return;
        }
        portal.state = state;
        session.send({ type: 'PortalSuspended' });
      }),
    ),
  );
}

/** Runs the portal's statement up to its first row. */
function start(session: ClientSession, portal: Portal, maxRows: number, messages: MessageSource): Awaitable<void> {
  const { statement } = portal.prepared;
  if (portal.state.kind !== 'bound' || statement === null) throw cannotBeRun(portal.name);
  session.begin(statement.sql);
  const interrupt = new Interrupt();
  portal.state = spent;
  return withPosition(statement, () =>
    running(session, interrupt, () =>
      andThen(announce(session, statement, messages, interrupt), () =>
        run(session, portal, statement, maxRows, interrupt),
      ),
    ),
  );
}

/**
 * With Sync behind it a statement stands by itself; anything else makes a block of what comes, which `handleTransaction` is
 * told of. A client sends its Sync behind COPY data only once it has been asked for them.
 */
function announce(
  session: ClientSession,
  statement: Statement,
  messages: MessageSource,
  interrupt: Interrupt,
): Awaitable<void> {
  if (session.connection.handleTransaction === undefined || session.transaction.kind !== 'idle') return;
  if (parseTransactionCommand(statement) !== null || parseCopyStatement(statement)?.direction === 'in') return;
  return andThen(messages.peek(), (next) => {
    if (next?.type !== 'Sync') return beginImplicit(session, interrupt);
  });
}

function run(
  session: ClientSession,
  portal: Portal,
  statement: Statement,
  maxRows: number,
  interrupt: Interrupt,
): Awaitable<void> {
  const { prepared, args, encodedArgs, resultFormats } = portal;
  const request = {
    statement,
    args,
    encodedArgs,
    resultFormats,
    maxRows,
    parameterTypes: prepared.parameterTypes,
    protocol: 'extended',
    interrupt,
  } as const;
  return andThen(runStatement(session, request), (outcome) => {
    if (outcome.kind === 'tag') {
      portal.state = outcome;
      portal.columns = null;
      if (prepared.columns !== undefined) requireSameColumns(prepared.columns, outcome);
      return;
    }
    if (outcome.kind !== 'rows') {
      portal.state = { kind: 'copy', outcome, interrupt };
      portal.columns = null;
      if (prepared.columns !== undefined) requireSameColumns(prepared.columns, outcome);
      return;
    }
    const { rows } = outcome;
    return closingOnError(session, rows, interrupt, () => {
      if (prepared.columns !== undefined) requireSameColumns(prepared.columns, outcome);
      rows.start(resolveFormats(portal.resultFormats, rows.fields.length), session.settingValues.output);
      portal.state = { kind: 'rows', rows, interrupt };
      portal.columns = rows.fields;
    });
  });
}
