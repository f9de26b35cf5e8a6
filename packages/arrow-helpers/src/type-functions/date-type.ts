import { PgError, sqlstate } from '@riffq/wire';
import { readDate } from '../text-values/date-time-input.js';
import { dateText } from '../text-values/moment-text.js';
import type { TypeFunctions } from './type-functions.js';

const negativeInfinity = -(2 ** 31);
const infinity = 2 ** 31 - 1;

/** 4714-11-24 BC, the first day of the Julian calendar, and the day after 5874897-12-31, in days after 2000-01-01. */
const firstDay = -2_451_545;
const endDay = 2_145_031_949;
/** From 1970-01-01 to 2000-01-01. */
const daysToEpoch = 10_957;

/** date: ISO text (`2024-01-02`, `0044-03-15 BC`, `infinity`), in whatever form the client wrote it. */
export const dateType: TypeFunctions = {
  isLocal: true,
  text(input, settings) {
    const day = readDate(input, settings);
    return typeof day === 'string' ? day : dateText(day);
  },
  binary(reader) {
    const days = reader.int32();
    if (days === infinity) return 'infinity';
    if (days === negativeInfinity) return '-infinity';
    if (days < firstDay || days >= endDay) {
      throw new PgError({ sqlstate: sqlstate.datetime_field_overflow, message: 'date out of range' });
    }
    return dateText(days + daysToEpoch);
  },
};
