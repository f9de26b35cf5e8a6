import { PgError, sqlstate } from '@riffq/wire';
import { formatDate } from './format-date.js';
import type { ParameterDecoder } from './parameter-decoder.js';

const negativeInfinity = -(2 ** 31);
const infinity = 2 ** 31 - 1;

/** 4714-11-24 BC, the first day of the Julian calendar, and the day after 5874897-12-31, in days after 2000-01-01. */
const firstDay = -2_451_545;
const endDay = 2_145_031_949;

/**
 * date: binary becomes ISO text (`2024-01-02`, `0044-03-15 BC`, `infinity`). Text is passed on as the client wrote it,
 * unchecked: `today` or `2.1.2024` may mean something to the handler's engine.
 */
export const dateDecoder: ParameterDecoder = {
  text: (input) => input,
  binary(reader) {
    const days = reader.int32();
    if (days === infinity) return 'infinity';
    if (days === negativeInfinity) return '-infinity';
    if (days < firstDay || days >= endDay) {
      throw new PgError({ sqlstate: sqlstate.datetime_field_overflow, message: 'date out of range' });
    }
    const { text, era } = formatDate(days);
    return text + era;
  },
};
