import { type Awaitable, andThen } from '../awaitable.js';
import type { Interrupt } from '../interrupt.js';
import type { ParameterValue } from '../query-context.js';
import { normaliseResult, type Outcome } from '../results/normalise.js';
import type { Statement } from '../sql/statement.js';
import { callHandler } from './call-handler.js';
import type { ClientSession } from './client-session.js';

/** How a statement is to be run. */
export interface StatementRequest {
  readonly statement: Statement;
  readonly args: readonly ParameterValue[];
  readonly parameterTypes: readonly number[];
  readonly protocol: 'simple' | 'extended';
  readonly interrupt: Interrupt;
  /** Only the columns are wanted. */
  readonly describe?: boolean;
}

/** Gives a statement to the user's `handleQuery`. */
export function askHandler(session: ClientSession, request: StatementRequest): Awaitable<Outcome> {
  const { interrupt } = request;
  const context = {
    session,
    connectionId: session.connectionId,
    args: request.args,
    parameterTypes: request.parameterTypes,
    describe: request.describe ?? false,
    protocol: request.protocol,
    // Its own property, so that a copy of the context has it.
    get signal() {
      return interrupt.signal;
    },
  };
  return andThen(callHandler(session, request.statement.sql, context, interrupt), (result) =>
    normaliseResult(result, interrupt),
  );
}
