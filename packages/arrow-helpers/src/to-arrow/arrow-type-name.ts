import { PgError, sqlstate } from '@riffq/wire';
import type { DataType } from 'apache-arrow';
import { TimeUnit } from 'apache-arrow/enum';
import {
  Binary,
  BinaryView,
  Bool,
  DateDay,
  DateMillisecond,
  Decimal,
  Duration,
  FixedSizeBinary,
  Float16,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  IntervalDayTime,
  IntervalMonthDayNano,
  IntervalYearMonth,
  LargeBinary,
  LargeUtf8,
  Null,
  TimeMicrosecond,
  TimeMillisecond,
  TimeNanosecond,
  TimeSecond,
  Timestamp,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
  Utf8View,
} from 'apache-arrow/type';
import { TimeZone } from '../time-zone/time-zone.js';
import type { WrittenType } from './written-type.js';

type Maker = () => DataType;

/** Types without parameters: by the names of Arrow's documentation and of pyarrow, and by those that apache-arrow prints. */
const plainTypes: ReadonlyMap<string, Maker> = new Map(
  (
    [
      [() => new Null(), 'null'],
      [() => new Bool(), 'bool'],
      [() => new Int8(), 'int8'],
      [() => new Int16(), 'int16'],
      [() => new Int32(), 'int32'],
      [() => new Int64(), 'int64'],
      [() => new Uint8(), 'uint8'],
      [() => new Uint16(), 'uint16'],
      [() => new Uint32(), 'uint32'],
      [() => new Uint64(), 'uint64'],
      [() => new Float16(), 'float16', 'halffloat', 'half_float'],
      [() => new Float32(), 'float32'],
      [() => new Float64(), 'float64', 'double'],
      [() => new Utf8(), 'utf8'],
      [() => new LargeUtf8(), 'large_utf8', 'largeutf8', 'large_string'],
      [() => new Utf8View(), 'utf8_view', 'utf8view', 'string_view'],
      [() => new Binary(), 'binary'],
      [() => new LargeBinary(), 'large_binary', 'largebinary'],
      [() => new BinaryView(), 'binary_view', 'binaryview'],
      [() => new DateDay(), 'date32', 'date32<day>', 'date32[day]'],
      [() => new DateMillisecond(), 'date64', 'date64<millisecond>', 'date64[ms]'],
      [() => new TimeSecond(), 'time32<second>', 'time32[s]'],
      [() => new TimeMillisecond(), 'time32<millisecond>', 'time32[ms]'],
      [() => new TimeMicrosecond(), 'time64<microsecond>', 'time64[us]'],
      [() => new TimeNanosecond(), 'time64<nanosecond>', 'time64[ns]'],
      [() => new IntervalYearMonth(), 'month_interval', 'interval<year_month>'],
      [() => new IntervalDayTime(), 'day_time_interval', 'interval<day_time>'],
      [() => new IntervalMonthDayNano(), 'month_day_nano_interval', 'interval<month_day_nano>'],
    ] satisfies readonly (readonly [Maker, ...string[]])[]
  ).flatMap(([make, ...names]: readonly [Maker, ...string[]]) => names.map((name) => [name, make] as const)),
);

const timeUnits: ReadonlyMap<string, TimeUnit> = new Map([
  ['s', TimeUnit.SECOND],
  ['second', TimeUnit.SECOND],
  ['ms', TimeUnit.MILLISECOND],
  ['millisecond', TimeUnit.MILLISECOND],
  ['us', TimeUnit.MICROSECOND],
  ['microsecond', TimeUnit.MICROSECOND],
  ['ns', TimeUnit.NANOSECOND],
  ['nanosecond', TimeUnit.NANOSECOND],
]);

/** Digits that the decimals of so many bits have room for. */
const decimalDigits: ReadonlyMap<number, number> = new Map([
  [32, 9],
  [64, 18],
  [128, 38],
  [256, 76],
]);

/** Arrow writes the size in 32 bits. */
const MOST_BYTES = 2 ** 31 - 1;

/** Types that Arrow has and apache-arrow has not. */
const absentTypes: ReadonlySet<string> = new Set(['run_end_encoded', 'list_view', 'large_list_view']);

/**
 * The Arrow type of a name as apache-arrow and Arrow's other implementations write it, without nested ones; undefined for any
 * other.
 *
 * @throws PgError 0A000 for types that Arrow has and apache-arrow has not, 22023 for a zone that nobody knows and for sizes that Arrow does not have
 */
export function arrowTypeOf({ name, modifiers, setting, unit }: WrittenType): DataType | undefined {
  if (absentTypes.has(name)) throw absentType(name);
  const bits = /^decimal(32|64|128|256)$/.exec(name)?.[1];
  if (bits !== undefined && setting === undefined) return decimalOf(Number(bits), modifiers.map(Number));
  if (modifiers.length > 0) return undefined;
  const written = setting === undefined ? (unit === undefined ? '' : `<${unit}>`) : `[${setting}]`;
  return plainTypes.get(`${name}${written}`.toLowerCase())?.() ?? parametricType(name, setting ?? unit ?? '');
}

function parametricType(name: string, parameter: string): DataType | undefined {
  const [written = '', zone] = parameter.split(/\s*,\s*(?:tz=)?/);
  const unit = timeUnits.get(written.toLowerCase());
  if (name === 'timestamp' && unit !== undefined) {
    if (zone !== undefined) TimeZone.of(zone);
    return new Timestamp(unit, zone);
  }
  if (zone !== undefined) return undefined;
  if (name === 'duration' && unit !== undefined) return new Duration(unit);
  if (/^fixed_?size_?binary$/.test(name) && /^\d+$/.test(written)) return fixedSizeBinary(Number(written));
  const [, precision, scale] = (name === 'decimal' && /^(\d+)e([+-]?\d+)$/.exec(written)) || [];
  if (precision === undefined) return undefined;
  // What apache-arrow prints does not say how many bits there are.
  const bits = Number(precision) <= 38 ? 128 : 256;
  return decimalOf(bits, [Number(precision), Number(scale)]);
}

function fixedSizeBinary(size: number): DataType {
  if (size <= MOST_BYTES) return new FixedSizeBinary(size);
  throw new PgError({
    sqlstate: sqlstate.invalid_parameter_value,
    message: `a fixed_size_binary has at most ${MOST_BYTES} bytes, not ${size}`,
    hint: 'Choose binary or large_binary.',
  });
}

function decimalOf(bits: number, [precision = Number.NaN, scale = 0]: readonly number[]): DataType | undefined {
  if (!Number.isInteger(precision) || !Number.isInteger(scale)) return undefined;
  const most = decimalDigits.get(bits) ?? 0;
  if (precision >= 1 && precision <= most) return new Decimal(scale, precision, bits);
  throw new PgError({
    sqlstate: sqlstate.invalid_parameter_value,
    message: `a decimal of ${bits} bits has from 1 to ${most} digits, not ${precision}`,
    hint: "Choose a wider decimal, or PostgreSQL's numeric.",
  });
}

function absentType(name: string): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: `apache-arrow has no type "${name}"`,
    hint: 'Choose the type without that layout: list instead of list_view, and for run_end_encoded that of its values.',
  });
}
