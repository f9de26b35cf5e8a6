import { type Awaitable, andThen } from '../awaitable.js';
import { parseDeclare } from '../cursors/parse-declare.js';
import { inFailedBlock } from '../errors/statement-errors.js';
import type { Outcome } from '../results/normalise.js';
import { answerSessionStatement } from '../session-statements/answer.js';
import { parseCopyStatement, requireCopySyntax } from '../sql/copy-statement.js';
import { leavesTransactionUnqueried } from '../sql/query-keywords.js';
import { parseTransactionCommand, preparesTransaction } from '../sql/transaction-command.js';
import type { ClientSession } from './client-session.js';
import { copyIn } from './copy/copy-in.js';
import { copyOut } from './copy/copy-out.js';
import { tracingCopy } from './copy/trace-copy.js';
import { columnsOf } from './extended-query/describe.js';
import { revalidate } from './extended-query/revalidate.js';
import { answerQuery } from './handler/answer-query.js';
import { askHandler } from './handler/ask-handler.js';
import type { StatementRequest } from './handler/statement-request.js';
import { isPlain } from './plain-statement.js';
import { requireWritable } from './transaction/require-writable.js';
import { endTransaction, runTransactionCommand } from './transaction/transaction-command.js';

/**
 * Runs one statement and gives its outcome, rows not yet read. Who answers (design, section 3): the session for transaction
 * commands, COPY over the connection and session statements, as far as they are its own; PostgreSQL itself for its own tables;
 * else the user's handler.
 */
export function runStatement(session: ClientSession, request: StatementRequest): Awaitable<Outcome> {
  const { statement } = request;
  const { transaction } = session;
  session.settingValues.beginStatement();
  if (isPlain(session, statement)) {
    if (transaction.failed) throw inFailedBlock();
    requireWritable(session, statement);
    transaction.isQueried = true;
    return askHandler(session, request);
  }
  if (session.host.copy === 'server') requireCopySyntax(statement);
  // Where transactions are the handler's, another PostgreSQL says what it cuts.
  const tell = session.host.sessionStatements === 'server' ? session.tell : undefined;
  const command = parseTransactionCommand(statement, tell);
  if (command !== null) return andThen(runTransactionCommand(session, command, request), tagOutcome);
  const prepares = transaction.kind === 'block' && preparesTransaction(statement);
  if (transaction.failed) {
    if (!prepares) throw inFailedBlock();
    // There is nothing to prepare: PostgreSQL rolls back.
    const rollback = { kind: 'rollback', chain: false, implicit: false, sql: 'ROLLBACK' } as const;
    return andThen(runTransactionCommand(session, rollback, request), tagOutcome);
  }
  requireWritable(session, statement);
  if (!leavesTransactionUnqueried(statement)) transaction.isQueried = true;
  const copy = session.host.copy === 'server' ? parseCopyStatement(statement) : null;
  if (copy !== null) {
    const work = copy.direction === 'in' ? copyIn : copyOut;
    return tracingCopy(session, copy.direction, (onBytes) => work(session, copy, request, onBytes)).then(tagOutcome);
  }
  const outcome = andThen(
    answerSessionStatement(session, request, {
      run: (inner) => runStatement(session, inner),
      learnTypes: (prepared) => columnsOf(session, prepared, 'leave'),
      revalidate: (prepared) => revalidate(session, prepared),
    }),
    (own): Awaitable<Outcome> =>
      own ?? andThen(answerQuery(session, request), (answer) => noting(session, request, answer)),
  );
  if (!prepares) return outcome;
  return andThen(outcome, (prepared) => andThen(endTransaction(session, 'commit', request.interrupt), () => prepared));
}

/** Remembers a cursor that the handler has declared. */
function noting(session: ClientSession, { statement }: StatementRequest, answer: Outcome): Outcome {
  if (statement.keyword !== 'DECLARE' || answer.kind !== 'tag') return answer;
  const declaration = parseDeclare(statement);
  const { handlersCursors, transaction } = session;
  if (declaration) handlersCursors.declare(declaration.name, declaration.options.hold, transaction.depth);
  return answer;
}

const tagOutcome = (tag: string): Outcome => ({ kind: 'tag', tag });
