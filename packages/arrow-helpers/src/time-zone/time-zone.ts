/** Offsets from Greenwich at any time, out of the time zones that Node brings (ICU's copy of the IANA database). */
import { PgError, sqlstate } from '@riffq/wire';
import { type PosixZone, parsePosixZone } from './posix-zone.js';

const SECONDS_PER_DAY = 86_400;
/** The calendar, and so every rule of daylight saving time, comes round in 400 years. */
const SECONDS_PER_CYCLE = 146_097 * SECONDS_PER_DAY;
/** The year 2600: what comes later is looked up in the cycle that begins here. */
const LAST_CYCLE = 19_880_899_200;
/** The year 1811, before which no zone had another time than its own. */
const FIRST_SECOND = -5_000_000_000;
/** Winter and summer of 1970 and 2024. */
const SEASONS = [0, 15_638_400, 1_704_067_200, 1_719_792_000];
/** From 1970 to 2037. */
const YEARS_WITH_NAMES = 68;
/** Days that a zone remembers, and zones that are remembered. */
const MOST_DAYS = 50_000;
const MOST_ZONES = 64;

const OFFSET = /GMT(?:([+-])(\d{1,2})(?::(\d\d))?(?::(\d\d))?)?/;
/** A locale has names for zones of its own countries only: between them these know the common ones. */
const LOCALES = ['en-US', 'en-GB', 'en-AU', 'en-NZ', 'en-ZA', 'en-IN', 'en-CA', 'en-HK', 'en-NG', 'ja'];

/** The offset of a day's first second, and where and to what it changes within the day. */
interface Day {
  readonly offset: number;
  readonly changesAt: number;
  readonly offsetAfter: number;
}

const zones = new Map<string, TimeZone>();

/** A time zone, with what was found out about it. */
export class TimeZone {
  readonly #posix: PosixZone | undefined;
  readonly #format: Intl.DateTimeFormat | undefined;
  readonly #days = new Map<number, Day>();
  readonly #name: string;
  #names: readonly Intl.DateTimeFormat[] | undefined;
  #abbreviations: ReadonlyMap<string, number> | undefined;
  #day = Number.NaN;
  #dayOffset = 0;

  private constructor(name: string) {
    this.#name = name;
    const posix = parsePosixZone(name);
    // `-03:30` is a name of Node's too, to the other side; of names with daylight saving time (`EST5EDT`) IANA's come first.
    this.#format = posix?.isFixed ? undefined : formatOf(name, 'en-US', 'longOffset');
    this.#posix = this.#format === undefined ? posix : undefined;
    if (this.#format === undefined && this.#posix === undefined) throw unknownZone(name);
  }

  /**
   * The zone of a name or a POSIX specification.
   *
   * @throws PgError 22023 for one that nobody knows
   */
  static of(name: string): TimeZone {
    const known = zones.get(name);
    if (known !== undefined) return known;
    const zone = new TimeZone(name);
    if (zones.size >= MOST_ZONES) zones.clear();
    zones.set(name, zone);
    return zone;
  }

  /** Seconds to the east of Greenwich at so many seconds after 1970. */
  offsetAt(second: number): number {
    if (this.#posix !== undefined) return this.#posix.at(second).offsetSeconds;
    const looked = inKnownTime(second);
    const number = Math.floor(looked / SECONDS_PER_DAY);
    // Neighbouring rows are often of one day.
    if (number === this.#day) return this.#dayOffset;
    const day = this.#days.get(number) ?? this.#findDay(number);
    if (day.changesAt === Number.POSITIVE_INFINITY) {
      this.#day = number;
      this.#dayOffset = day.offset;
    }
    return looked < day.changesAt ? day.offset : day.offsetAfter;
  }

  /** What the zone is called then, such as `CEST`; undefined where its name is not known. */
  abbreviationAt(second: number): string | undefined {
    if (this.#posix !== undefined) return this.#posix.at(second).abbreviation;
    this.#names ??= LOCALES.flatMap((locale) => formatOf(this.#name, locale, 'short') ?? []);
    const found = this.#nameAt(second) ?? (second < 0 ? this.#laterName(this.offsetAt(second)) : undefined);
    if (found !== undefined) return found;
    // Local mean time is the only one that was not cut to minutes.
    return this.offsetAt(second) % 60 === 0 ? undefined : 'LMT';
  }

  /** All that it has been called, with the offset that each had last. */
  get abbreviations(): ReadonlyMap<string, number> {
    this.#abbreviations ??= new Map(
      everySeason().flatMap((second) => {
        const name = this.abbreviationAt(second);
        return name === undefined ? [] : [[name, this.offsetAt(second)] as const];
      }),
    );
    return this.#abbreviations;
  }

  #nameAt(second: number): string | undefined {
    const milliseconds = inKnownTime(second) * 1000;
    return this.#names?.map((format) => zonePart(format, milliseconds)).find((name) => /^[A-Z]{2,6}$/.test(name));
  }

  /** ICU has no names of times before 1970: what the zone's clocks were called later when they showed the same. */
  #laterName(offset: number): string | undefined {
    const second = SEASONS.find((season) => this.offsetAt(season) === offset);
    return second === undefined ? undefined : this.#nameAt(second);
  }

  #findDay(number: number): Day {
    let from = number * SECONDS_PER_DAY;
    let to = from + SECONDS_PER_DAY;
    const offset = this.#lookUp(from);
    const offsetAfter = this.#lookUp(to);
    let changesAt = Number.POSITIVE_INFINITY;
    if (offset !== offsetAfter) {
      while (to - from > 1) {
        const middle = Math.floor((from + to) / 2);
        if (this.#lookUp(middle) === offset) from = middle;
        else to = middle;
      }
      changesAt = to;
    }
    if (this.#days.size >= MOST_DAYS) this.#days.clear();
    const day = { offset, changesAt, offsetAfter };
    this.#days.set(number, day);
    return day;
  }

  #lookUp(second: number): number {
    const format = this.#format;
    const match = format === undefined ? null : OFFSET.exec(zonePart(format, second * 1000));
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = match ?? [];
    const distance = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    return sign === '-' ? -distance : distance;
  }
}

/** When all had their own time, and then winter and summer of the years whose names are known. */
function everySeason(): readonly number[] {
  const years = Array.from({ length: YEARS_WITH_NAMES }, (_, index) => 1970 + index);
  return [FIRST_SECOND, ...years.flatMap((year) => [Date.UTC(year, 0, 1) / 1000, Date.UTC(year, 6, 1) / 1000])];
}

/** The same time of the calendar, where zones are known. */
function inKnownTime(second: number): number {
  if (second >= LAST_CYCLE) return LAST_CYCLE + ((second - LAST_CYCLE) % SECONDS_PER_CYCLE);
  return second < FIRST_SECOND ? FIRST_SECOND : second;
}

function zonePart(format: Intl.DateTimeFormat, milliseconds: number): string {
  return format.formatToParts(milliseconds).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

function formatOf(
  timeZone: string,
  locale: string,
  timeZoneName: 'longOffset' | 'short',
): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat(locale, { timeZone, timeZoneName });
  } catch {
    return undefined;
  }
}

function unknownZone(name: string): PgError {
  return new PgError({
    sqlstate: sqlstate.invalid_parameter_value,
    message: `invalid value for parameter "TimeZone": "${name}"`,
    hint: 'Use a name of the IANA database such as Europe/Oslo.',
  });
}
