import { PgError, sqlstate } from '@riffq/wire';
import { DataType } from 'apache-arrow/type';
import { maximumDimensions } from './array-input/array-error.js';
import type { TypedField } from './field-metadata.js';

/** @throws PgError 54000 for lists in lists that are more dimensions than PostgreSQL's arrays have */
export function checkDimensions({ name, type: outermost }: TypedField): void {
  let dimensions = 0;
  let type: DataType | undefined = outermost;
  while (
    type !== undefined &&
    (DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type))
  ) {
    dimensions += 1;
    type = type.children[0]?.type;
  }
  if (dimensions <= maximumDimensions) return;
  throw new PgError({
    sqlstate: sqlstate.program_limit_exceeded,
    message: `number of array dimensions exceeds the maximum allowed (${maximumDimensions})`,
    detail: `Column "${name}" has lists in lists of ${dimensions} dimensions.`,
    hint: "Send it as json (PG:type in the field's metadata).",
  });
}
