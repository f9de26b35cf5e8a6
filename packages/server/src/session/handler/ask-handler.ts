import { type Awaitable, andThen } from '../../awaitable.js';
import { limitResult, limitsResults } from '../../results/limit-result.js';
import { normaliseResult, type Outcome } from '../../results/normalise.js';
import type { ClientSession } from '../client-session.js';
import { traceKind } from '../trace-statement.js';
import { callHandler } from './call-handler.js';
import { HandlerContext } from './handler-context.js';
import type { StatementRequest } from './statement-request.js';

/** Gives a statement to the user's `handleQuery`, whose rows may be too many. */
export function askHandler(session: ClientSession, request: StatementRequest): Awaitable<Outcome> {
  const { interrupt } = request;
  const { limits } = session.host;
  traceKind(session, 'handler');
  const outcome = andThen(
    callHandler(session, request.statement.sql, new HandlerContext(session, request), interrupt),
    (result) => normaliseResult(result, interrupt),
  );
  return limitsResults(limits) ? andThen(outcome, (unlimited) => limitResult(unlimited, limits)) : outcome;
}
