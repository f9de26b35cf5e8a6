import { PgError, sqlstate } from '@riffq/wire';
import { isText, notTextMessage } from '../../utf8-text.js';

/**
 * Checks that the bytes are UTF-8 without NUL, as PostgreSQL does for all text that comes in.
 *
 * @throws PgError 22021 with the first sequence that is not
 */
export function checkUtf8(bytes: Buffer, start: number, end: number): void {
  if (!isText(bytes, start, end)) throw notUtf8(bytes, start, end);
}

/** 22021 with the first sequence that is not UTF-8 without NUL. */
export function notUtf8(bytes: Buffer, start: number, end: number): PgError {
  return new PgError({
    sqlstate: sqlstate.character_not_in_repertoire,
    message: notTextMessage(bytes, start, end),
  });
}
