import { sqlstate } from '@riffq/wire';

/** Why a text is no date or time. */
export type DateTimeFault = keyof typeof faults | UnknownZone;

/** It names a time zone that nobody knows. */
type UnknownZone = `unknown zone ${string}`;

/** With the SQLSTATE that PostgreSQL has for them. */
const faults = {
  /** It is not written as one is. */
  malformed: sqlstate.invalid_datetime_format,
  /** It is, but with a field that none has, such as the minute 60. */
  'field out of range': sqlstate.datetime_field_overflow,
  /** The same of a month or a day, which `DateStyle` may have had read as the other. */
  'month or day out of range': sqlstate.datetime_field_overflow,
  /** Its zone is too far from Greenwich. */
  'zone out of range': sqlstate.invalid_time_zone_displacement_value,
} as const;

const UNKNOWN_ZONE = 'unknown zone ';

/** The fault of a text that names such a zone. */
export function unknownZone(name: string): UnknownZone {
  return `${UNKNOWN_ZONE}${name}`;
}

/** The zone that nobody knows, if that is the fault. */
export function zoneOfFault(fault: DateTimeFault): string | undefined {
  return isUnknownZone(fault) ? fault.slice(UNKNOWN_ZONE.length) : undefined;
}

export function isFault(value: unknown): value is DateTimeFault {
  return typeof value === 'string' && (Object.hasOwn(faults, value) || value.startsWith(UNKNOWN_ZONE));
}

export function stateOfFault(fault: DateTimeFault): string {
  return isUnknownZone(fault) ? sqlstate.invalid_parameter_value : faults[fault];
}

function isUnknownZone(fault: DateTimeFault): fault is UnknownZone {
  return fault.startsWith(UNKNOWN_ZONE);
}
