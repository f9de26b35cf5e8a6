import { setImmediate } from 'node:timers/promises';
import { type Awaitable, andThen } from '../awaitable.js';
import { Interrupt } from '../interrupt.js';
import type { Outcome } from '../results/normalise.js';
import { sendRows } from '../results/send-rows.js';
import { type Statement, splitStatements } from '../sql/statement.js';
import type { ClientSession } from './client-session.js';
import { closingOnError } from './close-rows.js';
import { inFormats } from './describe.js';
import { withPosition } from './error-position.js';
import { closePortal } from './portals.js';
import { runStatement } from './run-statement.js';
import { withStatementTimeout } from './statement-timeout.js';
import { tracedRows, tracingStatement } from './trace-statement.js';
import { beginImplicit, endTransaction } from './transaction-command.js';
import { transferCopy } from './transfer-copy.js';

const statementsPerTurn = 100;

/**
 * A Query message (manual, section 54.2.2): its statements run one after another, several of them as one implicit block;
 * the first error ends the rest. What is sent behind an Execute without a Sync is of the same pipeline and its transaction.
 */
export function simpleQuery(session: ClientSession, sql: string): Awaitable<void> {
  session.begin(sql);
  session.statements.delete('');
  return andThen(closePortal(session, ''), () => {
    session.transaction.continuePipeline();
    const statements = splitStatements(sql);
    const first = statements.next();
    if (first.done) session.send({ type: 'EmptyQueryResponse' });
    const interrupt = new Interrupt();
    return session.running(interrupt, () => {
      const second = statements.next();
      if (!first.done && !second.done) return runSeveral(session, first.value, second.value, statements, interrupt);
      const answered = first.done ? undefined : run(session, first.value, interrupt);
      return andThen(answered, () => {
        if (session.transaction.kind === 'idle') return endTransaction(session, 'commit', interrupt);
      });
    });
  });
}

async function runSeveral(
  session: ClientSession,
  first: Statement,
  second: Statement,
  others: Iterable<Statement>,
  interrupt: Interrupt,
): Promise<void> {
  let count = 0;
  const runNext = async (statement: Statement): Promise<void> => {
    await withPosition(statement, () => beginImplicit(session, interrupt));
    await run(session, statement, interrupt);
    if (session.outbound.full) await session.outbound.drain();
    count += 1;
    // A text may hold any number of statements: other clients must get their turn.
    if (count % statementsPerTurn === 0) await setImmediate();
  };
  await runNext(first);
  await runNext(second);
  for (const statement of others) await runNext(statement);
  if (session.transaction.kind !== 'block') await endTransaction(session, 'commit', interrupt);
}

function run(session: ClientSession, statement: Statement, interrupt: Interrupt): Awaitable<void> {
  const request = { statement, args: [], parameterTypes: [], protocol: 'simple', interrupt } as const;
  return tracingStatement(session, statement, 'simple', () =>
    withPosition(statement, () =>
      withStatementTimeout(session, interrupt, () =>
        andThen(runStatement(session, request), (outcome) => answer(session, outcome, interrupt)),
      ),
    ),
  );
}

function answer(session: ClientSession, outcome: Outcome, interrupt: Interrupt): Awaitable<void> {
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
