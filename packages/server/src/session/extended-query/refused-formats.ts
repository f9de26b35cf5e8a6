import { isPgError, sqlstate } from '@riffq/wire';
import type { Awaitable } from '../../awaitable.js';
import { changedResultType } from '../../errors/result-errors.js';
import type { Format } from '../../results/row-stream.js';
import type { PreparedStatement } from './prepared-statement.js';

const refusal = /^bind message has \d+ result formats but query has \d+ columns$/;

/**
 * What a run gives. Its formats have been compared with the columns that were described: where another PostgreSQL, which
 * the handler forwards to, finds them too many or too few, the columns have changed, and it has run nothing.
 */
export function withChangedColumns<T>(
  outcome: Awaitable<T>,
  { columns }: PreparedStatement,
  formats: readonly Format[],
): Awaitable<T> {
  if (formats.length <= 1 || !columns || !(outcome instanceof Promise)) return outcome;
  return outcome.catch((error: unknown) => {
    throw isRefusal(error) ? changedResultType(false) : error;
  });
}

/** Its message may be in any language. */
function isRefusal(error: unknown): boolean {
  if (!isPgError(error) || error.sqlstate !== sqlstate.protocol_violation) return false;
  return error.fields.routine === 'PortalSetResultFormat' || refusal.test(error.message);
}
