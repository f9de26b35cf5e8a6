import type { Timestamp } from 'apache-arrow';
import { Data } from 'apache-arrow/data';
import { BufferType, TimeUnit } from 'apache-arrow/enum';
import { DataType, TimeMicrosecond, TimestampMicrosecond } from 'apache-arrow/type';
import { roundNanoseconds } from '../text-output/rounding.js';
import { unitsOf } from '../time-unit.js';
import { MAXIMUM_DIGITS, roundTime, roundTimestamp } from './round-seconds.js';

/** A type whose values are rounded to fewer digits of a second, and how. */
export interface RoundedMoments {
  readonly type: DataType;
  readonly adapt: (data: Data) => Data;
}

const MOST = 2n ** 63n - 1n;

const unitDigits: Readonly<Record<TimeUnit, number>> = {
  [TimeUnit.SECOND]: 0,
  [TimeUnit.MILLISECOND]: 3,
  [TimeUnit.MICROSECOND]: MAXIMUM_DIGITS,
  // More than PostgreSQL has: they are rounded to microseconds in any case.
  [TimeUnit.NANOSECOND]: MAXIMUM_DIGITS,
};

/** How timestamps and times of day are rounded to `digits`; undefined where they have no more. */
export function roundedMoments(type: DataType, digits: number): RoundedMoments | undefined {
  if (!DataType.isTimestamp(type) && !DataType.isTime(type)) return undefined;
  if (digits >= unitDigits[type.unit]) return undefined;
  const rounded = DataType.isTimestamp(type) ? timestampType(type) : timeType(type);
  const fit = DataType.isTimestamp(type) ? finiteTimestamp(type.unit, digits) : timeOfDay(type.unit, digits);
  return { type: rounded, adapt: (data) => adapted(data, rounded, fit) };
}

function timestampType(type: Timestamp): DataType {
  return type.unit === TimeUnit.NANOSECOND ? new TimestampMicrosecond(type.timezone) : type;
}

function timeType(type: DataType): DataType {
  return DataType.isTime(type) && type.unit === TimeUnit.NANOSECOND ? new TimeMicrosecond() : type;
}

/** Rounds a count of the unit; nanoseconds become microseconds. */
type Fit = (count: bigint) => bigint;

function timeOfDay(unit: TimeUnit, digits: number): Fit {
  return (count) => inUnit(roundTime(microseconds(count, unit), digits), unit);
}

/** The largest and smallest are the infinities, and what cannot be rounded any more stays as it is. */
function finiteTimestamp(unit: TimeUnit, digits: number): Fit {
  const infinite = unit !== TimeUnit.NANOSECOND;
  return (count) => {
    if (infinite && (count === MOST || count <= -MOST)) return count;
    const rounded = inUnit(roundTimestamp(microseconds(count, unit), digits), unit);
    return BigInt.asIntN(64, rounded) === rounded ? rounded : count;
  };
}

function microseconds(count: bigint, unit: TimeUnit): bigint {
  if (unit !== TimeUnit.NANOSECOND) return count * BigInt(1_000_000 / unitsOf(unit));
  const nanoseconds = ((count % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  return (count - nanoseconds) / 1000n + BigInt(roundNanoseconds(Number(nanoseconds)));
}

function inUnit(count: bigint, unit: TimeUnit): bigint {
  return unit === TimeUnit.NANOSECOND ? count : count / BigInt(1_000_000 / unitsOf(unit));
}

function adapted(data: Data, type: DataType, fit: Fit): Data {
  const stored: Int32Array | BigInt64Array = data.values;
  const values =
    stored instanceof Int32Array
      ? stored.map((count) => Number(fit(BigInt(count))))
      : stored.map((count) => fit(count));
  const buffers = { [BufferType.DATA]: values, [BufferType.VALIDITY]: data.nullBitmap };
  return new Data<DataType>(type, data.offset, data.length, data.nullCount, buffers);
}
