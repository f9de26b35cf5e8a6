import { decodeResponseFields, PgError } from '@riffq/wire';

/**
 * The error that the body of an ErrorResponse tells.
 *
 * @throws PgError 08P01 if the body is malformed, 22021 if it is not UTF-8.
 */
export function errorOf(body: Uint8Array): PgError {
  const { severity, ...fields } = decodeResponseFields(body);
  return new PgError({ ...fields, ...(severity === 'FATAL' || severity === 'PANIC' ? { severity } : {}) });
}
