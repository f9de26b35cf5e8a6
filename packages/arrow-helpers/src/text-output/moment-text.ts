/** Days and moments as PostgreSQL prints them in ISO style. */
import { copyDay, makeDayText, setDay, writeBeforeChrist } from './calendar.js';
import { writeClock } from './clock.js';

/** The longest timestamp: `294276-12-31 23:59:59.999999+00`, or `4714-11-24 00:00:00.000001+00 BC`. */
export const TIMESTAMP_TEXT_BYTES = 32;

const MICROSECONDS_PER_DAY = 86_400_000_000n;

const scratch = new Uint8Array(TIMESTAMP_TEXT_BYTES);
const scratchView = new DataView(scratch.buffer);
const scratchDay = makeDayText();

/** `2024-02-29`, of days since 1970. */
export function dateText(day: number): string {
  setDay(scratchDay, day);
  const end = copyDay(scratch, scratchView, 0, scratchDay);
  return latin1(0, end) + eraText();
}

/**
 * `2024-02-29 12:30:15.5`, of microseconds since 1970.
 *
 * @param zone - what stands behind the clock
 */
export function timestampText(microseconds: bigint, zone: string): string {
  const time = ((microseconds % MICROSECONDS_PER_DAY) + MICROSECONDS_PER_DAY) % MICROSECONDS_PER_DAY;
  setDay(scratchDay, Number((microseconds - time) / MICROSECONDS_PER_DAY));
  const end = copyDay(scratch, scratchView, 0, scratchDay);
  scratch[end] = 0x20;
  return clockBehind(Number(time), end + 1) + zone + eraText();
}

/** `12:30:15.5`, of microseconds since midnight. */
export function clockText(microseconds: number): string {
  return clockBehind(microseconds, 0);
}

/** What is in `scratch` already, and the clock behind it. */
function clockBehind(microseconds: number, position: number): string {
  const seconds = Math.floor(microseconds / 1_000_000);
  return latin1(0, writeClock(scratch, scratchView, position, seconds, microseconds - seconds * 1_000_000));
}

function eraText(): string {
  return scratchDay.beforeChrist ? latin1(0, writeBeforeChrist(scratch, 0)) : '';
}

function latin1(start: number, end: number): string {
  return Buffer.from(scratch.subarray(start, end)).toString('latin1');
}
