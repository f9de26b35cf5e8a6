/** Times as PostgreSQL prints them, rounded to fewer digits of a second. */

import { clockText, timestampText } from '../text-output/moment-text.js';
import { parseClock, parseIsoDateTime } from '../text-values/iso-date-time.js';
import { roundTime, roundTimestamp } from './round-seconds.js';

const MICROSECONDS_PER_DAY = 86_400_000_000n;
const FRACTION = /:\d\d\.(\d+)/;
const ZONE = /([+-]\d\d(?::\d\d){0,2}|Z)?( BC)?$/;

/** `12:30:15.123456`, of timetz with its offset. */
export function fitTimeText(text: string, digits: number): string {
  if (!hasMoreDigits(text, digits)) return text;
  const zone = ZONE.exec(text)?.[1] ?? '';
  const clock = parseClock(text.slice(0, text.length - zone.length));
  return typeof clock !== 'number' ? text : clockText(Number(roundTime(BigInt(clock), digits))) + zone;
}

/** `2024-02-29 12:30:15.123456`, of timestamptz with its offset, which stays. */
export function fitTimestampText(text: string, digits: number): string {
  if (!hasMoreDigits(text, digits)) return text;
  const [suffix = '', zone = '', era = ''] = ZONE.exec(text) ?? [];
  const local = parseIsoDateTime(text.slice(0, text.length - suffix.length) + era);
  if (typeof local !== 'object') return text;
  const moment = BigInt(local.day) * MICROSECONDS_PER_DAY + BigInt(local.microseconds);
  return timestampText(roundTimestamp(moment, digits), zone);
}

function hasMoreDigits(text: string, digits: number): boolean {
  return (FRACTION.exec(text)?.[1]?.length ?? 0) > digits;
}
