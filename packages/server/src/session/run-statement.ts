import { inFailedBlock } from '../errors.js';
import type { Outcome } from '../results/normalise.js';
import { answerSessionStatement } from '../session-statements/answer.js';
import { parseCopyStatement } from '../sql/copy-statement.js';
import { parseTransactionCommand, preparesTransaction } from '../sql/transaction-command.js';
import { askHandler, type StatementRequest } from './ask-handler.js';
import type { ClientSession } from './client-session.js';
import { copyIn } from './copy-in.js';
import { copyOut } from './copy-out.js';
import { endTransaction, runTransactionCommand } from './transaction-command.js';

/**
 * Runs one statement and gives its outcome, rows not yet read. Who answers (design, section 3): the session for transaction
 * commands, COPY over the connection and session statements, as far as they are its own; else the user's handler.
 */
export async function runStatement(session: ClientSession, request: StatementRequest): Promise<Outcome> {
  const { statement } = request;
  const { transaction } = session;
  const command = parseTransactionCommand(statement);
  if (command !== null) {
    const tag = await runTransactionCommand(session, command, request);
    return { kind: 'tag', tag };
  }
  const prepares = transaction.kind === 'block' && preparesTransaction(statement);
  if (transaction.failed) {
    if (!prepares) throw inFailedBlock();
    // There is nothing to prepare: PostgreSQL rolls back.
    const rollback = { kind: 'rollback', chain: false, implicit: false, sql: 'ROLLBACK' } as const;
    return { kind: 'tag', tag: await runTransactionCommand(session, rollback, request) };
  }
  const copy = parseCopyStatement(statement);
  if (copy !== null) {
    const tag = copy.direction === 'in' ? await copyIn(session, copy, request) : await copyOut(session, copy, request);
    return { kind: 'tag', tag };
  }
  const outcome = (await answerSessionStatement(session, statement)) ?? (await askHandler(session, request));
  if (prepares) await endTransaction(session, 'commit', request.signal);
  return outcome;
}
