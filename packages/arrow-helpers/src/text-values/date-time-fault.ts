import { sqlstate } from '@riffq/wire';

/** Why a text is no date or time. */
export type DateTimeFault = keyof typeof faults;

/** With the SQLSTATE that PostgreSQL has for them. */
const faults = {
  /** It is not written as one is. */
  malformed: sqlstate.invalid_datetime_format,
  /** It is, but with a field that none has, such as the minute 60. */
  'field out of range': sqlstate.datetime_field_overflow,
  /** It names a time zone that nobody knows. */
  'unknown zone': sqlstate.invalid_parameter_value,
  /** Its zone is too far from Greenwich. */
  'zone out of range': sqlstate.invalid_time_zone_displacement_value,
} as const;

export function isFault(value: unknown): value is DateTimeFault {
  return typeof value === 'string' && Object.hasOwn(faults, value);
}

export function stateOfFault(fault: DateTimeFault): string {
  return faults[fault];
}
