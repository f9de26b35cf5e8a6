import type { FieldDescription } from '@riffq/wire';
import { changedResultType } from '../../errors/result-errors.js';
import { mayWrite } from '../../sql/may-write.js';
import type { Statement } from '../../sql/statement.js';

/** The columns of what a statement returns; null when it returns no rows. */
export type Columns = readonly FieldDescription[] | null;

/**
 * Compares what a statement gives with what the client was told.
 *
 * @param run - the statement, if it has been run
 * @throws PgError 0A000
 */
export function requireSameColumns(described: Columns, given: Columns, run: Statement | null = null): void {
  if (described === given) return;
  const same =
    described?.length === given?.length && described?.every((field, at) => isSameColumn(field, given?.[at])) === true;
  if (!same) throw changedResultType(run !== null && mayWrite(run));
}

function isSameColumn(described: FieldDescription, given: FieldDescription | undefined): boolean {
  return (
    described.name === given?.name &&
    described.typeOid === given.typeOid &&
    (described.typeModifier ?? -1) === (given.typeModifier ?? -1)
  );
}
