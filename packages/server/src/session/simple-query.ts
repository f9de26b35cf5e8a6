import { setImmediate } from 'node:timers/promises';
import { sendRows } from '../results/send-rows.js';
import { splitStatements } from '../sql/statement.js';
import type { StatementRequest } from './ask-handler.js';
import type { ClientSession } from './client-session.js';
import { closeRows } from './close-rows.js';
import { withPosition } from './error-position.js';
import { runStatement } from './run-statement.js';
import { beginImplicit, endTransaction } from './transaction-command.js';

const statementsPerTurn = 100;

/**
 * A Query message (manual, section 54.2.2): its statements run one after another, several of them as one implicit block;
 * the first error ends the rest. What is sent behind an Execute without a Sync is of the same pipeline and its transaction.
 */
export async function simpleQuery(session: ClientSession, sql: string): Promise<void> {
  session.statements.delete('');
  await session.closePortal('');
  session.transaction.continuePipeline();
  const statements = splitStatements(sql);
  let current = statements.next();
  if (current.done) session.send({ type: 'EmptyQueryResponse' });
  const controller = new AbortController();
  const { signal } = controller;
  await session.running(controller, async () => {
    let several = false;
    for (let count = 1; !current.done; count += 1) {
      const statement = current.value;
      const next = statements.next();
      several ||= !next.done;
      const request = { statement, args: [], parameterTypes: [], protocol: 'simple', signal } as const;
      await withPosition(statement, async () => {
        if (several) await beginImplicit(session, signal);
        await answer(session, request);
      });
      if (session.outbound.full) await session.outbound.drain();
      // A text may hold any number of statements: other clients must get their turn.
      if (count % statementsPerTurn === 0) await setImmediate();
      current = next;
    }
    const { kind } = session.transaction;
    if (kind === 'idle' || (kind === 'implicit' && several)) await endTransaction(session, 'commit', signal);
  });
}

async function answer(session: ClientSession, request: StatementRequest): Promise<void> {
  const outcome = await runStatement(session, request);
  if (outcome.kind === 'tag') {
    session.send({ type: 'CommandComplete', tag: outcome.tag });
    return;
  }
  const { rows } = outcome;
  let count: number;
  try {
    rows.start(rows.fields.map(() => 'text'));
    session.send({ type: 'RowDescription', fields: rows.fields.map((field) => ({ ...field, format: 'text' })) });
    ({ count } = await sendRows(rows, session.outbound, 0, request.signal));
  } catch (error) {
    await closeRows(session, rows, request.signal);
    throw error;
  }
  session.send({ type: 'CommandComplete', tag: rows.tag(count) });
}
