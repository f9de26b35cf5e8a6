import { type Awaitable, andThen } from '../awaitable.js';
import { normaliseResult, type Outcome } from '../results/normalise.js';
import { callHandler } from './call-handler.js';
import type { ClientSession } from './client-session.js';
import { HandlerContext } from './handler-context.js';
import type { StatementRequest } from './statement-request.js';

/** Gives a statement to the user's `handleQuery`. */
export function askHandler(session: ClientSession, request: StatementRequest): Awaitable<Outcome> {
  const { interrupt } = request;
  return andThen(
    callHandler(session, request.statement.sql, new HandlerContext(session, request), interrupt),
    (result) => normaliseResult(result, interrupt),
  );
}
