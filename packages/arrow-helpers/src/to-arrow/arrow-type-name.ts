import {
  Binary,
  Bool,
  type DataType,
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
  TimeUnit,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
} from 'apache-arrow';

const plainTypes: Readonly<Record<string, () => DataType>> = {
  null: () => new Null(),
  bool: () => new Bool(),
  int8: () => new Int8(),
  int16: () => new Int16(),
  int32: () => new Int32(),
  int64: () => new Int64(),
  uint8: () => new Uint8(),
  uint16: () => new Uint16(),
  uint32: () => new Uint32(),
  uint64: () => new Uint64(),
  halffloat: () => new Float16(),
  float16: () => new Float16(),
  float32: () => new Float32(),
  float64: () => new Float64(),
  double: () => new Float64(),
  utf8: () => new Utf8(),
  large_utf8: () => new LargeUtf8(),
  large_string: () => new LargeUtf8(),
  binary: () => new Binary(),
  large_binary: () => new LargeBinary(),
  date32: () => new DateDay(),
  date64: () => new DateMillisecond(),
  month_interval: () => new IntervalYearMonth(),
  day_time_interval: () => new IntervalDayTime(),
  month_day_nano_interval: () => new IntervalMonthDayNano(),
};

const timeUnits: Readonly<Record<string, TimeUnit>> = {
  s: TimeUnit.SECOND,
  ms: TimeUnit.MILLISECOND,
  us: TimeUnit.MICROSECOND,
  ns: TimeUnit.NANOSECOND,
};

/**
 * The Arrow type of a name as Arrow's other implementations write it, without nested ones; undefined for any other.
 *
 * @param bracket - what stands in the brackets behind it: `us, tz=UTC`
 */
export function arrowTypeOf(
  name: string,
  modifiers: readonly string[],
  bracket: string | undefined,
): DataType | undefined {
  const inBracket = bracket === undefined || bracket === '' ? undefined : bracket;
  if (/^decimal(32|64|128|256)$/.test(name)) return decimal(Number(name.slice(7)), modifiers);
  if (modifiers.length > 0) return undefined;
  if (inBracket === undefined) return Object.hasOwn(plainTypes, name) ? plainTypes[name]?.() : undefined;
  return withUnit(name, inBracket);
}

function decimal(bits: number, modifiers: readonly string[]): DataType | undefined {
  const [precision = Number.NaN, scale = 0] = modifiers.map(Number);
  return Number.isInteger(precision) && Number.isInteger(scale) ? new Decimal(scale, precision, bits) : undefined;
}

function withUnit(name: string, bracket: string): DataType | undefined {
  const [written = '', zone] = bracket.split(/\s*,\s*tz=/);
  const unit = timeUnits[written];
  if (name === 'timestamp' && unit !== undefined) return new Timestamp(unit, zone);
  if (zone !== undefined) return undefined;
  if (name === 'duration' && unit !== undefined) return new Duration(unit);
  if (name === 'date32' && written === 'day') return new DateDay();
  if (name === 'date64' && written === 'ms') return new DateMillisecond();
  if (name === 'time32' && unit === TimeUnit.SECOND) return new TimeSecond();
  if (name === 'time32' && unit === TimeUnit.MILLISECOND) return new TimeMillisecond();
  if (name === 'time64' && unit === TimeUnit.MICROSECOND) return new TimeMicrosecond();
  if (name === 'time64' && unit === TimeUnit.NANOSECOND) return new TimeNanosecond();
  return name === 'fixed_size_binary' && /^\d+$/.test(written) ? new FixedSizeBinary(Number(written)) : undefined;
}
