import { setImmediate } from 'node:timers/promises';
import { type Awaitable, andThen } from '../awaitable.js';
import { Interrupt } from '../interrupt.js';
import { inFormats } from '../results/in-formats.js';
import type { Outcome } from '../results/normalise.js';
import { sendRows } from '../results/send-rows.js';
import { type Statement, splitStatements } from '../sql/statement.js';
import { asRunning } from './as-running.js';
import { asStatement } from './as-statement.js';
import type { ClientSession } from './client-session.js';
import { closingOnError } from './close-rows.js';
import { withPosition } from './error-position.js';
import { closePortal } from './portals.js';
import { runStatement } from './run-statement.js';
import { isStatementTraced, tracedRows, traceStatement } from './trace-statement.js';
import { beginImplicit, endTransaction } from './transaction-command.js';
import { transferCopy } from './transfer-copy.js';

const statementsPerTurn = 100;
const none: readonly [] = [];

/**
 * A Query message (manual, section 54.2.2): its statements run one after another, several of them as one implicit block;
 * the first error ends the rest. What is sent behind an Execute without a Sync is of the same pipeline and its transaction.
 */
export function simpleQuery(session: ClientSession, sql: string): Awaitable<void> {
  session.begin(sql);
  session.statements.delete('');
  const closing = closePortal(session, '');
  return closing === undefined ? runText(session, sql) : closing.then(() => runText(session, sql));
}

function runText(session: ClientSession, sql: string): Awaitable<void> {
  session.transaction.continuePipeline();
  const statement = session.host.statements.only(sql);
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
  const work = (): Awaitable<void> => {
    const answered = run(session, statement, interrupt);
    return answered === undefined
      ? commitAlone(session, interrupt)
      : andThen(answered, () => commitAlone(session, interrupt));
  };
  return asStatement(session, statement, interrupt, work);
}

/** A statement by itself is a transaction by itself, unless the client has begun one. */
export function commitAlone(session: ClientSession, interrupt: Interrupt): Awaitable<void> {
  if (session.transaction.kind === 'idle') return endTransaction(session, 'commit', interrupt);
}

async function runSeveral(session: ClientSession, sql: string, interrupt: Interrupt): Promise<void> {
  let count = 0;
  for (const statement of splitStatements(sql)) {
    await withPosition(statement, () => beginImplicit(session, interrupt));
    await asStatement(session, statement, interrupt, () => run(session, statement, interrupt));
    // Between two of them a cancel still means the text.
    session.beginRunning(interrupt);
    if (session.outbound.full) await session.outbound.drain();
    count += 1;
    // A text may hold any number of statements: others must get their turn.
    if (count % statementsPerTurn === 0) await setImmediate();
  }
  if (session.transaction.kind !== 'block') await endTransaction(session, 'commit', interrupt);
}

function run(session: ClientSession, statement: Statement, interrupt: Interrupt): Awaitable<void> {
  return isStatementTraced()
    ? traceStatement(session, statement, 'simple', () => runStatementAndAnswer(session, statement, interrupt))
    : runStatementAndAnswer(session, statement, interrupt);
}

function runStatementAndAnswer(session: ClientSession, statement: Statement, interrupt: Interrupt): Awaitable<void> {
  const outcome = runStatement(session, { statement, args: none, parameterTypes: none, protocol: 'simple', interrupt });
  return outcome instanceof Promise
    ? outcome.then((settled) => answerQueryMessage(session, settled, interrupt))
    : answerQueryMessage(session, outcome, interrupt);
}

/** Sends what a statement of a Query gives. */
export function answerQueryMessage(session: ClientSession, outcome: Outcome, interrupt: Interrupt): Awaitable<void> {
  if (outcome.kind === 'tag') {
    session.send({ type: 'CommandComplete', tag: outcome.tag });
    return;
  }
  if (outcome.kind !== 'rows') {
    return andThen(transferCopy(session, outcome, interrupt), (tag) => session.send({ type: 'CommandComplete', tag }));
  }
  const { rows } = outcome;
  return closingOnError(session, rows, interrupt, () => {
    const formats = rows.fields.map(() => outcome.simpleFormat ?? 'text');
    rows.start(formats, session.settingValues.output);
    session.send({ type: 'RowDescription', fields: inFormats(rows.fields, formats) });
    return andThen(sendRows(tracedRows(session, rows), session.outbound, 0, interrupt), ({ count }) =>
      session.send({ type: 'CommandComplete', tag: rows.tag(count) }),
    );
  });
}
