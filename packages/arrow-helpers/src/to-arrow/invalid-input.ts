import { PgError, sqlstate } from '@riffq/wire';

/** What a caller of toArrow did wrong, apart from the cells. */
export function invalidInput(message: string, hint?: string): PgError {
  return new PgError({ sqlstate: sqlstate.invalid_parameter_value, message, ...(hint === undefined ? {} : { hint }) });
}
