import type { OutputSettings } from '../output-settings.js';
import { POSTGRES_EPOCH_MICROSECONDS } from '../postgres-calendar.js';
import { timestampText } from '../text-output/moment-text.js';
import { styledTimestamp } from '../text-output/styled-moment.js';
import { zoneOffset } from '../text-output/zone-offset.js';
import { dateTimeOutOfRange } from '../text-values/date-time-error.js';
import { readTimestamp, readZonedTimestamp } from '../text-values/date-time-input.js';
import type { Endless } from '../text-values/date-time-reading.js';
import { isTimestamp } from '../text-values/timestamp-range.js';
import { TimeZone } from '../time-zone/time-zone.js';
import { readInt64 } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';
import { int64 } from './write-number.js';

/** Microseconds since 1970, or an infinity. */
type Moment = bigint | Endless;

const infinity = 2n ** 63n - 1n;
const negativeInfinity = -(2n ** 63n);

const microsecondsPerSecond = 1_000_000n;

/** timestamp, printed as `2024-01-02 03:04:05.123456`. */
export const timestampType = momentType(readTimestamp, (moment, settings) =>
  settings.dateStyle === 'ISO' ? timestampText(moment, '') : styled(moment, settings, undefined),
);

/** timestamptz, printed in a zone: `2024-01-02 03:04:05.123456+00`. */
export const timestamptzType = momentType(readZonedTimestamp, (moment, settings) => {
  const zone = TimeZone.of(settings.timeZone);
  if (settings.dateStyle !== 'ISO') return styled(moment, settings, zone);
  const offset = zone.offsetAt(split(moment).second);
  return timestampText(moment + BigInt(offset) * microsecondsPerSecond, zoneOffset(offset));
});

function momentType(
  input: typeof readTimestamp,
  print: (moment: bigint, settings: OutputSettings) => string,
): TypeFunctions<Moment> {
  return {
    isLocal: true,
    input,
    output: (moment, settings) => (typeof moment === 'string' ? moment : print(moment, settings)),
    receive(reader) {
      const microseconds = readInt64(reader);
      if (microseconds === infinity) return 'infinity';
      if (microseconds === negativeInfinity) return '-infinity';
      const moment = microseconds + POSTGRES_EPOCH_MICROSECONDS;
      if (!isTimestamp(moment)) throw dateTimeOutOfRange('timestamp');
      return moment;
    },
    send(moment) {
      if (typeof moment === 'bigint') return int64(moment - POSTGRES_EPOCH_MICROSECONDS);
      return int64(moment === 'infinity' ? infinity : negativeInfinity);
    },
  };
}

function styled(moment: bigint, settings: OutputSettings, zone: TimeZone | undefined): string {
  const { second, microseconds } = split(moment);
  return styledTimestamp(second, microseconds, settings, zone);
}

function split(moment: bigint): { readonly second: number; readonly microseconds: number } {
  const rest = ((moment % microsecondsPerSecond) + microsecondsPerSecond) % microsecondsPerSecond;
  return { second: Number((moment - rest) / microsecondsPerSecond), microseconds: Number(rest) };
}
