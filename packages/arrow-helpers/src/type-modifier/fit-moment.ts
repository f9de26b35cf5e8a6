/** Times as PostgreSQL prints them, rounded to fewer digits of a second. */
import { copyDay, makeDayText, setDay, writeBeforeChrist } from '../encode/calendar.js';
import { writeClock } from '../encode/time.js';
import { TIMESTAMP_TEXT_BYTES } from '../encode/timestamp.js';
import { parseClock, parseIsoDateTime } from '../text-values/iso-date-time.js';
import { roundTime, roundTimestamp } from './round-seconds.js';

const MICROSECONDS_PER_DAY = 86_400_000_000n;
const FRACTION = /:\d\d\.(\d+)/;
const ZONE = /([+-]\d\d(?::\d\d){0,2}|Z)?( BC)?$/;

const scratch = new Uint8Array(TIMESTAMP_TEXT_BYTES);
const scratchView = new DataView(scratch.buffer);
const scratchDay = makeDayText();

/** `12:30:15.123456`, of timetz with its offset. */
export function fitTimeText(text: string, digits: number): string {
  if (!hasMoreDigits(text, digits)) return text;
  const zone = ZONE.exec(text)?.[1] ?? '';
  const clock = parseClock(text.slice(0, text.length - zone.length));
  return typeof clock !== 'number' ? text : clockText(Number(roundTime(BigInt(clock), digits)), 0) + zone;
}

/** `2024-02-29 12:30:15.123456`, of timestamptz with its offset, which stays. */
export function fitTimestampText(text: string, digits: number): string {
  if (!hasMoreDigits(text, digits)) return text;
  const [suffix = '', zone = '', era = ''] = ZONE.exec(text) ?? [];
  const local = parseIsoDateTime(text.slice(0, text.length - suffix.length) + era);
  if (typeof local !== 'object') return text;
  const rounded = roundTimestamp(BigInt(local.day) * MICROSECONDS_PER_DAY + BigInt(local.microseconds), digits);
  const time = ((rounded % MICROSECONDS_PER_DAY) + MICROSECONDS_PER_DAY) % MICROSECONDS_PER_DAY;
  setDay(scratchDay, Number((rounded - time) / MICROSECONDS_PER_DAY));
  let end = copyDay(scratch, scratchView, 0, scratchDay);
  scratch[end++] = 0x20;
  const shown = clockText(Number(time), end) + zone;
  if (!scratchDay.beforeChrist) return shown;
  end = writeBeforeChrist(scratch, 0);
  return shown + latin1(0, end);
}

function hasMoreDigits(text: string, digits: number): boolean {
  return (FRACTION.exec(text)?.[1]?.length ?? 0) > digits;
}

/** What is in `scratch` already, and the clock behind it. */
function clockText(microseconds: number, position: number): string {
  const seconds = Math.floor(microseconds / 1_000_000);
  return latin1(0, writeClock(scratch, scratchView, position, seconds, microseconds - seconds * 1_000_000));
}

function latin1(start: number, end: number): string {
  return Buffer.from(scratch.subarray(start, end)).toString('latin1');
}
