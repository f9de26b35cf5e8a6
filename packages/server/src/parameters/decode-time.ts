import { type BufferReader, PgError, sqlstate } from '@riffq/wire';
import { twoDigits } from './format-date.js';
import { formatTime } from './format-time.js';
import type { ParameterDecoder } from './parameter-decoder.js';
import { readInt64 } from './read-number.js';

const microsecondsPerDay = 86_400_000_000n;

/** PostgreSQL's zones stay below 16 hours from UTC. */
const displacementLimit = 16 * 3600;

/** time: binary becomes ISO text (`04:05:06.789`, `24:00:00`). Text is passed on as the client wrote it, unchecked. */
export const timeDecoder: ParameterDecoder = { text: (input) => input, binary: readTime };

/** timetz: the same with a zone (`04:05:06-08`, `04:05:06+05:30`). */
export const timetzDecoder: ParameterDecoder = {
  text: (input) => input,
  binary(reader) {
    const time = readTime(reader);
    const secondsWest = reader.int32();
    if (Math.abs(secondsWest) >= displacementLimit) {
      throw new PgError({
        sqlstate: sqlstate.invalid_time_zone_displacement_value,
        message: 'time zone displacement out of range',
      });
    }
    return time + formatDisplacement(-secondsWest);
  },
};

function readTime(reader: BufferReader): string {
  const microseconds = readInt64(reader);
  if (microseconds < 0n || microseconds > microsecondsPerDay) {
    throw new PgError({ sqlstate: sqlstate.datetime_field_overflow, message: 'time out of range' });
  }
  return formatTime(Number(microseconds));
}

/** Hours always; minutes and seconds only as far as needed. */
function formatDisplacement(secondsEast: number): string {
  const distance = Math.abs(secondsEast);
  const parts = [Math.trunc(distance / 3600), Math.trunc(distance / 60) % 60, distance % 60];
  const needed = distance % 60 !== 0 ? 3 : distance % 3600 !== 0 ? 2 : 1;
  return (secondsEast < 0 ? '-' : '+') + parts.slice(0, needed).map(twoDigits).join(':');
}
