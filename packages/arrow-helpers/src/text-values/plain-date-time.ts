/** The texts of dates and times that come most, which mean the same in every session. */
import type { WrittenDateTime } from './date-time-reading.js';
import { daysFromCivil, SECONDS_PER_DAY } from './iso-date-time.js';

const CLOCK = String.raw`(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?`;
const DATE_TIME = new RegExp(String.raw`^(\d{4})-(\d\d)-(\d\d)(?:[ T]${CLOCK}(Z|\+00)?)?$`);
const TIME = new RegExp(`^${CLOCK}$`);

/** `2024-02-29`, `2024-02-29 12:30:00.5`, either of these with `+00` or `Z`; undefined for all others. */
export function readPlainDateTime(text: string): WrittenDateTime | undefined {
  const match = DATE_TIME.exec(text);
  if (match === null) return undefined;
  const [, year = '', month, date, hour, minute, second, fraction, zone] = match;
  const day = year === '0000' ? undefined : daysFromCivil(Number(year), Number(month), Number(date));
  if (day === undefined) return undefined;
  if (hour === undefined) return { day, microseconds: undefined, zone: undefined };
  const microseconds = microsecondsOf(hour, minute, second, fraction);
  return microseconds === undefined ? undefined : { day, microseconds, zone: zone === undefined ? undefined : 0 };
}

/** `12:30:00.5`; undefined for all others. */
export function readPlainTime(text: string): WrittenDateTime | undefined {
  const [, hour, minute, second, fraction] = TIME.exec(text) ?? [];
  const microseconds = hour === undefined ? undefined : microsecondsOf(hour, minute, second, fraction);
  return microseconds === undefined ? undefined : { day: undefined, microseconds, zone: undefined };
}

/** Undefined for what no clock shows. */
function microsecondsOf(hour: string, minute = '', second = '', fraction = ''): number | undefined {
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  if (seconds >= SECONDS_PER_DAY || Number(minute) > 59 || Number(second) > 59) return undefined;
  return seconds * 1_000_000 + (fraction === '' ? 0 : Number(fraction.padEnd(6, '0')));
}
