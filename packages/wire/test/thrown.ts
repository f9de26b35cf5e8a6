import { isPgError, type PgError } from '@riffq/wire';

/** The PgError that the call throws; it fails if there is none, or another error. */
export function thrown(call: () => unknown): PgError {
  try {
    call();
  } catch (error) {
    if (isPgError(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
