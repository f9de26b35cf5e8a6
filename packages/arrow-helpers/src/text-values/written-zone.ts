import { isPgError } from '@riffq/wire';
import { parsePosixZone } from '../time-zone/posix-zone.js';
import { TimeZone } from '../time-zone/time-zone.js';
import type { DateTimeFault } from './date-time-fault.js';
import { MOST_ZONE_HOURS, SECONDS_PER_DAY } from './iso-date-time.js';
import { offsetOfAbbreviation } from './zone-abbreviations.js';

/** Seconds to the east of Greenwich, or where they depend on the date, a zone. */
export type WrittenZone = number | LocalZone;

/** A zone whose clocks are changed. */
export interface LocalZone {
  /** What is between its clocks and those of Greenwich when they show so many seconds after 1970. */
  offsetOf(localSecond: number): number;
}

const DISPLACEMENT = /^([+-])(\d+)(?::(\d+)(?::(\d+))?)?(.*)$/;

/** Reads `+01`, `-0730` or `+05:30:10`. */
export function readDisplacement(text: string): number | DateTimeFault {
  const match = DISPLACEMENT.exec(text);
  if (match === null) return 'malformed';
  const [, sign, digits = '', minutesBehindColon, seconds = '0', rest] = match;
  const isRunTogether = minutesBehindColon === undefined && digits.length > 2 && rest === '';
  const hours = Number(isRunTogether ? digits.slice(0, -2) : digits);
  const minutes = Number(isRunTogether ? digits.slice(-2) : (minutesBehindColon ?? 0));
  if (hours > MOST_ZONE_HOURS || minutes > 59 || Number(seconds) > 59) return 'zone out of range';
  if (rest !== '') return 'malformed';
  const distance = hours * 3600 + minutes * 60 + Number(seconds);
  return sign === '-' ? -distance : distance;
}

/** A zone by its abbreviation, or by its name in the IANA database or as POSIX writes it. */
export function namedZone(text: string, kind: 'abbreviation' | 'name'): WrittenZone | DateTimeFault {
  if (kind === 'abbreviation') return offsetOfAbbreviation(text) ?? 'unknown zone';
  const fixed = parsePosixZone(text);
  if (fixed?.isFixed) return fixed.at(0).offsetSeconds;
  const zone = zoneCalled(text);
  return zone === undefined ? 'unknown zone' : { offsetOf: (localSecond) => offsetAt(zone, localSecond) };
}

function zoneCalled(name: string): TimeZone | undefined {
  try {
    return TimeZone.of(name);
  } catch (error) {
    if (isPgError(error)) return undefined;
    throw error;
  }
}

/** Where clocks show a time twice it is the later one, and one that they leave out counts by the time before. */
function offsetAt(zone: TimeZone, localSecond: number): number {
  const before = zone.offsetAt(localSecond - SECONDS_PER_DAY);
  const after = zone.offsetAt(localSecond + SECONDS_PER_DAY);
  return zone.offsetAt(localSecond - after) === after ? after : before;
}
