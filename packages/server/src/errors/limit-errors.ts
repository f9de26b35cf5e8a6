import { PgError, sqlstate } from '@riffq/wire';

/** Every place is taken. */
export function tooManyClients(): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.too_many_connections,
    message: 'sorry, too many clients already',
  });
}

/** Places are left for others. */
export function onlyReservedLeft(): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.too_many_connections,
    message: 'remaining connection slots are reserved',
  });
}

export function tooManyOfAddress(address: string): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.too_many_connections,
    message: `too many connections for address "${address}"`,
  });
}

export function tooManyStatements(limit: number): PgError {
  return new PgError({
    sqlstate: sqlstate.configuration_limit_exceeded,
    message: 'too many prepared statements',
    detail: `A session can have ${limit}.`,
    hint: 'Close, or DEALLOCATE, those that are not needed any more.',
  });
}

export function tooLongStatements(limit: number): PgError {
  return new PgError({
    sqlstate: sqlstate.program_limit_exceeded,
    message: 'the prepared statements are too long',
    detail: `The texts of those of one session may have ${limit} bytes together.`,
    hint: 'Close, or DEALLOCATE, those that are not needed any more, or use the unnamed statement.',
  });
}

export function tooManyPortals(limit: number): PgError {
  return new PgError({
    sqlstate: sqlstate.configuration_limit_exceeded,
    message: 'too many open cursors',
    detail: `A session can have ${limit}.`,
    hint: 'Close those that are not needed any more.',
  });
}

/** A result has more rows, or more bytes, than the host lets one statement answer. */
export function resultTooLarge(limit: string): PgError {
  return new PgError({
    sqlstate: sqlstate.program_limit_exceeded,
    message: `the result has more than ${limit}`,
    hint: 'Ask for less, with LIMIT or in portions.',
  });
}

/** What the rows of a session's cursors WITH HOLD may take once their transaction has ended. */
export const heldRowsLimit = 64 * 1024 ** 2;

/** A session's cursors WITH HOLD have more rows left than are kept across the end of their transaction. */
export function heldRowsTooLarge(): PgError {
  return new PgError({
    sqlstate: sqlstate.program_limit_exceeded,
    message: `the rows of cursors WITH HOLD exceed ${heldRowsLimit / 1024 ** 2} MiB`,
    hint: 'Fetch the rows before the transaction ends, close other cursors, or declare the cursor WITHOUT HOLD.',
  });
}

/** A session has more cursors and portals open over answers of the catalog than are kept in memory. */
export function tooMuchUnread(limit: number, names: readonly string[]): PgError {
  const shown = names.slice(0, 10).map((name) => (name === '' ? 'the unnamed portal' : `"${name}"`));
  if (names.length > shown.length) shown.push(`${names.length - shown.length} more`);
  return new PgError({
    sqlstate: sqlstate.program_limit_exceeded,
    message: 'too much of the results of catalog queries has not been read',
    detail: `Those of one session may have ${limit} bytes.`,
    hint: shown.length === 0 ? 'Read them first.' : `Read to its end, or close: ${shown.join(', ')}.`,
  });
}

/** All sessions together keep as much of the catalog's answers as they may. */
export function tooManyUnread(): PgError {
  return new PgError({
    sqlstate: sqlstate.configuration_limit_exceeded,
    message: 'too many clients have not read the results of their catalog queries',
    hint: 'Ask again, or for less at once.',
  });
}

/** A client that takes nothing must not make us keep everything that others tell it. */
export function tellsTooMuch(bytes: number): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.program_limit_exceeded,
    message: 'terminating connection because too many messages wait to be read',
    detail: `Notices and notifications of more than ${bytes} bytes are waiting.`,
    hint: 'Read while statements run, or listen to less.',
  });
}
