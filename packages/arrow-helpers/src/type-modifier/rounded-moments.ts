import type { Time, Timestamp } from 'apache-arrow';
import { Data } from 'apache-arrow/data';
import { BufferType, TimeUnit } from 'apache-arrow/enum';
import {
  DataType,
  TimeMicrosecond,
  TimestampMicrosecond,
  TimestampMillisecond,
  TimestampSecond,
} from 'apache-arrow/type';
import { roundNanoseconds } from '../text-output/rounding.js';
import { isTimestamp } from '../text-values/timestamp-range.js';
import { unitsOf } from '../time-unit.js';
import { MAXIMUM_DIGITS, roundTime, roundTimestamp } from './round-seconds.js';

/** A type whose values are rounded to fewer digits of a second, and how. */
export interface RoundedMoments {
  readonly type: DataType;
  readonly adapt: (data: Data) => Data;
}

const MOST = 2n ** 63n - 1n;
/** A count that is no timestamp in any unit, which whoever writes it refuses. */
const UNSENDABLE = -(2n ** 63n) + 2n;

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
  const rounded = DataType.isTimestamp(type) ? timestampType(type, digits) : timeType(type);
  const fit = DataType.isTimestamp(type)
    ? finiteTimestamp(type.unit, rounded.unit, digits)
    : timeOfDay(type.unit, digits);
  return { type: rounded, adapt: (data) => adapted(data, rounded, fit) };
}

/** In the largest unit that has the digits: the last second that 64 bits of microseconds have is rounded to one that they have not. */
function timestampType({ timezone }: Timestamp, digits: number): Timestamp {
  if (digits === 0) return new TimestampSecond(timezone);
  return digits <= unitDigits[TimeUnit.MILLISECOND]
    ? new TimestampMillisecond(timezone)
    : new TimestampMicrosecond(timezone);
}

function timeType(type: Time): Time {
  return type.unit === TimeUnit.NANOSECOND ? new TimeMicrosecond() : type;
}

/** Rounds a count. */
type Fit = (count: bigint) => bigint;

/** What is no time of day does not become one, but the count before the first, which whoever writes it refuses. */
function timeOfDay(unit: TimeUnit, digits: number): Fit {
  const to = unit === TimeUnit.NANOSECOND ? TimeUnit.MICROSECOND : unit;
  const most = 86_400n * BigInt(unitsOf(unit));
  return (count) => {
    if (count < 0n || count > most) return -1n;
    return inUnit(roundTime(microseconds(count, unit), digits), to);
  };
}

/** The largest and smallest are the infinities. */
function finiteTimestamp(from: TimeUnit, to: TimeUnit, digits: number): Fit {
  const infinite = from !== TimeUnit.NANOSECOND;
  return (count) => {
    if (infinite && (count === MOST || count <= -MOST)) return count;
    const exact = microseconds(count, from);
    if (!isTimestamp(exact)) return UNSENDABLE;
    const rounded = inUnit(roundTimestamp(exact, digits), to);
    return BigInt.asIntN(64, rounded) === rounded ? rounded : UNSENDABLE;
  };
}

function microseconds(count: bigint, unit: TimeUnit): bigint {
  if (unit !== TimeUnit.NANOSECOND) return count * BigInt(1_000_000 / unitsOf(unit));
  const nanoseconds = ((count % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  return (count - nanoseconds) / 1000n + BigInt(roundNanoseconds(Number(nanoseconds)));
}

function inUnit(count: bigint, unit: TimeUnit): bigint {
  return count / BigInt(1_000_000 / unitsOf(unit));
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
