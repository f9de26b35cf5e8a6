import { type PgError, sqlstate } from '@riffq/wire';
import type { DateTimeFault } from '../text-values/date-time-fault.js';
import type { Cells } from './cells.js';

/**
 * The error for a cell's text that is no date or time.
 *
 * @param kind - what it should be, such as `a date`
 */
export function unreadDateTime(cells: Cells, index: number, fault: DateTimeFault, kind: string, hint: string): PgError {
  switch (fault) {
    case 'malformed':
      return cells.error(index, `a string that is not ${kind}`, hint, sqlstate.invalid_datetime_format);
    case 'field out of range':
      return cells.error(index, `${kind} with a field out of range`, hint, sqlstate.datetime_field_overflow);
    case 'unknown zone': {
      const zone = 'Use a name of the IANA database such as Europe/Oslo, or an offset such as +01:00.';
      return cells.error(index, `${kind} in an unknown time zone`, zone, sqlstate.invalid_parameter_value);
    }
    case 'zone out of range': {
      const found = `${kind} in a time zone that is too far from UTC`;
      return cells.error(index, found, hint, sqlstate.invalid_time_zone_displacement_value);
    }
  }
}
