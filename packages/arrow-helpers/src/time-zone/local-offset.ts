import { FIRST_DAY, LAST_DAY } from '../postgres-calendar.js';
import type { TimeZone } from './time-zone.js';

const SECONDS_PER_DAY = 86_400;
/** PostgreSQL counts whole months: from November 4714 BC to May 5874898. */
const FIRST_SECOND = (FIRST_DAY - 23) * SECONDS_PER_DAY;
const END_SECOND = (LAST_DAY + 1 + 151) * SECONDS_PER_DAY;

/**
 * The offset of a zone, in seconds to the east, when its clocks show so many seconds after 1970. Of a time that the clocks show
 * twice it is the later one, and of one that they leave out it is as if they had not been changed yet, as with PostgreSQL. Beyond PostgreSQL's calendar there are no zones.
 */
export function localOffset(zone: TimeZone, localSecond: number): number {
  if (localSecond < FIRST_SECOND || localSecond >= END_SECOND) return 0;
  const before = zone.offsetAt(localSecond - SECONDS_PER_DAY);
  const after = zone.offsetAt(localSecond + SECONDS_PER_DAY);
  return before === after || zone.offsetAt(localSecond - after) === after ? after : before;
}
