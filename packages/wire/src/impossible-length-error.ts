import type { ErrorFields } from './error-fields.js';
import { PgError } from './pg-error.js';
import { sqlstate } from './sqlstate.generated.js';

/** A message announces a length that none has: less than its own, or 1 GiB. PostgreSQL tells its log of it, and the client nothing. */
export class ImpossibleLengthError extends PgError {
  constructor(fields: Omit<ErrorFields, 'severity' | 'sqlstate'>) {
    super({ severity: 'FATAL', sqlstate: sqlstate.protocol_violation, ...fields });
  }
}
