import type { Format } from '@riffq/wire';
import { type Awaitable, andThen } from '../awaitable.js';
import type { Interrupt } from '../interrupt.js';
import type { EncodedParameters, ParameterValue } from '../query-context.js';
import { normaliseResult, type Outcome } from '../results/normalise.js';
import type { Statement } from '../sql/statement.js';
import { callHandler } from './call-handler.js';
import type { ClientSession } from './client-session.js';
import { HandlerContext } from './handler-context.js';

/** How a statement is to be run. */
export interface StatementRequest {
  readonly statement: Statement;
  readonly args: readonly ParameterValue[];
  readonly parameterTypes: readonly number[];
  readonly protocol: 'simple' | 'extended';
  readonly interrupt: Interrupt;
  /** What a portal has beside its statement; a simple query has nothing of it. */
  readonly encodedArgs?: EncodedParameters;
  readonly resultFormats?: readonly Format[];
  readonly maxRows?: number;
  /** Only the columns are wanted. */
  readonly describe?: boolean;
}

/** Gives a statement to the user's `handleQuery`. */
export function askHandler(session: ClientSession, request: StatementRequest): Awaitable<Outcome> {
  const { interrupt } = request;
  return andThen(
    callHandler(session, request.statement.sql, new HandlerContext(session, request), interrupt),
    (result) => normaliseResult(result, interrupt),
  );
}
