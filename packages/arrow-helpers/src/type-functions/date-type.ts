import { PgError, sqlstate } from '@riffq/wire';
import { dateText } from '../text-output/moment-text.js';
import { styledDate } from '../text-output/styled-moment.js';
import { readDate } from '../text-values/date-time-input.js';
import type { Endless } from '../text-values/date-time-reading.js';
import type { TypeFunctions } from './type-functions.js';
import { int32 } from './write-number.js';

const negativeInfinity = -(2 ** 31);
const infinity = 2 ** 31 - 1;

/** 4714-11-24 BC, the first day of the Julian calendar, and the day after 5874897-12-31, in days after 2000-01-01. */
const firstDay = -2_451_545;
const endDay = 2_145_031_949;
/** From 1970-01-01 to 2000-01-01. */
const daysToEpoch = 10_957;
/** The last one, since 1970. */
export const lastDay = endDay - 1 + daysToEpoch;

/** date: days since 1970, or an infinity. */
export const dateType: TypeFunctions<number | Endless> = {
  isLocal: true,
  input: readDate,
  output(day, settings) {
    if (typeof day === 'string') return day;
    return settings.dateStyle === 'ISO' ? dateText(day) : styledDate(day, settings);
  },
  receive(reader) {
    const days = reader.int32();
    if (days === infinity) return 'infinity';
    if (days === negativeInfinity) return '-infinity';
    if (days < firstDay || days >= endDay) {
      throw new PgError({ sqlstate: sqlstate.datetime_field_overflow, message: 'date out of range' });
    }
    return days + daysToEpoch;
  },
  send(day) {
    if (typeof day === 'number') return int32(day - daysToEpoch);
    return int32(day === 'infinity' ? infinity : negativeInfinity);
  },
};
