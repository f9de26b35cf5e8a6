/** Intervals as text: PostgreSQL's own style and ISO 8601. */

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
const ISO =
  /^P(?:([+-]?\d+)Y)?(?:([+-]?\d+)M)?(?:([+-]?\d+)W)?(?:([+-]?\d+)D)?(?:T(?:([+-]?\d+)H)?(?:([+-]?\d+)M)?(?:([+-]?)(\d+)(?:\.(\d{1,6}))?S)?)?$/;

const INFINITE = /^\s*([+-]?)infinity\s*$/i;
const INFINITY: IntervalParts = { months: 2 ** 31 - 1, days: 2 ** 31 - 1, microseconds: 2n ** 63n - 1n };
const MINUS_INFINITY: IntervalParts = { months: -(2 ** 31), days: -(2 ** 31), microseconds: -(2n ** 63n) };

const HOUR = 3_600_000_000n;
const MINUTE = 60_000_000n;
const SECOND = 1_000_000n;

interface Unit {
  readonly months?: number;
  readonly days?: number;
  readonly microseconds?: bigint;
}

const YEAR: Unit = { months: 12 };
const MONTH: Unit = { months: 1 };
const WEEK: Unit = { days: 7 };
const DAY: Unit = { days: 1 };
const HOURS: Unit = { microseconds: HOUR };
const MINUTES: Unit = { microseconds: MINUTE };
const SECONDS: Unit = { microseconds: SECOND };

/** Without the `s` of their plurals. */
const units: ReadonlyMap<string, Unit> = new Map([
  ...['millennium', 'millennia', 'mil'].map((name) => [name, { months: 12_000 }] as const),
  ...['century', 'centurie', 'cent', 'c'].map((name) => [name, { months: 1200 }] as const),
  ...['decade', 'dec'].map((name) => [name, { months: 120 }] as const),
  ...['year', 'yr', 'y'].map((name) => [name, YEAR] as const),
  ...['month', 'mon'].map((name) => [name, MONTH] as const),
  ...['week', 'w'].map((name) => [name, WEEK] as const),
  ...['day', 'd'].map((name) => [name, DAY] as const),
  ...['hour', 'hr', 'h'].map((name) => [name, HOURS] as const),
  ...['minute', 'min', 'm'].map((name) => [name, MINUTES] as const),
  ...['second', 'sec', 's'].map((name) => [name, SECONDS] as const),
  ...['millisecond', 'msec', 'ms'].map((name) => [name, { microseconds: 1000n }] as const),
  ...['microsecond', 'usec', 'us'].map((name) => [name, { microseconds: 1n }] as const),
]);

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
 */
export function parseInterval(text: string): IntervalParts | undefined {
  const infinite = INFINITE.exec(text);
  if (infinite !== null) return infinite[1] === '-' ? MINUS_INFINITY : INFINITY;
  return text.startsWith('P') ? parseIso(text) : parsePostgres(text);
}

function parsePostgres(written: string): IntervalParts | undefined {
  const text = written.replace(/^\s*@\s*/, '');
  const ago = /\s+ago\s*$/i.exec(text);
  const parts = sumOf(ago === null ? text : text.slice(0, ago.index));
  if (ago === null || parts === undefined) return parts;
  // Not -0, of which there is none among integers.
  return { months: 0 - parts.months, days: 0 - parts.days, microseconds: -parts.microseconds };
}

function sumOf(text: string): IntervalParts | undefined {
  let [months, days, microseconds] = [0, 0, 0n];
  let position = 0;
  do {
    const found = partAt(text, position);
    if (found === undefined) return undefined;
    const { part, end } = found;
    months += part.months;
    days += part.days;
    microseconds += part.microseconds;
    position = end;
  } while (position < text.length);
  return { months, days, microseconds };
}

function partAt(text: string, position: number): { readonly part: IntervalParts; readonly end: number } | undefined {
  for (const [pattern, read] of FORMS) {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (match === null) continue;
    const part = read(match);
    return part === undefined ? undefined : { part, end: pattern.lastIndex };
  }
  return undefined;
}

const FORMS: readonly (readonly [RegExp, (match: RegExpExecArray) => IntervalParts | undefined])[] = [
  [AMOUNT, ([, sign, whole = '', fraction = '', name = '']) => amountOf(sign, whole, fraction, unitOf(name))],
  [CLOCK, readClock],
  [
    YEARS_AND_MONTHS,
    ([, sign, years, months]) => {
      // Months that make a year are a field out of range, as are too many.
      const count = Number(months) > 11 ? Number.NaN : Number(years) * 12 + Number(months);
      return { months: signed(sign, count), days: 0, microseconds: 0n };
    },
  ],
  [BARE_DAYS, ([, sign, whole = '']) => amountOf(sign, whole, '', DAY)],
  [BARE_SECONDS, ([, sign, whole = '', fraction = '']) => amountOf(sign, whole, fraction, SECONDS)],
];

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
  const match = text.length < 2 || text.endsWith('T') ? null : ISO.exec(text);
  if (match === null) return undefined;
  const [, years = '0', months = '0', weeks = '0', days = '0', hours = '0', minutes = '0', sign, seconds, fraction] =
    match;
  const rest = clockOf('0', '0', seconds ?? '0', fraction ?? '');
  return {
    months: Number(years) * 12 + Number(months),
    days: Number(weeks) * 7 + Number(days),
    microseconds: BigInt(hours) * HOUR + BigInt(minutes) * MINUTE + (sign === '-' ? -rest : rest),
  };
}

function clockOf(hours: string, minutes: string, seconds: string, fraction: string): bigint {
  return BigInt(hours) * HOUR + BigInt(minutes) * MINUTE + BigInt(seconds) * SECOND + BigInt(fraction.padEnd(6, '0'));
}
