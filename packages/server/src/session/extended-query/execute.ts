import type { FrontendMessage } from '@riffq/wire';
import { type Awaitable, andThen } from '../../awaitable.js';
import { advance } from '../../cursors/position.js';
import { cannotBeRun, inFailedBlock } from '../../errors/statement-errors.js';
import { Interrupt } from '../../interrupt.js';
import type { Outcome } from '../../results/normalise.js';
import { type SentRows, sendRows } from '../../results/send-rows.js';
import { mayDescribe } from '../../session-statements/describe.js';
import { parseCopyStatement } from '../../sql/copy-statement.js';
import type { Statement } from '../../sql/statement.js';
import { classifyStatement } from '../../sql/statement-class.js';
import { parseTransactionCommand } from '../../sql/transaction-command.js';
import { asStatement } from '../as-statement.js';
import { mayBeCatalogs } from '../catalog-query.js';
import type { ClientSession } from '../client-session.js';
import { transferCopy } from '../copy/transfer-copy.js';
import { closingOnError } from '../handler/close-rows.js';
import type { MessageSource } from '../message-source.js';
import { isPlain } from '../plain-statement.js';
import { runStatement } from '../run-statement.js';
import { isStatementTraced, tracedRows, traceStatement } from '../trace-statement.js';
import { beginImplicit } from '../transaction/transaction-command.js';
import { columnsOf, sendColumns } from './describe.js';
import { refuseInFailedBlock } from './extended-query.js';
import { keepOutcome, portalRequest, startRows } from './keep-outcome.js';
import type { Portal } from './prepared-statement.js';
import { withChangedColumns } from './refused-formats.js';

/**
 * Describe of a portal, by `handleDescribe` where there is one. Else, directly followed by the portal's Execute, the query
 * runs once and gives both; otherwise a reading query runs now and its rows wait for Execute.
 */
export function describePortal(session: ClientSession, portal: Portal, messages: MessageSource): Awaitable<void> {
  const { statement } = portal.prepared;
  const runs = portal.state.kind === 'bound' && !session.transaction.failed;
  if (!runs || statement === null || isOwn(session, statement) || isDescribed(session, statement))
    return describeAlone(session, portal, messages);
  const next = messages.peek();
  return next instanceof Promise
    ? next.then((arrived) => describeBefore(session, portal, arrived, messages))
    : describeBefore(session, portal, next, messages);
}

function isOwn(session: ClientSession, statement: Statement): boolean {
  return !isPlain(session, statement) && mayDescribe(session, statement);
}

function isDescribed(session: ClientSession, { sql }: Statement): boolean {
  return session.connection.handleDescribe !== undefined && !mayBeCatalogs(session, sql);
}

/** Describes a portal, and runs it at once if that is what comes next. */
function describeBefore(
  session: ClientSession,
  portal: Portal,
  next: FrontendMessage | undefined,
  messages: MessageSource,
): Awaitable<void> {
  if (next?.type !== 'Execute' || session.portals.get(next.portal) !== portal)
    return describeAlone(session, portal, messages);
  messages.take();
  if (!isKnownToReturnNothing(session, portal)) return execute(session, portal, next.maxRows, messages, 'describe');
  sendColumns(session, null, []);
  return execute(session, portal, next.maxRows, messages);
}

/** What returns no rows by its first keyword is described before it runs: it may fail. */
function isKnownToReturnNothing(session: ClientSession, { prepared }: Portal): boolean {
  const { statement, columns } = prepared;
  if (statement === null || columns !== undefined || session.connection.handleDescribe !== undefined) {
    return columns === null;
  }
  if (classifyStatement(statement) !== 'noRows') return false;
  prepared.columns = null;
  return true;
}

async function describeAlone(session: ClientSession, portal: Portal, messages: MessageSource): Promise<void> {
  if (portal.columns === undefined) {
    const columns = await columnsOf(session, portal.prepared, 'leave');
    if (columns === undefined) await start(session, portal, 0, messages, nothingMore);
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
  return isStatementTraced()
    ? traceStatement(session, statement, 'extended', () =>
        executeStatement(session, portal, statement, maxRows, messages, before),
      )
    : executeStatement(session, portal, statement, maxRows, messages, before);
}

function executeStatement(
  session: ClientSession,
  portal: Portal,
  statement: Statement,
  maxRows: number,
  messages: MessageSource,
  before: 'describe' | 'nothing',
): Awaitable<void> {
  const { transaction } = session;
  refuseInFailedBlock(session, statement);
  // What the block's failure has ended is no more known to end a block.
  if (transaction.failed && portal.state.kind === 'done' && !portal.ofFailedBlock) throw inFailedBlock();
  transaction.continuePipeline();
  const answered =
    portal.state.kind === 'bound'
      ? start(session, portal, maxRows, messages, () => give(session, portal, maxRows, before))
      : goOn(session, portal, statement, maxRows, before);
  if (answered !== undefined) return answered.then(() => beginPipeline(session, statement));
  beginPipeline(session, statement);
}

/** What comes behind a statement without a Sync is of the same transaction. */
export function beginPipeline(session: ClientSession, statement: Statement): void {
  if (isPlain(session, statement) || parseTransactionCommand(statement) === null) session.transaction.beginPipeline();
}

/** Gives more of what has been started before. */
function goOn(
  session: ClientSession,
  portal: Portal,
  statement: Statement,
  maxRows: number,
  before: 'describe' | 'nothing',
): Awaitable<void> {
  const { state } = portal;
  if (state.kind !== 'rows' && state.kind !== 'copy') return give(session, portal, maxRows, before);
  return asStatement(session, statement, state.interrupt, () => give(session, portal, maxRows, before));
}

/** Gives what the portal has. */
function give(
  session: ClientSession,
  portal: Portal,
  maxRows: number,
  before: 'describe' | 'nothing',
): Awaitable<void> {
  const { state } = portal;
  switch (state.kind) {
    case 'rows':
      // Rows are as the settings are when they are sent, also those of a portal that was begun under others.
      startRows(session, portal, state.rows);
      if (before === 'describe') sendColumns(session, state.rows.fields, portal.resultFormats);
      return givePortalRows(session, portal, state, maxRows);
    case 'lent':
    case 'bound':
      throw cannotBeRun(portal.name);
    case 'tag':
      if (before === 'describe') sendColumns(session, null, []);
      portal.state = spent;
      session.send({ type: 'CommandComplete', tag: state.tag });
      return;
    case 'copy':
      if (before === 'describe') sendColumns(session, null, []);
      portal.state = spent;
      return andThen(transferCopy(session, state.outcome, state.interrupt), (tag) =>
        session.send({ type: 'CommandComplete', tag }),
      );
    case 'done':
      // A finished query gives no more rows; a finished command cannot be run again.
      if (state.tag === null) throw cannotBeRun(portal.name);
      session.send({ type: 'CommandComplete', tag: state.tag(0) });
  }
}

/** What has failed, or was a command, cannot be run again. */
const spent = { kind: 'done', tag: null } as const;

const nothingMore = (): void => {};

type RowsState = Extract<Portal['state'], { kind: 'rows' }>;

function givePortalRows(session: ClientSession, portal: Portal, state: RowsState, maxRows: number): Awaitable<void> {
  const { rows, interrupt } = state;
  portal.state = spent;
  return closingOnError(session, rows, interrupt, () => {
    const sent = sendRows(tracedRows(session, rows), session.outbound, maxRows, interrupt);
    return sent instanceof Promise
      ? sent.then((settled) => endExecute(session, portal, state, settled))
      : endExecute(session, portal, state, sent);
  });
}

function endExecute(session: ClientSession, portal: Portal, state: RowsState, { count, ended }: SentRows): void {
  portal.position = advance(portal.position, count, ended);
  if (ended) {
    const { tag } = state.rows;
    portal.state = { kind: 'done', tag };
    session.send({ type: 'CommandComplete', tag: tag(count) });
    return;
  }
  portal.state = state;
  session.send({ type: 'PortalSuspended' });
}

/** Runs the portal's statement up to its first row, and goes on with `next` as part of it. */
function start(
  session: ClientSession,
  portal: Portal,
  maxRows: number,
  messages: MessageSource,
  next: () => Awaitable<void>,
): Awaitable<void> {
  const { statement } = portal.prepared;
  if (portal.state.kind !== 'bound' || statement === null) throw cannotBeRun(portal.name);
  session.begin(statement.sql);
  const interrupt = new Interrupt();
  portal.state = spent;
  return asStatement(session, statement, interrupt, () => {
    const announced = announce(session, statement, messages, interrupt);
    if (announced !== undefined) {
      return announced.then(() => andThen(run(session, portal, statement, maxRows, interrupt), next));
    }
    const started = run(session, portal, statement, maxRows, interrupt);
    return started === undefined ? next() : started.then(next);
  });
}

/**
 * With Sync behind it a statement stands by itself; anything else makes a block of what comes, which `handleTransaction` is
 * told of. Behind a COPY FROM STDIN come its data, and its client may send nothing else before it is asked for them: nobody
 * can wait for what is behind those, and there is always a block.
 */
function announce(
  session: ClientSession,
  statement: Statement,
  messages: MessageSource,
  interrupt: Interrupt,
): Awaitable<void> {
  if (session.connection.handleTransaction === undefined || session.transaction.kind !== 'idle') return;
  if (parseTransactionCommand(statement) !== null) return;
  if (parseCopyStatement(statement)?.direction === 'in') return beginImplicit(session, interrupt);
  return andThen(nextBehindLateCopy(messages, statement), (next) => {
    if (next?.type !== 'Sync') return beginImplicit(session, interrupt);
  });
}

/** The next message but for what is left of a COPY that there is not, which means nothing. */
function nextBehindLateCopy(messages: MessageSource, statement: Statement): Awaitable<FrontendMessage | undefined> {
  return andThen(messages.peek(), (next) => {
    const type = next?.type;
    // A COPY of the handler's own dialect may want its data.
    const isLate = type === 'CopyDone' || type === 'CopyFail' || (type === 'CopyData' && statement.keyword !== 'COPY');
    if (!isLate) return next;
    messages.takeFrame();
    return nextBehindLateCopy(messages, statement);
  });
}

function run(
  session: ClientSession,
  portal: Portal,
  statement: Statement,
  maxRows: number,
  interrupt: Interrupt,
): Awaitable<void> {
  const { prepared, resultFormats } = portal;
  const running = runStatement(session, portalRequest(portal, statement, maxRows, interrupt));
  const outcome = withChangedColumns(running, prepared, resultFormats);
  return outcome instanceof Promise
    ? outcome.then((settled) => keepOutcome(session, portal, settled, interrupt))
    : keepOutcome(session, portal, outcome, interrupt);
}

/** Keeps what a portal's run gave, and gives it. */
export function answerPortal(
  session: ClientSession,
  portal: Portal,
  outcome: Outcome,
  interrupt: Interrupt,
  before: 'describe' | 'nothing',
): Awaitable<void> {
  return andThen(keepOutcome(session, portal, outcome, interrupt), () => give(session, portal, 0, before));
}
