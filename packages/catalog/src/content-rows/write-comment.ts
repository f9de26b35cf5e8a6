import type { RowWriter } from './row-writer.js';

/** Adds the comment on an object, or on a column of it, if there is one. */
export function writeComment(
  writer: RowWriter,
  catalogOid: number,
  objectOid: number,
  comment: string | null,
  column = 0,
): void {
  if (comment === null) return;
  writer.add('pg_catalog.pg_description', {
    objoid: objectOid,
    classoid: catalogOid,
    objsubid: column,
    description: comment,
  });
}
