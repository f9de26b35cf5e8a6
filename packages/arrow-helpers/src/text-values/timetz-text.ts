import { zoneOffset } from '../encode/zone-offset.js';
import { type DateTimeFault, isFault } from './date-time-fault.js';
import { readZonedTime } from './read-date-time.js';
import type { Clock } from './written-date-time.js';

/** `04:05:06.5+07:30`, as PostgreSQL prints it, of a timetz in any form that it reads. Without a zone it is in UTC. */
export function readTimetz(text: string, clock: Clock): string | DateTimeFault {
  const time = readZonedTime(text, clock);
  if (isFault(time)) return time;
  const second = Math.floor(time.microseconds / 1_000_000);
  const fraction = `.${String(time.microseconds % 1_000_000).padStart(6, '0')}`.replace(/\.?0+$/, '');
  const fields = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
  const shown = fields.map((field) => String(field).padStart(2, '0')).join(':');
  return `${shown}${fraction}${zoneOffset(time.offset)}`;
}
