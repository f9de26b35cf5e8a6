import { PgError, sqlstate } from '@riffq/wire';
import { type DateTimeFault, stateOfFault, zoneOfFault } from './date-time-fault.js';

/** What PostgreSQL says of a text that is no date or time; `type` is the type's name in SQL. */
export function dateTimeError(fault: DateTimeFault, text: string, type: string): PgError {
  const state = stateOfFault(fault);
  const zone = zoneOfFault(fault);
  if (zone !== undefined) {
    return new PgError({ sqlstate: state, message: `time zone "${zone.toLowerCase()}" not recognized` });
  }
  switch (fault) {
    case 'malformed':
      return new PgError({ sqlstate: state, message: `invalid input syntax for type ${type}: "${text}"` });
    case 'zone out of range':
      return new PgError({ sqlstate: state, message: `time zone displacement out of range: "${text}"` });
    default: {
      const message = `date/time field value out of range: "${text}"`;
      if (fault === 'field out of range') return new PgError({ sqlstate: state, message });
      return new PgError({ sqlstate: state, message, hint: 'Perhaps you need a different "DateStyle" setting.' });
    }
  }
}

/** 22008: there is such a date, time or interval, but not in the type. */
export function dateTimeOutOfRange(type: string, text?: string, hint?: string): PgError {
  const message = text === undefined ? `${type} out of range` : `${type} out of range: "${text}"`;
  return new PgError({ sqlstate: sqlstate.datetime_field_overflow, message, ...(hint !== undefined && { hint }) });
}
