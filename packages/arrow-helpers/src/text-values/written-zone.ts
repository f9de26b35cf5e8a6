import { isPgError } from '@riffq/wire';
import { localOffset } from '../time-zone/local-offset.js';
import { parsePosixZone } from '../time-zone/posix-zone.js';
import { TimeZone } from '../time-zone/time-zone.js';
import { type DateTimeFault, unknownZone } from './date-time-fault.js';
import { formerOffsets } from './former-abbreviations.js';
import { MOST_ZONE_HOURS } from './iso-date-time.js';
import { offsetOfAbbreviation, zoneOfAbbreviation } from './zone-abbreviations.js';

/** Seconds to the east of Greenwich, or where they depend on the date, a zone. */
export type WrittenZone = number | LocalZone;

/** A zone whose clocks are changed. */
export interface LocalZone {
  /** Of a name and not an abbreviation: a time of day without a date has no such zone. */
  readonly needsDate: boolean;
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
  return sign === '-' ? 0 - distance : distance;
}

/** A zone by its name in the IANA database or as POSIX writes it. */
export function namedZone(text: string): WrittenZone | DateTimeFault {
  const fixed = parsePosixZone(text);
  if (fixed?.isFixed) return fixed.at(0).offsetSeconds;
  const zone = zoneCalled(text);
  return zone === undefined
    ? unknownZone(text)
    : { needsDate: true, offsetOf: (localSecond) => localOffset(zone, localSecond) };
}

/** A zone by its abbreviation, which may be the session's zone's own; undefined for what is none. */
export function abbreviatedZone(word: string, sessionZone: string): WrittenZone | undefined {
  const abbreviation = word.toUpperCase();
  const own = TimeZone.of(sessionZone);
  if (!own.abbreviations.has(abbreviation)) {
    const former = formerOffsets(abbreviation, sessionZone);
    if (former !== undefined) return formerZone(own, former);
  }
  const other = zoneOfAbbreviation(abbreviation);
  const zone = own.abbreviations.has(abbreviation) ? own : other === undefined ? undefined : TimeZone.of(other);
  if (zone === undefined) return offsetOfAbbreviation(abbreviation);
  return { needsDate: false, offsetOf: (localSecond) => abbreviatedOffset(zone, abbreviation, localSecond) };
}

/** Of several meanings the one that the zone's clocks had then. */
function formerZone(zone: TimeZone, offsets: readonly number[]): WrittenZone {
  const [first = 0, ...others] = offsets;
  if (others.length === 0) return first;
  const offsetOf = (localSecond: number): number => {
    const offset = localOffset(zone, localSecond);
    return others.includes(offset) ? offset : first;
  };
  return { needsDate: false, offsetOf };
}

/** Summer time means what it says in winter too. */
function abbreviatedOffset(zone: TimeZone, abbreviation: string, localSecond: number): number {
  const offset = localOffset(zone, localSecond);
  if (zone.abbreviationAt(localSecond - offset) === abbreviation) return offset;
  return zone.abbreviations.get(abbreviation) ?? offset;
}

function zoneCalled(name: string): TimeZone | undefined {
  try {
    return TimeZone.of(name);
  } catch (error) {
    if (isPgError(error)) return undefined;
    throw error;
  }
}
