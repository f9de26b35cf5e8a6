/** Intervals as text: PostgreSQL's own style, SQL's and ISO 8601. */
import { PgError, sqlstate } from '@riffq/wire';
import type { IntervalStyle } from '../output-settings.js';
import type { IntervalParts } from '../text-output/interval-span.js';
import { type IntervalFault, isIntervalFault } from './interval-sum.js';
import { readIsoInterval } from './iso-interval.js';
import { readWrittenInterval } from './written-interval.js';

const INFINITY: IntervalParts = { months: 2 ** 31 - 1, days: 2 ** 31 - 1, microseconds: 2n ** 63n - 1n };
const MINUS_INFINITY: IntervalParts = { months: -(2 ** 31), days: -(2 ** 31), microseconds: -(2n ** 63n) };

/** 1 and -1 for the infinite intervals, else 0. */
export function infiniteSign({ months, days, microseconds }: IntervalParts): number {
  const is = (other: IntervalParts) =>
    months === other.months && days === other.days && microseconds === other.microseconds;
  return is(INFINITY) ? 1 : is(MINUS_INFINITY) ? -1 : 0;
}

/** Whether months, days and microseconds are whole numbers of PostgreSQL's 32 and 64 bits. */
export function isIntervalInRange({ months, days, microseconds }: IntervalParts): boolean {
  const fits = (count: number): boolean =>
    Number.isInteger(count) && count >= MINUS_INFINITY.months && count <= INFINITY.months;
  return fits(months) && fits(days) && BigInt.asIntN(64, microseconds) === microseconds;
}

/**
 * Reads `1 year 2 mons -3 days +04:05:06.789`, `@ 1.5 months ago`, `1-2 3 4:05:06`, `P1Y2M-3DT4H5M6.789S` and the infinities.
 *
 * @param style - in `sql_standard` a lone sign at the beginning is that of all fields
 */
export function parseInterval(text: string, style: IntervalStyle = 'postgres'): IntervalParts | IntervalFault {
  const written = readWrittenInterval(text, style === 'sql_standard');
  const read = written === 'malformed' ? readIsoInterval(text) : written;
  if (read === 'infinity') return INFINITY;
  return read === '-infinity' ? MINUS_INFINITY : read;
}

/**
 * Reads an interval as PostgreSQL's input function does.
 *
 * @throws PgError 22007 for what is none, 22015 for a number in it that is too large, 22008 for too many years with months
 */
export function readInterval(text: string, style: IntervalStyle): IntervalParts {
  const read = parseInterval(text, style);
  if (!isIntervalFault(read)) return read;
  switch (read) {
    case 'malformed':
      throw new PgError({
        sqlstate: stateOfIntervalFault(read),
        message: `invalid input syntax for type interval: "${text}"`,
      });
    case 'field out of range':
      throw new PgError({
        sqlstate: stateOfIntervalFault(read),
        message: `interval field value out of range: "${text}"`,
      });
    case 'out of range':
      throw new PgError({ sqlstate: stateOfIntervalFault(read), message: 'interval out of range' });
  }
}

/** The SQLSTATE that PostgreSQL has for a fault. */
export function stateOfIntervalFault(fault: IntervalFault): string {
  switch (fault) {
    case 'malformed':
      return sqlstate.invalid_datetime_format;
    case 'field out of range':
      return sqlstate.interval_field_overflow;
    case 'out of range':
      return sqlstate.datetime_field_overflow;
  }
}
