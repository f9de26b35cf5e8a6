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
  readonly signal: AbortSignal;
  /** Only the columns are wanted. */
  readonly describe?: boolean;
}

/** Gives a statement to the user's `handleQuery`. */
export async function askHandler(session: ClientSession, request: StatementRequest): Promise<Outcome> {
  const result = await callHandler(session, request.statement.sql, {
    session,
    signal: request.signal,
    args: request.args,
    parameterTypes: request.parameterTypes,
    describe: request.describe ?? false,
    protocol: request.protocol,
  });
  return normaliseResult(result, request.signal);
}
