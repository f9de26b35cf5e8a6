import { setImmediate } from 'node:timers/promises';
import type { FieldDescription, Format } from '@riffq/wire';
import { type Awaitable, andThen } from '../awaitable.js';
import { Interrupt } from '../interrupt.js';
import { inFormats } from '../results/in-formats.js';
import type { Outcome, RowsOutcome } from '../results/normalise.js';
import { sendRows } from '../results/send-rows.js';
import { type Statement, splitStatements } from '../sql/statement.js';
import { beginsTransaction, endsTransaction } from '../sql/transaction-command.js';
import { asRunning } from './as-running.js';
import { asStatement } from './as-statement.js';
import type { ClientSession } from './client-session.js';
import { transferCopy } from './copy/transfer-copy.js';
import { withPosition } from './error-position.js';
import { closePortal } from './extended-query/portals.js';
import { closingOnError } from './handler/close-rows.js';
import { runStatement } from './run-statement.js';
import { isStatementTraced, tracedRows, traceStatement } from './trace-statement.js';
import { beginImplicit, endTransaction } from './transaction/transaction-command.js';

/** What a text has been found to hold. */
type Only = Statement | 'none' | 'several';

const statementsPerTurn = 100;
const none: readonly [] = [];

/** Ends the transaction that a statement is the last of. */
type Commit = () => Awaitable<void>;
const nothing: Commit = () => {};

/**
 * A Query message (manual, section 54.2.2): its statements run one after another, several of them as one implicit block;
 * the first error ends the rest. What is sent behind an Execute without a Sync is of the same pipeline and its transaction.
 */
export function simpleQuery(session: ClientSession, sql: string): Awaitable<void> {
  session.begin(sql);
  session.statements.delete('');
  const statement = session.host.statements.only(sql, session.settingValues.escapesInStrings);
  const closing = replacesPortal(session, sql, statement) ? closePortal(session, '') : undefined;
  return closing === undefined
    ? runText(session, sql, statement)
    : closing.then(() => runText(session, sql, statement));
}

/** The first statement that runs takes the unnamed portal for itself. */
function replacesPortal({ portals, transaction, settingValues }: ClientSession, sql: string, only: Only): boolean {
  if (only === 'none' || !portals.has('')) return false;
  if (!transaction.failed) return true;
  const [first] = only === 'several' ? splitStatements(sql, settingValues.escapesInStrings) : [only];
  return first !== undefined && endsTransaction(first);
}

function runText(session: ClientSession, sql: string, statement: Only): Awaitable<void> {
  session.transaction.continuePipeline();
  const interrupt = new Interrupt();
  if (statement === 'none') {
    session.send({ type: 'EmptyQueryResponse' });
    return asRunning(session, interrupt, () => commitAlone(session, interrupt));
  }
  if (statement === 'several') return asRunning(session, interrupt, () => runSeveral(session, sql, interrupt));
  return runOnly(session, statement, interrupt);
}

/** A text of one statement, as most are. */
function runOnly(session: ClientSession, statement: Statement, interrupt: Interrupt): Awaitable<void> {
  const commit = (): Awaitable<void> => commitAlone(session, interrupt);
  return asStatement(session, statement, interrupt, () => run(session, statement, interrupt, commit));
}

/** A statement by itself is a transaction by itself, unless the client has begun one. */
export function commitAlone(session: ClientSession, interrupt: Interrupt): Awaitable<void> {
  if (session.transaction.kind === 'idle') return endTransaction(session, 'commit', interrupt);
}

async function runSeveral(session: ClientSession, sql: string, interrupt: Interrupt): Promise<void> {
  const commit = (): Awaitable<void> => {
    if (session.transaction.kind !== 'block') return endTransaction(session, 'commit', interrupt);
  };
  const statements = splitStatements(sql, session.settingValues.escapesInStrings);
  let next = statements.next();
  for (let count = 1; next.done !== true; count += 1) {
    const statement = next.value;
    next = statements.next();
    const ending = next.done === true ? commit : nothing;
    // BEGIN begins by itself, with its modes.
    if (!beginsTransaction(statement)) await withPosition(statement, () => beginImplicit(session, interrupt));
    await asStatement(session, statement, interrupt, () => run(session, statement, interrupt, ending));
    // Between two of them a cancel still means the text.
    session.beginRunning(interrupt);
    if (session.outbound.full) await session.outbound.drain();
    // A text may hold any number of statements: others must get their turn.
    if (count % statementsPerTurn === 0) await setImmediate();
  }
}

/** Runs a statement and answers it. What `commit` does may fail: then the statement is not said to be complete. */
function run(session: ClientSession, statement: Statement, interrupt: Interrupt, commit: Commit): Awaitable<void> {
  return isStatementTraced()
    ? traceStatement(session, statement, 'simple', () => runStatementAndAnswer(session, statement, interrupt, commit))
    : runStatementAndAnswer(session, statement, interrupt, commit);
}

function runStatementAndAnswer(
  session: ClientSession,
  statement: Statement,
  interrupt: Interrupt,
  commit: Commit,
): Awaitable<void> {
  const outcome = runStatement(session, { statement, args: none, parameterTypes: none, protocol: 'simple', interrupt });
  return outcome instanceof Promise
    ? outcome.then((settled) => answerQueryMessage(session, statement, settled, interrupt, commit))
    : answerQueryMessage(session, statement, outcome, interrupt, commit);
}

/** Sends what a statement of a Query gives; that it is complete, when what it has done is committed. */
export function answerQueryMessage(
  session: ClientSession,
  statement: Statement,
  outcome: Outcome,
  interrupt: Interrupt,
  commit: Commit,
): Awaitable<void> {
  if (outcome.kind === 'tag') return complete(session, outcome.tag, commit);
  if (outcome.kind !== 'rows') {
    return andThen(transferCopy(session, outcome, interrupt), (tag) => complete(session, tag, commit));
  }
  const { rows } = outcome;
  return sendResult(session, statement, outcome, interrupt, (count) =>
    outcome.further === undefined
      ? complete(session, rows.tag(count), commit)
      : sendFurther(session, statement, outcome, interrupt).then(() => complete(session, rows.tag(count), commit)),
  );
}

/** Sends rows with their description. What is done then may fail: then they are closed. */
function sendResult(
  session: ClientSession,
  statement: Statement,
  outcome: RowsOutcome,
  interrupt: Interrupt,
  then: (count: number) => Awaitable<void>,
): Awaitable<void> {
  const { rows } = outcome;
  return closingOnError(session, rows, interrupt, () => {
    const formats = rows.fields.map((field) => outcome.simpleFormat ?? simpleFormat(statement, field));
    rows.start(formats, session.settingValues.output);
    session.send({ type: 'RowDescription', fields: inFormats(rows.fields, formats) });
    return andThen(sendRows(tracedRows(session, rows), session.outbound, 0, interrupt), ({ count }) => then(count));
  });
}

async function sendFurther(
  session: ClientSession,
  statement: Statement,
  { further }: RowsOutcome,
  interrupt: Interrupt,
): Promise<void> {
  const next = await interrupt.race(Promise.resolve(further?.()));
  if (next === undefined) return;
  await sendResult(session, statement, next, interrupt, () => sendFurther(session, statement, next, interrupt));
}

/** A Query's rows are text, but for those of a binary cursor, which may be the handler's. */
function simpleFormat({ keyword }: Statement, { format = 'text' }: FieldDescription): Format {
  return keyword === 'FETCH' ? format : 'text';
}

function complete(session: ClientSession, tag: string, commit: Commit): Awaitable<void> {
  return andThen(commit(), () => session.send({ type: 'CommandComplete', tag }));
}
