import { isPgError, PgError } from '@riffq/wire';
import type { Awaitable } from '../awaitable.js';
import { toPgError } from '../errors/to-pg-error.js';
import type { Statement } from '../sql/statement.js';

/**
 * Runs `work` for a statement. A handler's error counts characters of the statement that it was given; the client counts
 * those of the whole text that it sent, with what stands before the statement.
 */
export function withPosition<T>(statement: Statement, work: () => Awaitable<T>): Awaitable<T> {
  return statement.offset === 0 ? work() : shiftPosition(statement, work);
}

async function shiftPosition<T>(statement: Statement, work: () => Awaitable<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw atPosition(error, statement);
  }
}

/** A statement's error with the position in the whole text. */
export function atPosition(error: unknown, { text, offset }: Statement): unknown {
  const { fields } = toPgError(error);
  if (fields.position === undefined) return error;
  const charactersBefore = [...text.slice(0, offset)].length;
  return new PgError({ ...fields, position: fields.position + charactersBefore });
}

/** The error without a position that counts in a text which the client has not sent. */
export function withoutPosition(error: unknown): unknown {
  if (!isPgError(error) || error.fields.position === undefined) return error;
  const { position: _, ...fields } = error.fields;
  return new PgError(fields);
}
