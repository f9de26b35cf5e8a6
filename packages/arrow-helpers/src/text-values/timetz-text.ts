import { clockText } from '../text-output/moment-text.js';
import { zoneOffset } from '../text-output/zone-offset.js';
import type { DateTimeContext } from './date-time-context.js';
import { type DateTimeFault, isFault } from './date-time-fault.js';
import { readZonedTime } from './read-date-time.js';

/** `04:05:06.5+07:30`, as PostgreSQL prints it, of a timetz in any form that it reads. Without a zone it is in UTC. */
export function readTimetz(text: string, context: DateTimeContext): string | DateTimeFault {
  const time = readZonedTime(text, context);
  return isFault(time) ? time : clockText(time.microseconds) + zoneOffset(time.offset);
}
