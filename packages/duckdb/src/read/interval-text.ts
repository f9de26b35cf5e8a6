import type { DuckDBIntervalValue } from '@duckdb/node-api';

const monthsPerYear = 12;
const microsecondsPerSecond = 1_000_000n;

/**
 * An interval as PostgreSQL prints it with IntervalStyle `postgres`: `1 year 2 mons -3 days +04:05:06.7`. A part behind a
 * negative one shows its plus sign.
 * https://www.postgresql.org/docs/18/datatype-datetime.html#DATATYPE-INTERVAL-OUTPUT
 */
export function intervalText({
  months,
  days,
  micros,
}: Pick<DuckDBIntervalValue, 'months' | 'days' | 'micros'>): string {
  const years = Math.trunc(months / monthsPerYear);
  const parts: string[] = [];
  let previousNegative = false;
  for (const [count, unit] of [
    [years, 'year'],
    [months - years * monthsPerYear, 'mon'],
    [days, 'day'],
  ] as const) {
    if (count === 0) continue;
    const plus = previousNegative && count > 0 ? '+' : '';
    parts.push(`${plus}${count} ${unit}${count === 1 ? '' : 's'}`);
    previousNegative = count < 0;
  }
  if (micros !== 0n || parts.length === 0) {
    const sign = micros < 0n ? '-' : previousNegative ? '+' : '';
    parts.push(`${sign}${clockText(micros < 0n ? -micros : micros)}`);
  }
  return parts.join(' ');
}

function clockText(micros: bigint): string {
  const seconds = micros / microsecondsPerSecond;
  const fraction = String(micros % microsecondsPerSecond)
    .padStart(6, '0')
    .replace(/0+$/, '');
  const clock = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n].map((part) => String(part).padStart(2, '0'));
  return `${clock.join(':')}${fraction === '' ? '' : `.${fraction}`}`;
}
