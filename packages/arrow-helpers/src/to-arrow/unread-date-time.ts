import { type PgError, sqlstate } from '@riffq/wire';
import type { Cells } from './cells.js';

/** Written as a date or time is, but with a field that none has, such as the minute 60. */
export const FIELD_OUT_OF_RANGE = 'field out of range';

/** The error for a cell's text that is no date or time: 22008 if only a field's number is at fault, else 22007. */
export function unreadDateTime(
  cells: Cells,
  index: number,
  read: typeof FIELD_OUT_OF_RANGE | undefined,
  kind: string,
  hint: string,
): PgError {
  return read === FIELD_OUT_OF_RANGE
    ? cells.error(index, `${kind} with a field out of range`, hint, sqlstate.datetime_field_overflow)
    : cells.error(index, `a string that is not ${kind}`, hint, sqlstate.invalid_datetime_format);
}
