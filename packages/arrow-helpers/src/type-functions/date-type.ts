import { FIRST_DAY, LAST_DAY, POSTGRES_EPOCH_DAY } from '../postgres-calendar.js';
import { dateText } from '../text-output/moment-text.js';
import { styledDate } from '../text-output/styled-moment.js';
import { dateTimeOutOfRange } from '../text-values/date-time-error.js';
import { readDate } from '../text-values/date-time-input.js';
import type { Endless } from '../text-values/date-time-reading.js';
import type { TypeFunctions } from './type-functions.js';
import { int32 } from './write-number.js';

const negativeInfinity = -(2 ** 31);
const infinity = 2 ** 31 - 1;

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
    const day = days + POSTGRES_EPOCH_DAY;
    if (day < FIRST_DAY || day > LAST_DAY) throw dateTimeOutOfRange('date');
    return day;
  },
  send(day) {
    if (typeof day === 'number') return int32(day - POSTGRES_EPOCH_DAY);
    return int32(day === 'infinity' ? infinity : negativeInfinity);
  },
};
