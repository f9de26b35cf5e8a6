import { PgError, sqlstate } from '@riffq/wire';
import { readTimestamp, readZonedTimestamp } from '../text-values/date-time-input.js';
import { timestampText } from '../text-values/moment-text.js';
import { readInt64 } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';

const infinity = 2n ** 63n - 1n;
const negativeInfinity = -(2n ** 63n);

/** 4714-11-24 00:00 BC and the end of 294276, in microseconds after 2000-01-01. */
const firstMicrosecond = -211_813_488_000_000_000n;
const endMicrosecond = 9_223_371_331_200_000_000n;
/** From 1970-01-01 to 2000-01-01. */
const microsecondsToEpoch = 946_684_800_000_000n;

/** timestamp: ISO text (`2024-01-02 03:04:05.123456`, `infinity`), in whatever form the client wrote it. */
export const timestampType = decoder('', readTimestamp);

/** timestamptz: the same with the zone, always UTC: `2024-01-02 03:04:05.123456+00`. */
export const timestamptzType = decoder('+00', readZonedTimestamp);

function decoder(zone: string, read: typeof readTimestamp): TypeFunctions {
  return {
    isLocal: true,
    text(input, settings) {
      const moment = read(input, settings);
      return typeof moment === 'string' ? moment : timestampText(moment, zone);
    },
    binary(reader) {
      const microseconds = readInt64(reader);
      if (microseconds === infinity) return 'infinity';
      if (microseconds === negativeInfinity) return '-infinity';
      if (microseconds < firstMicrosecond || microseconds >= endMicrosecond) {
        throw new PgError({ sqlstate: sqlstate.datetime_field_overflow, message: 'timestamp out of range' });
      }
      return timestampText(microseconds + microsecondsToEpoch, zone);
    },
  };
}
