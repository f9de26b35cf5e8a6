import type { TimeZone } from './time-zone.js';

const SECONDS_PER_DAY = 86_400;

/**
 * The offset of a zone, in seconds to the east, when its clocks show so many seconds after 1970. Of a time that the clocks show
 * twice it is the later one, and of one that they leave out it is as if they had not been changed yet, as with PostgreSQL.
 */
export function localOffset(zone: TimeZone, localSecond: number): number {
  const before = zone.offsetAt(localSecond - SECONDS_PER_DAY);
  const after = zone.offsetAt(localSecond + SECONDS_PER_DAY);
  return before === after || zone.offsetAt(localSecond - after) === after ? after : before;
}
