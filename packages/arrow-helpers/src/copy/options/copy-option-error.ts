import { PgError } from '@riffq/wire';

/** An error in COPY's options, at the place of an option if it is about a single one. */
export function copyOptionError(sqlstate: string, message: string, position?: number): PgError {
  return new PgError({ sqlstate, message, ...(position === undefined ? {} : { position }) });
}
