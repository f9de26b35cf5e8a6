import { PgError } from '@riffq/wire';
import { toPgError } from '../errors.js';
import type { Statement } from '../sql/statement.js';

/**
 * Runs `work` for a statement. A handler's error counts characters of the statement that it was given; the client counts
 * those of the whole text that it sent, with what stands before the statement.
 */
export async function withPosition<T>(statement: Statement, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw statement.offset === 0 ? error : atPosition(error, statement);
  }
}

function atPosition(error: unknown, { text, offset }: Statement): unknown {
  const { fields } = toPgError(error);
  if (fields.position === undefined) return error;
  const charactersBefore = [...text.slice(0, offset)].length;
  return new PgError({ ...fields, position: fields.position + charactersBefore });
}
