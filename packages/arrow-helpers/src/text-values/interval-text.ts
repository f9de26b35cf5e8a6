/** Intervals as text: PostgreSQL's own style, SQL's and ISO 8601. */
import type { IntervalStyle } from '../output-settings.js';

/** What PostgreSQL keeps of an interval; in the infinite ones all three are the largest or the smallest there are. */
export interface IntervalParts {
  readonly months: number;
  readonly days: number;
  readonly microseconds: bigint;
}

const AMOUNT = /\s*([+-]?)(\d+)(?:\.(\d{1,9}))?\s*([a-z]+)\s*/iy;
const YEARS_AND_MONTHS = /\s*([+-]?)(\d+)-(\d\d?)(?:\s+|$)/y;
const CLOCK = /\s*([+-]?)(\d+):(\d\d?)(?::(\d\d?)(?:\.(\d{1,6}))?)?(?:\s+|$)/y;
/** Days before a clock have no unit in SQL's own style, and seconds at the end need none. */
const BARE_DAYS = /\s*([+-]?)(\d+)\s+(?=[+-]?\d+:)/y;
const BARE_SECONDS = /\s*([+-]?)(\d+)(?:\.(\d{1,6}))?\s*$/y;
/** One amount of ISO 8601; behind `T` an `M` is minutes. */
const ISO_AMOUNT = /([+-]?)(\d*)(?:\.(\d{0,9}))?([YMWDHS])/y;
/** The other form that ISO 8601 has. */
const ISO_FIELDS = /^P(\d+)-(\d\d?)-(\d+)(?:T(\d+):(\d\d?)(?::(\d\d?)(?:\.(\d{1,6}))?)?)?$/;

/** A minus at the beginning, and no other sign at the beginning of a field. */
const LONE_SIGN = /^\s*-(?=[\d.])(?!.*[^\d][+-])/;

const INFINITE = /^\s*([+-]?)infinity\s*$/i;
const INFINITY: IntervalParts = { months: 2 ** 31 - 1, days: 2 ** 31 - 1, microseconds: 2n ** 63n - 1n };
const MINUS_INFINITY: IntervalParts = { months: -(2 ** 31), days: -(2 ** 31), microseconds: -(2n ** 63n) };

const HOUR = 3_600_000_000n;
const MINUTE = 60_000_000n;
const SECOND = 1_000_000n;

interface Unit {
  /** A bit of its own. */
  readonly field: number;
  readonly months?: number;
  readonly days?: number;
  readonly microseconds?: bigint;
}

const NOTHING: IntervalParts = { months: 0, days: 0, microseconds: 0n };

const YEAR: Unit = { field: 1, months: 12 };
const MONTH: Unit = { field: 2, months: 1 };
const WEEK: Unit = { field: 4, days: 7 };
const DAY: Unit = { field: 8, days: 1 };
const HOURS: Unit = { field: 16, microseconds: HOUR };
const MINUTES: Unit = { field: 32, microseconds: MINUTE };
const SECONDS: Unit = { field: 64, microseconds: SECOND };
const MILLISECONDS: Unit = { field: 128, microseconds: 1000n };
const MICROSECONDS: Unit = { field: 256, microseconds: 1n };
const ALL_SECONDS = SECONDS.field | MILLISECONDS.field | MICROSECONDS.field;

/** Without the `s` of their plurals. */
const units: ReadonlyMap<string, Unit> = new Map(
  (
    [
      ['millennium millennia mil', { field: 512, months: 12_000 }],
      ['century centurie cent c', { field: 1024, months: 1200 }],
      ['decade dec', { field: 2048, months: 120 }],
      ['year yr y', YEAR],
      ['month mon', MONTH],
      ['week w', WEEK],
      ['day d', DAY],
      ['hour hr h', HOURS],
      ['minute min m', MINUTES],
      ['second sec s', SECONDS],
      ['millisecond msec ms', MILLISECONDS],
      ['microsecond usec us', MICROSECONDS],
    ] as const
  ).flatMap(([names, unit]) => names.split(' ').map((name) => [name, unit] as const)),
);

/** 1 and -1 for the infinite intervals, else 0. */
export function infiniteSign({ months, days, microseconds }: IntervalParts): number {
  const is = (other: IntervalParts) =>
    months === other.months && days === other.days && microseconds === other.microseconds;
  return is(INFINITY) ? 1 : is(MINUS_INFINITY) ? -1 : 0;
}

/** Whether months, days and microseconds are whole numbers of PostgreSQL's 32 and 64 bits. */
export function isIntervalInRange({ months, days, microseconds }: IntervalParts): boolean {
  const fits = (count: number): boolean =>
    Number.isInteger(count) && count >= MINUS_INFINITY.months && count <= INFINITY.months;
  return fits(months) && fits(days) && BigInt.asIntN(64, microseconds) === microseconds;
}

/**
 * Reads `1 year 2 mons -3 days +04:05:06.789`, `@ 1.5 months ago`, `1-2 3 4:05:06`, `P1Y2M-3DT4H5M6.789S` and the infinities; undefined for what is none of them.
 *
 * @param style - in `sql_standard` a lone sign at the beginning is that of all fields
 */
export function parseInterval(text: string, style: IntervalStyle = 'postgres'): IntervalParts | undefined {
  if (style === 'sql_standard' && LONE_SIGN.test(text)) return negated(parseInterval(text.replace('-', '')));
  const infinite = INFINITE.exec(text);
  if (infinite !== null) return infinite[1] === '-' ? MINUS_INFINITY : INFINITY;
  return text.startsWith('P') ? parseIso(text) : parsePostgres(text);
}

function parsePostgres(written: string): IntervalParts | undefined {
  const text = written.replace(/^\s*@\s*/, '');
  const ago = /\s+ago\s*$/i.exec(text);
  const parts = sumOf(ago === null ? text : text.slice(0, ago.index));
  return ago === null ? parts : negated(parts);
}

function negated(parts: IntervalParts | undefined): IntervalParts | undefined {
  // Not -0, of which there is none among integers.
  return parts && { months: 0 - parts.months, days: 0 - parts.days, microseconds: -parts.microseconds };
}

function sumOf(text: string): IntervalParts | undefined {
  let total = NOTHING;
  let fields = 0;
  let position = 0;
  do {
    const found = partAt(text, position);
    // Each unit may be there once.
    if (found === undefined || (fields & found.fields) !== 0) return undefined;
    total = sum(total, found.part);
    fields |= found.fields;
    position = found.end;
  } while (position < text.length);
  return total;
}

interface FoundPart {
  readonly part: IntervalParts;
  readonly fields: number;
  readonly end: number;
}

function partAt(text: string, position: number): FoundPart | undefined {
  for (const { pattern, read, fields } of FORMS) {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (match === null) continue;
    const part = read(match);
    return part === undefined ? undefined : { part, fields: fields(match), end: pattern.lastIndex };
  }
  return undefined;
}

interface Form {
  readonly pattern: RegExp;
  readonly read: (match: RegExpExecArray) => IntervalParts | undefined;
  /** The fields that it is a value of, as bits. */
  readonly fields: (match: RegExpExecArray) => number;
}

const FORMS: readonly Form[] = [
  {
    pattern: AMOUNT,
    read: ([, sign, whole = '', fraction = '', name = '']) => amountOf(sign, whole, fraction, unitOf(name)),
    fields: ([, , , fraction, name = '']) => fieldsOf(unitOf(name), fraction),
  },
  { pattern: CLOCK, read: readClock, fields: () => HOURS.field | MINUTES.field | ALL_SECONDS },
  {
    pattern: YEARS_AND_MONTHS,
    read: ([, sign, years, months]) => {
      // Months that make a year are a field out of range, as are too many.
      const count = Number(months) > 11 ? Number.NaN : Number(years) * 12 + Number(months);
      return { months: signed(sign, count), days: 0, microseconds: 0n };
    },
    fields: () => MONTH.field,
  },
  {
    pattern: BARE_DAYS,
    read: ([, sign, whole = '']) => amountOf(sign, whole, '', DAY),
    fields: () => DAY.field,
  },
  {
    pattern: BARE_SECONDS,
    read: ([, sign, whole = '', fraction = '']) => amountOf(sign, whole, fraction, SECONDS),
    fields: ([, , , fraction]) => fieldsOf(SECONDS, fraction),
  },
];

/** Fractions of a second are its smaller units too. */
function fieldsOf(unit: Unit | undefined, fraction: string | undefined): number {
  return unit === SECONDS && fraction !== undefined ? ALL_SECONDS : (unit?.field ?? 0);
}

function readClock([, sign, hours = '0', minutes = '0', seconds = '0', fraction = '']: RegExpExecArray): IntervalParts {
  const clock = clockOf(hours, minutes, seconds, fraction);
  return { months: 0, days: 0, microseconds: sign === '-' ? -clock : clock };
}

function unitOf(name: string): Unit | undefined {
  const lower = name.toLowerCase();
  return units.get(lower) ?? units.get(lower.replace(/s$/, ''));
}

/** What a unit's fraction makes is carried over to the smaller ones: a month has 30 days there, and a day 24 hours. */
function amountOf(
  sign: string | undefined,
  whole: string,
  fraction: string,
  unit: Unit | undefined,
): IntervalParts | undefined {
  if (unit === undefined) return undefined;
  const rest = Number(`0.${fraction}`);
  const fractionOfDays = unit.months === 1 ? rest * 30 : rest * (unit.days ?? 0);
  const wholeDays = Math.trunc(fractionOfDays);
  const months = Number(whole) * (unit.months ?? 0) + (unit.months === 1 ? 0 : Math.round(rest * (unit.months ?? 0)));
  const days = Number(whole) * (unit.days ?? 0) + wholeDays;
  const carried = (fractionOfDays - wholeDays) * 86_400e6 + rest * Number(unit.microseconds ?? 0n);
  const microseconds = BigInt(whole) * (unit.microseconds ?? 0n) + BigInt(Math.round(carried));
  return {
    months: signed(sign, months),
    days: signed(sign, days),
    microseconds: sign === '-' ? -microseconds : microseconds,
  };
}

function signed(sign: string | undefined, magnitude: number): number {
  return sign === '-' ? 0 - magnitude : magnitude;
}

function parseIso(text: string): IntervalParts | undefined {
  const fields = ISO_FIELDS.exec(text);
  if (fields !== null) {
    const [, years, months, days, hours = '0', minutes = '0', seconds = '0', fraction = ''] = fields;
    const microseconds = clockOf(hours, minutes, seconds, fraction);
    return { months: Number(years) * 12 + Number(months), days: Number(days), microseconds };
  }
  const [date = '', time] = text.slice(1).split('T', 2);
  const parts = text.length < 2 ? undefined : sumOfIso(date, isoDateUnits);
  const clock = parts && sumOfIso(time ?? '', isoTimeUnits);
  return parts && clock && sum(parts, clock);
}

const isoDateUnits: ReadonlyMap<string, Unit> = new Map([
  ['Y', YEAR],
  ['M', MONTH],
  ['W', WEEK],
  ['D', DAY],
]);
const isoTimeUnits: ReadonlyMap<string, Unit> = new Map([
  ['H', HOURS],
  ['M', MINUTES],
  ['S', SECONDS],
]);

function sumOfIso(text: string, unitsByLetter: ReadonlyMap<string, Unit>): IntervalParts | undefined {
  let total = NOTHING;
  for (ISO_AMOUNT.lastIndex = 0; ISO_AMOUNT.lastIndex < text.length; ) {
    const [, sign, whole = '', fraction = '', letter = ''] = ISO_AMOUNT.exec(text) ?? [];
    const amount = whole + fraction === '' ? undefined : amountOf(sign, whole, fraction, unitsByLetter.get(letter));
    if (amount === undefined) return undefined;
    total = sum(total, amount);
  }
  return total;
}

function sum(one: IntervalParts, other: IntervalParts): IntervalParts {
  return {
    months: one.months + other.months,
    days: one.days + other.days,
    microseconds: one.microseconds + other.microseconds,
  };
}

function clockOf(hours: string, minutes: string, seconds: string, fraction: string): bigint {
  return BigInt(hours) * HOUR + BigInt(minutes) * MINUTE + BigInt(seconds) * SECOND + BigInt(fraction.padEnd(6, '0'));
}
