/** What PostgreSQL says of text that is no jsonpath. */
import { PgError, sqlstate } from '@riffq/wire';

/**
 * 42601
 *
 * @param near - the last text that was read; empty at the end, and where PostgreSQL's scanner holds none
 */
export function syntaxError(message: string, near: string): PgError {
  const place = near === '' ? 'at end' : `at or near "${near}"`;
  return new PgError({ sqlstate: sqlstate.syntax_error, message: `${message} ${place} of jsonpath input` });
}

/** 42601: an item stands where it has no meaning. */
export function misplaced(message: string): PgError {
  return new PgError({ sqlstate: sqlstate.syntax_error, message });
}

/** What is wrong with an item that is well written. */
export function invalidItem(code: string, detail: string): PgError {
  return new PgError({ sqlstate: code, message: 'invalid input syntax for type jsonpath', detail });
}

/** 54001 */
export function tooDeep(): PgError {
  return new PgError({ sqlstate: sqlstate.statement_too_complex, message: 'stack depth limit exceeded' });
}
