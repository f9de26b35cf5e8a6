import { PgError } from '@riffq/wire';

/** The error that something throws. */
export function errorIn(work: () => unknown): PgError {
  try {
    work();
  } catch (error) {
    if (error instanceof PgError) return error;
    throw error;
  }
  throw new Error('no error was thrown');
}
