/** Offsets from Greenwich at any time, out of the time zones that Node brings (ICU's copy of the IANA database). */
import { PgError, sqlstate } from '@riffq/wire';
import { fixedZone } from './fixed-zone.js';
import { type PosixZone, parsePosixZone } from './posix-zone.js';
import { ownNames } from './zone-names.js';

const SECONDS_PER_DAY = 86_400;
/** The calendar, and so every rule of daylight saving time, comes round in 400 years. */
const SECONDS_PER_CYCLE = 146_097 * SECONDS_PER_DAY;
/** The year 2600: what comes later is looked up in the cycle that begins here. */
const LAST_CYCLE = 19_880_899_200;
/** The year 1811, before which no zone had another time than its own. */
const FIRST_SECOND = -5_000_000_000;
/** Winter and summer of 1970 and 2024. */
const SEASONS = [0, 15_638_400, 1_704_067_200, 1_719_792_000];
/** ICU has no names of times before 1970, nor of the time of Britain until November 1971. */
const FIRST_NAMES = 57_801_600;
/** Names of ICU that the IANA database does not have, or no more: some are PostgreSQL's for other zones. */
const ONLY_ICU = new Set('ACWST ACWDT CHAST CHADT GST HAST HADT LHST LHDT PMST PMDT WAST'.split(' '));
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

/** What the clocks of a zone were called in a season, and the offset that they showed. */
interface Season {
  readonly name: string;
  readonly offset: number;
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
  #namedSeasons: readonly Season[] | undefined;
  #day = Number.NaN;
  #dayOffset = 0;

  private constructor(name: string) {
    this.#name = name;
    const posix = parsePosixZone(fixedZone(name) ?? name);
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
    const offset = this.offsetAt(second);
    if (second >= FIRST_NAMES) {
      if (ownNames(this.#name, second) !== undefined) return this.#nameAt(second);
      const name = this.#nameAt(second);
      // Newfoundland's clocks once were two hours ahead, and ICU's names know of one.
      return this.#seasons.some((season) => season.name === name && season.offset !== offset) ? undefined : name;
    }
    // What the zone's clocks were called later when they showed the same.
    const later = this.#seasons.find((season) => season.offset === offset)?.name;
    return later ?? (isLocalMean(offset) && offset === this.offsetAt(FIRST_SECOND) ? 'LMT' : undefined);
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
    const own = ownNames(this.#name, second);
    if (own !== undefined) return own[this.offsetAt(second) / 3600];
    const milliseconds = inKnownTime(second) * 1000;
    return this.#names?.map((format) => zonePart(format, milliseconds)).find(isName);
  }

  /** The names of some winters and summers. */
  get #seasons(): readonly Season[] {
    this.#namedSeasons ??= SEASONS.flatMap((second) => {
      const name = this.#nameAt(second);
      return name === undefined ? [] : [{ name, offset: this.offsetAt(second) }];
    });
    return this.#namedSeasons;
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

function isName(name: string): boolean {
  return /^[A-Z]{2,6}$/.test(name) && !ONLY_ICU.has(name);
}

/** Local mean time was, with few others, not cut to minutes. */
function isLocalMean(offset: number): boolean {
  return offset % 60 !== 0;
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
