import { isPgError, PgError, sqlstate } from '@riffq/wire';

/** 54000: a batch has more different values than its dictionary can; the value itself is good. */
export class FullDictionaryError extends PgError {
  constructor(most: number, indexBits: number) {
    super({
      sqlstate: sqlstate.program_limit_exceeded,
      message: `more than ${most} different values for indices of ${indexBits} bits`,
    });
  }
}

/** Whether it is the value that is wrong, so that ON_ERROR ignore leaves its row out: not a mistake of ours, and not the stack's end. */
export function isValueError(error: unknown): boolean {
  if (!isPgError(error) || error instanceof FullDictionaryError) return false;
  return error.sqlstate !== sqlstate.statement_too_complex && !error.sqlstate.startsWith('XX');
}
