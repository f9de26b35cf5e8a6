import { type BufferReader, PgError, sqlstate } from '@riffq/wire';
import { zoneOffset } from '../encode/zone-offset.js';
import { readTime, readZonedTime } from '../text-values/date-time-input.js';
import { clockText } from '../text-values/moment-text.js';
import { readInt64 } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';

const microsecondsPerDay = 86_400_000_000n;

/** PostgreSQL's zones stay below 16 hours from UTC. */
const displacementLimit = 16 * 3600;

/** time: ISO text (`04:05:06.789`, `24:00:00`), in whatever form the client wrote it. */
export const timeType: TypeFunctions = {
  isLocal: true,
  text: (input, settings) => clockText(readTime(input, settings)),
  binary: readTimeBinary,
};

/** timetz: the same with a zone (`04:05:06-08`, `04:05:06+05:30`). */
export const timetzType: TypeFunctions = {
  isLocal: true,
  text(input, settings) {
    const { microseconds, offset } = readZonedTime(input, settings);
    return clockText(microseconds) + zoneOffset(offset);
  },
  binary(reader) {
    const time = readTimeBinary(reader);
    const secondsWest = reader.int32();
    if (Math.abs(secondsWest) >= displacementLimit) {
      throw new PgError({
        sqlstate: sqlstate.invalid_time_zone_displacement_value,
        message: 'time zone displacement out of range',
      });
    }
    return time + zoneOffset(0 - secondsWest);
  },
};

function readTimeBinary(reader: BufferReader): string {
  const microseconds = readInt64(reader);
  if (microseconds < 0n || microseconds > microsecondsPerDay) {
    throw new PgError({ sqlstate: sqlstate.datetime_field_overflow, message: 'time out of range' });
  }
  return clockText(Number(microseconds));
}
