const SECONDS_PER_HOUR = 3600;
const SECONDS_PER_DAY = 86_400;
/** March 1st of years that are no leap years. */
const MARCH_FIRST = 60;

/** When in a year daylight saving time begins or ends. */
export interface PosixRule {
  /** `J60`: a day of the year, February 29th not counted. `60`: from 0, counted. `M3.2.0`: the second Sunday of March. */
  readonly day:
    | { readonly kind: 'julian'; readonly number: number }
    | { readonly kind: 'zeroBased'; readonly number: number }
    | { readonly kind: 'weekday'; readonly month: number; readonly week: number; readonly weekday: number };
  /** Of the wall clock, behind that day's midnight. */
  readonly seconds: number;
}

/** Seconds from the beginning of a year to the rule's wall clock time. */
export function secondsIntoYear({ day, seconds }: PosixRule, year: number): number {
  return dayOfYear(day, year) * SECONDS_PER_DAY + seconds;
}

/** The first second of a year, by the clock of Greenwich. */
export function startOfYear(year: number): number {
  return Date.UTC(year, 0, 1) / 1000;
}

function dayOfYear(day: PosixRule['day'], year: number): number {
  const daysTo = (month: number) => (Date.UTC(year, month, 1) - Date.UTC(year, 0, 1)) / 86_400_000;
  if (day.kind === 'zeroBased') return day.number;
  if (day.kind === 'julian') return day.number - 1 + (day.number >= MARCH_FIRST && daysTo(2) === MARCH_FIRST ? 1 : 0);
  const [first, next] = [daysTo(day.month - 1), daysTo(day.month)];
  const weekdayOfFirst = new Date(Date.UTC(year, day.month - 1, 1)).getUTCDay();
  let found = first + ((day.weekday - weekdayOfFirst + 7) % 7) + 7 * (day.week - 1);
  // The fifth is the last.
  if (found >= next) found -= 7;
  return found;
}

/** Reads POSIX zones: https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html#tag_08_03 */
export class PosixScanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get ended(): boolean {
    return this.#at === this.#text.length;
  }

  isAt(character: string): boolean {
    return this.#text[this.#at] === character;
  }

  /** Takes a character, if it is the next. */
  takes(character: string): boolean {
    const found = this.isAt(character);
    if (found) this.#at += 1;
    return found;
  }

  /** A zone's abbreviation, perhaps in angle brackets; it may be empty. */
  name(): string {
    const [all = '', quoted, plain = ''] = this.#match(/<([^>]*)>|([^\d,+-]*)/y);
    this.#at += all.length;
    return quoted ?? plain;
  }

  /** Seconds of `[+-]hh[:mm[:ss]]`, of a week at most; undefined for all else. */
  time(): number | undefined {
    const [all = '', sign, hours = '', minutes = '0', seconds = '0'] = this.#match(
      /([-+]?)(\d{1,3})(?::(\d{1,2})(?::(\d{1,2}))?)?/y,
    );
    if (all === '' || Number(hours) > 167 || Number(minutes) > 59 || Number(seconds) > 60) return undefined;
    this.#at += all.length;
    const distance = Number(hours) * SECONDS_PER_HOUR + Number(minutes) * 60 + Number(seconds);
    return sign === '-' ? -distance : distance;
  }

  /** A rule; undefined for what is none. */
  rule(): PosixRule | undefined {
    const [all = '', julian, zeroBased, month = '0', week = '0', weekday = '9'] = this.#match(
      /J(\d+)|(\d+)|M(\d+)\.(\d+)\.(\d+)/y,
    );
    this.#at += all.length;
    const day = ruleDay(julian, zeroBased, [Number(month), Number(week), Number(weekday)]);
    const seconds = this.takes('/') ? this.time() : 2 * SECONDS_PER_HOUR;
    return all === '' || day === undefined || seconds === undefined ? undefined : { day, seconds };
  }

  #match(pattern: RegExp): readonly (string | undefined)[] {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text) ?? [];
  }
}

function ruleDay(
  julian: string | undefined,
  zeroBased: string | undefined,
  [month, week, weekday]: readonly [number, number, number],
): PosixRule['day'] | undefined {
  if (julian !== undefined) {
    const number = Number(julian);
    return number >= 1 && number <= 365 ? { kind: 'julian', number } : undefined;
  }
  if (zeroBased !== undefined)
    return Number(zeroBased) <= 365 ? { kind: 'zeroBased', number: Number(zeroBased) } : undefined;
  const isKnown = month >= 1 && month <= 12 && week >= 1 && week <= 5 && weekday <= 6;
  return isKnown ? { kind: 'weekday', month, week, weekday } : undefined;
}
