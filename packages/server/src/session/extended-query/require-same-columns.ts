import type { FieldDescription } from '@riffq/wire';
import { changedResultType } from '../../errors/result-errors.js';

/** The columns of what a statement returns; null when it returns no rows. */
export type Columns = readonly FieldDescription[] | null;

/** Throws 0A000 when a run gave other columns than the client was told. */
export function requireSameColumns(described: Columns, given: Columns): void {
  if (described === given) return;
  const same =
    described?.length === given?.length && described?.every((field, at) => isSameColumn(field, given?.[at])) === true;
  if (!same) throw changedResultType();
}

function isSameColumn(described: FieldDescription, given: FieldDescription | undefined): boolean {
  return (
    described.name === given?.name &&
    described.typeOid === given.typeOid &&
    (described.typeModifier ?? -1) === (given.typeModifier ?? -1)
  );
}
