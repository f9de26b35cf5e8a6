import { PgError, sqlstate } from '@riffq/wire';
import { maximumDimensions } from './array-input/array-error.js';
import type { TypedField } from './field-metadata.js';
import { listElement } from './list-element.js';

/** @throws PgError 54000 for lists in lists that are more dimensions than PostgreSQL's arrays have */
export function checkDimensions({ name, type: outermost }: TypedField): void {
  let dimensions = 0;
  for (let element = listElement(outermost); element !== undefined; element = listElement(element.type))
    dimensions += 1;
  if (dimensions <= maximumDimensions) return;
  throw new PgError({
    sqlstate: sqlstate.program_limit_exceeded,
    message: `number of array dimensions exceeds the maximum allowed (${maximumDimensions})`,
    detail: `Column "${name}" has lists in lists of ${dimensions} dimensions.`,
    hint: "Send it as json (PG:type in the field's metadata).",
  });
}
