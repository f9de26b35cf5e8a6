import type { PgError } from '@riffq/wire';
import { type DateTimeFault, stateOfFault } from '../text-values/date-time-fault.js';
import type { Cells } from './cells.js';

const ZONE_HINT = 'Use a name of the IANA database such as Europe/Oslo, or an offset such as +01:00.';

/**
 * The error for a cell's text that is no date or time.
 *
 * @param kind - what it should be, such as `a date`
 */
export function unreadDateTime(cells: Cells, index: number, fault: DateTimeFault, kind: string, hint: string): PgError {
  const found = {
    malformed: `a string that is not ${kind}`,
    'field out of range': `${kind} with a field out of range`,
    'unknown zone': `${kind} in an unknown time zone`,
    'zone out of range': `${kind} in a time zone that is too far from UTC`,
  }[fault];
  return cells.error(index, found, fault === 'unknown zone' ? ZONE_HINT : hint, stateOfFault(fault));
}
