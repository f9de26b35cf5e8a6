import { PgError, sqlstate } from '@riffq/wire';
import { formatDate } from './format-date.js';
import { formatTime } from './format-time.js';
import type { ParameterDecoder } from './parameter-decoder.js';
import { readInt64 } from './read-number.js';

const infinity = 2n ** 63n - 1n;
const negativeInfinity = -(2n ** 63n);

/** 4714-11-24 00:00 BC and the end of 294276, in microseconds after 2000-01-01. */
const firstMicrosecond = -211_813_488_000_000_000n;
const endMicrosecond = 9_223_371_331_200_000_000n;
const microsecondsPerDay = 86_400_000_000n;

/**
 * timestamp: binary becomes ISO text (`2024-01-02 03:04:05.123456`, `infinity`). Text is passed on as the client wrote
 * it, unchecked: it may be in a format that only the handler's engine knows.
 */
export const timestampDecoder = decoder('');

/** timestamptz: the same with the zone, in binary always UTC: `2024-01-02 03:04:05.123456+00`. */
export const timestamptzDecoder = decoder('+00');

function decoder(zone: string): ParameterDecoder {
  return {
    text: (input) => input,
    binary(reader) {
      const microseconds = readInt64(reader);
      if (microseconds === infinity) return 'infinity';
      if (microseconds === negativeInfinity) return '-infinity';
      if (microseconds < firstMicrosecond || microseconds >= endMicrosecond) {
        throw new PgError({ sqlstate: sqlstate.datetime_field_overflow, message: 'timestamp out of range' });
      }
      // Division truncates; days before 2000 have to be rounded down.
      const timeOfDay = ((microseconds % microsecondsPerDay) + microsecondsPerDay) % microsecondsPerDay;
      const date = formatDate(Number((microseconds - timeOfDay) / microsecondsPerDay));
      return `${date.text} ${formatTime(Number(timeOfDay))}${zone}${date.era}`;
    },
  };
}
