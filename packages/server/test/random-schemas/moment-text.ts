import { floorDivide, type PostgresValue } from './postgres-value.js';

type Moment = Extract<PostgresValue, { readonly kind: 'date' | 'time' | 'timestamp' | 'interval' }>;

const SECOND = 1_000_000n;
const DAY = 86_400n * SECOND;
/** After so many days the calendar repeats itself. */
const CYCLE_DAYS = 146_097;

/** A moment as PostgreSQL prints it: DateStyle ISO, IntervalStyle postgres, in UTC. */
export function moments(value: Moment): string {
  switch (value.kind) {
    case 'date':
      return Number.isFinite(value.days) ? dateText(value.days, '') : infinityText(value.days);
    case 'time':
      return clock(value.microseconds);
    case 'timestamp': {
      const { microseconds } = value;
      if (typeof microseconds === 'number') return infinityText(microseconds);
      const days = floorDivide(microseconds, DAY);
      return dateText(Number(days), ` ${clock(microseconds - days * DAY)}${value.zoned ? '+00' : ''}`);
    }
    case 'interval':
      return value.infinite === 0 ? intervalText(value) : infinityText(value.infinite);
  }
}

function infinityText(sign: number): string {
  return sign > 0 ? 'infinity' : '-infinity';
}

function dateText(days: number, time: string): string {
  const cycles = Math.floor(days / CYCLE_DAYS);
  const date = new Date((days - cycles * CYCLE_DAYS) * 86_400_000);
  const year = date.getUTCFullYear() + cycles * 400;
  const shown = String(year > 0 ? year : 1 - year).padStart(4, '0');
  const monthAndDay = date.toISOString().slice(4, 10);
  return `${shown}${monthAndDay}${time}${year > 0 ? '' : ' BC'}`;
}

function clock(microseconds: bigint): string {
  const seconds = microseconds / SECOND;
  const two = (part: bigint): string => String(part).padStart(2, '0');
  const fraction = String(microseconds % SECOND)
    .padStart(6, '0')
    .replace(/0+$/, '');
  const whole = `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

function intervalText({ months, days, microseconds }: Extract<Moment, { readonly kind: 'interval' }>): string {
  const units = [
    [Math.trunc(months / 12), 'year'],
    [months % 12, 'mon'],
    [days, 'day'],
  ] as const;
  const shown = units.filter(([count]) => count !== 0);
  // What follows something negative has its sign.
  const signed = (index: number): boolean => (shown[index - 1]?.[0] ?? 0) < 0;
  const words = shown.map(
    ([count, unit], index) => `${count > 0 && signed(index) ? '+' : ''}${count} ${unit}${count === 1 ? '' : 's'}`,
  );
  if (words.length > 0 && microseconds === 0n) return words.join(' ');
  const sign = microseconds < 0n ? '-' : signed(shown.length) ? '+' : '';
  return [...words, sign + clock(microseconds < 0n ? -microseconds : microseconds)].join(' ');
}
