import { type BufferReader, PgError, sqlstate } from '@riffq/wire';
import { clockText } from '../text-output/moment-text.js';
import { zoneOffset } from '../text-output/zone-offset.js';
import { dateTimeOutOfRange } from '../text-values/date-time-error.js';
import { readTime, readZonedTime } from '../text-values/date-time-input.js';
import { MICROSECONDS_PER_DAY } from '../text-values/date-time-reading.js';
import type { ZonedTime } from '../text-values/read-date-time.js';
import { readInt64 } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';
import { int32, int64 } from './write-number.js';

/** PostgreSQL's zones stay below 16 hours from UTC. */
const displacementLimit = 16 * 3600;

/** time: microseconds since midnight, printed as `04:05:06.789`. */
export const timeType: TypeFunctions<number> = {
  isLocal: true,
  input: readTime,
  output: clockText,
  receive: receiveTime,
  send: (microseconds) => int64(BigInt(microseconds)),
};

/** timetz: the same with a zone (`04:05:06-08`, `04:05:06+05:30`). */
export const timetzType: TypeFunctions<ZonedTime> = {
  isLocal: true,
  input: readZonedTime,
  output: ({ microseconds, offset }) => clockText(microseconds) + zoneOffset(offset),
  receive(reader) {
    const microseconds = receiveTime(reader);
    const secondsWest = reader.int32();
    if (Math.abs(secondsWest) >= displacementLimit) {
      throw new PgError({
        sqlstate: sqlstate.invalid_time_zone_displacement_value,
        message: 'time zone displacement out of range',
      });
    }
    return { microseconds, offset: 0 - secondsWest };
  },
  send: ({ microseconds, offset }) => Buffer.concat([int64(BigInt(microseconds)), int32(0 - offset)]),
};

function receiveTime(reader: BufferReader): number {
  const microseconds = readInt64(reader);
  if (microseconds < 0n || microseconds > MICROSECONDS_PER_DAY) throw dateTimeOutOfRange('time');
  return Number(microseconds);
}
