/** Intervals as text: PostgreSQL's own style and ISO 8601. */

/** What PostgreSQL keeps of an interval; in the infinite ones all three are the largest or the smallest there are. */
export interface IntervalParts {
  readonly months: number;
  readonly days: number;
  readonly microseconds: bigint;
}

const PARTS = /\s*([+-]?\d+)\s*([a-z]+)\s*|\s*([+-]?)(\d+):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?\s*$/iy;
const ISO =
  /^P(?:([+-]?\d+)Y)?(?:([+-]?\d+)M)?(?:([+-]?\d+)W)?(?:([+-]?\d+)D)?(?:T(?:([+-]?\d+)H)?(?:([+-]?\d+)M)?(?:([+-]?)(\d+)(?:\.(\d{1,6}))?S)?)?$/;

const INFINITE = /^\s*([+-]?)infinity\s*$/i;
const INFINITY: IntervalParts = { months: 2 ** 31 - 1, days: 2 ** 31 - 1, microseconds: 2n ** 63n - 1n };
const MINUS_INFINITY: IntervalParts = { months: -(2 ** 31), days: -(2 ** 31), microseconds: -(2n ** 63n) };

const HOUR = 3_600_000_000n;
const MINUTE = 60_000_000n;
const SECOND = 1_000_000n;

const units: Readonly<
  Record<string, { readonly months?: number; readonly days?: number; readonly microseconds?: bigint }>
> = {
  year: { months: 12 },
  mon: { months: 1 },
  month: { months: 1 },
  week: { days: 7 },
  day: { days: 1 },
  hour: { microseconds: HOUR },
  min: { microseconds: MINUTE },
  minute: { microseconds: MINUTE },
  sec: { microseconds: SECOND },
  second: { microseconds: SECOND },
};

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
 * Reads `1 year 2 mons -3 days +04:05:06.789`, `P1Y2M-3DT4H5M6.789S` and the infinities; undefined for what is none of them.
 */
export function parseInterval(text: string): IntervalParts | undefined {
  const infinite = INFINITE.exec(text);
  if (infinite !== null) return infinite[1] === '-' ? MINUS_INFINITY : INFINITY;
  return text.startsWith('P') ? parseIso(text) : parsePostgres(text);
}

function parsePostgres(text: string): IntervalParts | undefined {
  let [months, days, microseconds] = [0, 0, 0n];
  PARTS.lastIndex = 0;
  do {
    const match = PARTS.exec(text);
    if (match === null) return undefined;
    const [, count = '0', name, sign, hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
    if (name === undefined) {
      const clock = clockOf(hours, minutes, seconds, fraction);
      microseconds += sign === '-' ? -clock : clock;
      continue;
    }
    const unit = units[name.toLowerCase().replace(/s$/, '')];
    if (unit === undefined) return undefined;
    months += Number(count) * (unit.months ?? 0);
    days += Number(count) * (unit.days ?? 0);
    microseconds += BigInt(count) * (unit.microseconds ?? 0n);
  } while (PARTS.lastIndex < text.length);
  return { months, days, microseconds };
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
