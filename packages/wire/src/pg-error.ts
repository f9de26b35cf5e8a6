import type { ErrorFields } from './error-fields.js';
import { sqlstate } from './sqlstate.generated.js';

/** Known to every copy of this package in a process, so that they know each other's errors. */
const mark = Symbol.for('riffq.PgError');

/**
 * An error that goes to the client as ErrorResponse.
 *
 * @example
 * throw new PgError({ sqlstate: sqlstate.undefined_table, message: 'relation "flights" does not exist' });
 */
export class PgError extends Error {
  override readonly name = 'PgError';
  readonly severity: 'ERROR' | 'FATAL' | 'PANIC';
  readonly sqlstate: string;
  /** All that was given, severity and SQLSTATE filled in. */
  readonly fields: Readonly<ErrorFields>;

  constructor(fields: ErrorFields) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.severity = fields.severity ?? 'ERROR';
    this.sqlstate = fields.sqlstate ?? sqlstate.internal_error;
    this.fields = Object.freeze({ ...fields, severity: this.severity, sqlstate: this.sqlstate });
  }

  /** The same as `sqlstate`: what node-postgres calls it. */
  get code(): string {
    return this.sqlstate;
  }

  /** What {@link isPgError} looks for. */
  get [mark](): true {
    return true;
  }
}

/** Whether the value is a {@link PgError}, be it of another copy of this package. */
export function isPgError(value: unknown): value is PgError {
  try {
    return typeof value === 'object' && value !== null && mark in value && value[mark] === true;
  } catch {
    // A proxy may throw whatever it is asked.
    return false;
  }
}
