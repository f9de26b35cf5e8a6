import type { Awaitable } from '../awaitable.js';
import type { Outcome } from '../results/normalise.js';
import type { PreparedStatement } from '../session/extended-query/prepared-statement.js';
import type { StatementRequest } from '../session/handler/statement-request.js';

/** What a session statement can do with another one that is inside of it. */
export interface InnerStatements {
  /** Runs it up to its first row. */
  run(request: StatementRequest): Awaitable<Outcome>;
  /** Asks `handleDescribe`, where there is one, for the types of parameters that nobody declared. */
  learnTypes(prepared: PreparedStatement): Awaitable<unknown>;
  /** @throws PgError 0A000 when it is known to give other columns than were described */
  revalidate(prepared: PreparedStatement): Awaitable<void>;
}
