import type { SettingRow } from './setting-table.generated.js';

type Unit = SettingRow[3];
/** What a setting that is a number is counted in. */
interface NumberKind {
  readonly type: SettingRow[2];
  readonly unit: Unit;
}

type Units = readonly (readonly [unit: string, size: number])[];

/** Units of memory in bytes, largest first. */
const memory: Units = [
  ['TB', 1024 ** 4],
  ['GB', 1024 ** 3],
  ['MB', 1024 ** 2],
  ['kB', 1024],
  ['B', 1],
];
/** Units of time in microseconds, largest first. */
const time: Units = [
  ['d', 86_400_000_000],
  ['h', 3_600_000_000],
  ['min', 60_000_000],
  ['s', 1_000_000],
  ['ms', 1000],
  ['us', 1],
];

function unitsOf(base: Unit): { readonly units: Units; readonly baseSize: number } {
  if (base === '8kB') return { units: memory, baseSize: 8192 };
  const units = memory.some(([unit]) => unit === base) ? memory : time;
  return { units, baseSize: units.find(([unit]) => unit === base)?.[1] ?? 1 };
}

/** What may be said instead of an unknown unit. */
export function unitHint(base: Unit): string {
  return unitsOf(base).units === memory
    ? 'Valid units for this parameter are "B", "kB", "MB", "GB", and "TB".'
    : 'Valid units for this parameter are "us", "ms", "s", "min", "h", and "d".';
}

/** A number of some unit in the base unit of a setting; undefined for a unit that it does not have. */
export function toBaseUnit(value: number, unit: string, base: Unit): number | undefined {
  const { units, baseSize } = unitsOf(base);
  const at = units.findIndex(([candidate]) => candidate === unit);
  const size = units[at]?.[1];
  if (size === undefined) return undefined;
  // PostgreSQL rounds a fraction to the next smaller unit.
  const smaller = units[at + 1]?.[1];
  return smaller === undefined
    ? (value * size) / baseSize
    : (roundToEven((value * size) / smaller) * smaller) / baseSize;
}

/** A number as SHOW tells it: in the largest unit that it is a whole number of. */
export function showNumber(value: number, { type, unit: base }: NumberKind): string {
  if (base === '' || value <= 0) return formatNumber(value, type);
  const { units, baseSize } = unitsOf(base);
  const fits = (size: number): boolean => {
    if (type === 'integer') return size <= baseSize || (value * baseSize) % size === 0;
    const inUnit = (value * baseSize) / size;
    return Math.abs(Math.round(inUnit) / inUnit - 1) <= 1e-8;
  };
  const [unit, size] = units.find(([, candidate]) => fits(candidate)) ?? units.at(-1) ?? [base, baseSize];
  return `${formatNumber((value * baseSize) / size, type)}${unit}`;
}

/** An integer with all its digits; any other number as C's `%g`. */
export function formatNumber(value: number, type: SettingRow[2]): string {
  if (type === 'integer') return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits = '', exponent = '0'] = value.toExponential(5).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(Number(value.toPrecision(6)));
  return `${Number(digits)}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** The nearest integer, halves to the even one, as C's rint. */
export function roundToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
