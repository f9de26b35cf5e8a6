/** Zones as POSIX writes them: https://www.postgresql.org/docs/18/datetime-posix-timezone-specs.html */
import { type PosixRule, PosixScanner, secondsIntoYear, startOfYear } from './posix-rule.js';

const SECONDS_PER_HOUR = 3600;
/** The calendar, weekdays and all, comes round in 400 years: rules are looked up in those that begin with 2000. */
const SECONDS_PER_CYCLE = 146_097 * 86_400;
const CYCLE_START = 946_684_800;
/** Years before the one at hand in which the last change may lie, for rules that not every year has a use for. */
const YEARS_BACK = 8;
/** What PostgreSQL takes for rules where there are none: those of the United States. */
const DEFAULT_RULES = ',M3.2.0,M11.1.0';

/** What a zone's clocks show, and how that is called. */
interface ClockTime {
  /** To the east of Greenwich. */
  readonly offsetSeconds: number;
  readonly abbreviation: string;
}

/** A zone that says itself what its clocks show. */
export interface PosixZone {
  /** Whether they are never changed. */
  readonly isFixed: boolean;
  /** What they show so many seconds after 1970. */
  at(second: number): ClockTime;
}

/**
 * Reads a zone such as `UTC-3`, `<+05:30>-05:30` or `CET-1CEST,M3.5.0,M10.5.0/3` as PostgreSQL does: offsets count to the west,
 * letters are capitals, the name may be missing. Undefined for all else.
 */
export function parsePosixZone(text: string): PosixZone | undefined {
  const scanner = new PosixScanner(text.toUpperCase());
  const standard = scanner.name();
  const west = scanner.time();
  if (west === undefined) return undefined;
  const standardTime = clockTime(west, standard);
  if (scanner.ended) return { isFixed: true, at: () => standardTime };
  const daylight = scanner.name();
  if (daylight === '') return undefined;
  const daylightWest = scanner.ended || scanner.isAt(',') ? west - SECONDS_PER_HOUR : scanner.time();
  if (daylightWest === undefined) return undefined;
  const rules = scanner.ended ? new PosixScanner(DEFAULT_RULES) : scanner;
  const begins = rules.takes(',') ? rules.rule() : undefined;
  const ends = rules.takes(',') ? rules.rule() : undefined;
  if (begins === undefined || ends === undefined || !rules.ended) return undefined;
  return new DaylightZone(standardTime, clockTime(daylightWest, daylight), begins, ends);
}

function clockTime(west: number, abbreviation: string): ClockTime {
  // Zero is never negative.
  return { offsetSeconds: 0 - west, abbreviation };
}

interface Change {
  readonly second: number;
  readonly to: ClockTime;
}

/** A zone with daylight saving time by a rule. */
class DaylightZone implements PosixZone {
  readonly isFixed = false;
  readonly #changes = new Map<number, readonly Change[]>();

  constructor(
    private readonly standard: ClockTime,
    private readonly daylight: ClockTime,
    private readonly begins: PosixRule,
    private readonly ends: PosixRule,
  ) {}

  at(second: number): ClockTime {
    const cycles = Math.floor((second - CYCLE_START) / SECONDS_PER_CYCLE);
    const looked = second - cycles * SECONDS_PER_CYCLE;
    const year = new Date(looked * 1000).getUTCFullYear();
    // The last change of a year may come after the year is over in Greenwich, or before it has begun.
    for (let back = -1; back <= YEARS_BACK; back++) {
      const last = this.#changesOf(year - back).findLast((change) => change.second <= looked);
      if (last !== undefined) return last.to;
    }
    // Daylight saving time that never ends.
    return this.daylight;
  }

  #changesOf(year: number): readonly Change[] {
    const known = this.#changes.get(year);
    if (known !== undefined) return known;
    const start = startOfYear(year);
    const { standard, daylight } = this;
    const begin = { second: secondsIntoYear(this.begins, year) - standard.offsetSeconds, to: daylight };
    const end = { second: secondsIntoYear(this.ends, year) - daylight.offsetSeconds, to: standard };
    const isSouthern = end.second < begin.second;
    const yearSeconds = startOfYear(year + 1) - start;
    const isPartOfYear = end.second - begin.second < yearSeconds + daylight.offsetSeconds - standard.offsetSeconds;
    const inOrder = isSouthern ? [end, begin] : end.second > begin.second && isPartOfYear ? [begin, end] : [];
    const changes = inOrder.map(({ second, to }) => ({ second: start + second, to }));
    this.#changes.set(year, changes);
    return changes;
  }
}
