import type { PgError } from '@riffq/wire';
import { type DateTimeFault, stateOfFault, zoneOfFault } from '../text-values/date-time-fault.js';
import type { Cells } from './cells.js';

const ZONE_HINT = 'Use a name of the IANA database such as Europe/Oslo, or an offset such as +01:00.';

/**
 * The error for a cell's text that is no date or time.
 *
 * @param kind - what it should be, such as `a date`
 */
export function unreadDateTime(cells: Cells, index: number, fault: DateTimeFault, kind: string, hint: string): PgError {
  const state = stateOfFault(fault);
  if (zoneOfFault(fault) !== undefined) return cells.error(index, `${kind} in an unknown time zone`, ZONE_HINT, state);
  return cells.error(index, foundInstead(fault, kind), hint, state);
}

function foundInstead(fault: DateTimeFault, kind: string): string {
  switch (fault) {
    case 'field out of range':
      return `${kind} with a field out of range`;
    case 'month or day out of range':
      return `${kind} with a month or day out of range`;
    case 'zone out of range':
      return `${kind} in a time zone that is too far from UTC`;
    default:
      return `a string that is not ${kind}`;
  }
}
