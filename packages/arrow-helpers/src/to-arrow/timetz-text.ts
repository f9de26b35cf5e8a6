import { parseClock } from './iso-date-time.js';

const PARTS = /^(.*?)\s*(?:(Z|UTC)|([+-])(\d\d?)(?::?(\d\d)(?::?(\d\d))?)?)?\s*$/i;
const MAXIMUM_ZONE_HOUR = 15;

/** `04:05:06.5+07:30` of a timetz's text; undefined if it is none. Without a zone it is in UTC, as timestamptz is. */
export function readTimetz(cell: unknown): string | undefined {
  const match = typeof cell === 'string' ? PARTS.exec(cell) : null;
  if (match === null) return undefined;
  const [, clock = '', , sign = '+', hours = '0', minutes = '00', seconds = '00'] = match;
  const microseconds = parseClock(clock);
  const isZone = Number(hours) <= MAXIMUM_ZONE_HOUR && Number(minutes) <= 59 && Number(seconds) <= 59;
  if (typeof microseconds !== 'number' || !isZone) return undefined;
  const second = Math.floor(microseconds / 1_000_000);
  const fraction = String(microseconds % 1_000_000).padStart(6, '0');
  const time = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map(twoDigits).join(':');
  const zone = [hours, minutes, seconds].map((part) => twoDigits(Number(part)));
  while (zone.length > 1 && zone.at(-1) === '00') zone.pop();
  return `${time}${`.${fraction}`.replace(/\.?0+$/, '')}${sign}${zone.join(':')}`;
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}
