import type { PgError } from '@riffq/wire';
import type { Date_, Time, Timestamp, TimeUnit } from 'apache-arrow';
import { DateUnit } from 'apache-arrow/enum';
import { FIRST_DAY, LAST_DAY, POSTGRES_EPOCH_DAY, POSTGRES_EPOCH_MICROSECONDS } from '../../postgres-calendar.js';
import type { DateTimeContext } from '../../text-values/date-time-context.js';
import { dateTimeOutOfRange } from '../../text-values/date-time-error.js';
import { isTimestamp, timestampRangeHint } from '../../text-values/timestamp-range.js';
import { unitsOf } from '../../time-unit.js';
import { isUtc } from '../../time-zone/is-utc.js';
import { localOffset } from '../../time-zone/local-offset.js';
import { TimeZone } from '../../time-zone/time-zone.js';
import { tooShort } from '../../type-functions/input-error.js';
import { checkBinaryLength } from './check-binary-length.js';
import type { BinarySource } from './column-builder.js';
import { FixedWidthBuilder } from './fixed-width-builder.js';
import { clockMicroseconds, readClock } from './read-clock.js';
import { dateTime, readDateTime, readTime } from './read-date-time.js';
import { DAY_BYTES, NO_DAY, readDay } from './read-day.js';
import { dateSource, type TextSource, timestampSource } from './text-source.js';

const MICROSECONDS_PER_DAY = 86_400_000_000;
/** The same in two halves. */
const EPOCH_HIGH = Number(POSTGRES_EPOCH_MICROSECONDS >> 32n);
const EPOCH_LOW = Number(POSTGRES_EPOCH_MICROSECONDS & 0xffff_ffffn);
/** The upper half of microseconds that no arithmetic brings near the end of 64 bits, nor PostgreSQL's years to theirs. */
const FAR = 0x10_0000;
const LARGEST_INT64 = 2n ** 63n - 1n;
const SMALLEST_INT64 = -(2n ** 63n);

const SPACE = 0x20;
const PLUS = 0x2b;

/** Date32 and Date64; the largest and smallest integers are the infinities, as in the encoder. */
export class DateBuilder extends FixedWidthBuilder {
  readonly #inDays: boolean;
  readonly #context: DateTimeContext;

  constructor(type: Date_, context: DateTimeContext) {
    super(type, type.unit === DateUnit.DAY ? 4 : 8);
    this.#inDays = type.unit === DateUnit.DAY;
    this.#context = context;
  }

  setText(row: number, bytes: Buffer, start: number, end: number): void {
    readDateTime('date', bytes, start, end, this.#context);
    const { day, infinity } = dateTime;
    if (infinity !== 0) this.#setInfinity(row, infinity);
    else if (!this.#setDay(row, day)) throw dateTimeOutOfRange('date', bytes.toString('utf8', start, end));
  }

  setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    if (end - start < 4) throw tooShort();
    const stored = bytes.readInt32BE(start);
    if (stored === 0x7fff_ffff || stored === -0x8000_0000) this.#setInfinity(row, stored);
    else if (!this.#setDay(row, stored + POSTGRES_EPOCH_DAY)) throw dateTimeOutOfRange('date');
    // As PostgreSQL does it, after the value.
    checkBinaryLength(start, end, 4);
  }

  override readPlain(row: number, _bytes: Buffer, view: DataView, at: number): number {
    const day = readDay(view, at);
    return day !== NO_DAY && this.#setDay(row, day) ? at + DAY_BYTES : -1;
  }

  override get textSource(): TextSource | undefined {
    return this.#inDays ? dateSource : undefined;
  }

  override readBinary(row: number, bytes: Buffer, view: DataView, start: number, size: number): boolean {
    const day = view.getInt32(start) + POSTGRES_EPOCH_DAY;
    return size === 4 && this.#setDay(row, day) ? true : super.readBinary(row, bytes, view, start, size);
  }

  /** False if PostgreSQL has no such date. */
  #setDay(row: number, day: number): boolean {
    if (day < FIRST_DAY || day > LAST_DAY) return false;
    this.setNumber(row, this.#inDays ? day : day * 86_400_000);
    return true;
  }

  #setInfinity(row: number, sign: number): void {
    if (this.#inDays) this.setNumber(row, sign > 0 ? 0x7fff_ffff : -0x8000_0000);
    else this.values.setBigInt64(row * 8, sign > 0 ? LARGEST_INT64 : SMALLEST_INT64, true);
  }
}

/** Time32 and Time64. */
export class TimeBuilder extends FixedWidthBuilder {
  readonly #unitsPerSecond: number;
  readonly #context: DateTimeContext;

  constructor(type: Time, context: DateTimeContext) {
    super(type, type.bitWidth === 32 ? 4 : 8);
    this.#unitsPerSecond = unitsOf(type.unit);
    this.#context = context;
  }

  setText(row: number, bytes: Buffer, start: number, end: number): void {
    readTime(bytes, start, end, this.#context);
    this.#set(row, dateTime.microseconds);
  }

  setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    if (end - start < 8) throw tooShort();
    const microseconds = Number(bytes.readBigInt64BE(start));
    if (microseconds < 0 || microseconds > MICROSECONDS_PER_DAY) throw dateTimeOutOfRange('time');
    checkBinaryLength(start, end, 8);
    this.#set(row, microseconds);
  }

  override readPlain(row: number, bytes: Buffer, view: DataView, at: number): number {
    const end = readClock(bytes, view, at);
    if (end >= 0) this.#set(row, clockMicroseconds[0]!);
    return end;
  }

  #set(row: number, microseconds: number): void {
    this.setNumber(row, Math.round(microseconds * (this.#unitsPerSecond / 1_000_000)));
  }
}

const timestampBinarySource = {
  condition: `(high = view.getInt32(at)) < ${FAR} && high > ${-FAR} && size === 8`,
  // The carry of a sum of 32 bits is where both have a bit, or one of them and not the sum.
  statement: `low = view.getInt32(at + 4); sum = (low + ${EPOCH_LOW | 0}) | 0;
v.setInt32(row << 3, sum, true);
v.setInt32((row << 3) + 4, high + ${EPOCH_HIGH} + (((low & ${EPOCH_LOW | 0}) | ((low | ${EPOCH_LOW | 0}) & ~sum)) >>> 31), true);
at = (at + 8) | 0;`,
};

/** Timestamps of all units. With a zone they are instants, and text that names none is of the session's zone. */
export class TimestampBuilder extends FixedWidthBuilder {
  readonly #unit: TimeUnit;
  readonly #unitsPerSecond: number;
  readonly #zoned: boolean;
  readonly #context: DateTimeContext;
  /** Of text that names none; undefined where that is taken as it is. */
  readonly #zone: TimeZone | undefined;

  constructor(type: Timestamp, context: DateTimeContext) {
    super(type, 8);
    this.#unit = type.unit;
    this.#unitsPerSecond = unitsOf(type.unit);
    this.#zoned = Boolean(type.timezone);
    this.#context = context;
    this.#zone = this.#zoned && !isUtc(context.timeZone) ? TimeZone.of(context.timeZone) : undefined;
  }

  setText(row: number, bytes: Buffer, start: number, end: number): void {
    readDateTime(this.#zoned ? 'timestamp with time zone' : 'timestamp', bytes, start, end, this.#context);
    const { day, infinity, microseconds, zoneSeconds } = dateTime;
    if (infinity !== 0) {
      if (this.#setInfinity(row, infinity)) return;
      throw this.#outOfRange(undefined, bytes.toString('utf8', start, end));
    }
    let ofDay = microseconds;
    if (Number.isNaN(zoneSeconds)) ofDay -= this.#localOffset(day, microseconds);
    else if (this.#zoned) ofDay -= zoneSeconds * 1_000_000;
    const total = day * MICROSECONDS_PER_DAY + ofDay;
    // All safe integers are timestamps.
    if (this.#unitsPerSecond === 1_000_000 && Number.isSafeInteger(total)) {
      this.setNumber(row, total);
      return;
    }
    const exact = BigInt(day) * BigInt(MICROSECONDS_PER_DAY) + BigInt(ofDay);
    if (!this.#set(row, exact)) throw this.#outOfRange(exact, bytes.toString('utf8', start, end));
  }

  setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    if (end - start < 8) throw tooShort();
    const high = bytes.readInt32BE(start);
    if (this.#unitsPerSecond === 1_000_000 && high > -0x10_0000 && high < 0x10_0000) {
      // Within 140 years of 2000, whose microseconds a double holds exactly.
      this.setNumber(row, high * 0x1_0000_0000 + bytes.readUInt32BE(start + 4) + Number(POSTGRES_EPOCH_MICROSECONDS));
      checkBinaryLength(start, end, 8);
      return;
    }
    const stored = bytes.readBigInt64BE(start);
    const infinite = stored === LARGEST_INT64 || stored === SMALLEST_INT64;
    const exact = infinite ? undefined : stored + POSTGRES_EPOCH_MICROSECONDS;
    const done = exact === undefined ? this.#setInfinity(row, stored > 0n ? 1 : -1) : this.#set(row, exact);
    if (!done) throw this.#outOfRange(exact);
    checkBinaryLength(start, end, 8);
  }

  override readPlain(row: number, bytes: Buffer, view: DataView, position: number): number {
    const day = readDay(view, position);
    if (day === NO_DAY || this.#unitsPerSecond !== 1_000_000) return -1;
    let at = position + DAY_BYTES;
    let total = day * MICROSECONDS_PER_DAY;
    if (bytes[at] === SPACE) {
      at = readClock(bytes, view, at + 1);
      if (at < 0) return -1;
      total += clockMicroseconds[0]!;
    }
    // The zone that PostgreSQL writes where it is UTC.
    if (bytes[at] === PLUS && at > position + DAY_BYTES && view.getUint16(at + 1) === 0x3030) at += 3;
    else if (this.#zone !== undefined) total -= this.#localOffset(0, total);
    if (!Number.isSafeInteger(total)) return -1;
    this.setNumber(row, total);
    return at;
  }

  override readBinary(row: number, bytes: Buffer, view: DataView, start: number, size: number): boolean {
    const high = view.getInt32(start);
    if (size !== 8 || this.#unitsPerSecond !== 1_000_000 || high <= -FAR || high >= FAR) {
      return super.readBinary(row, bytes, view, start, size);
    }
    const low = view.getUint32(start + 4) + EPOCH_LOW;
    const { values } = this;
    values.setInt32(row * 8, low | 0, true);
    values.setInt32(row * 8 + 4, high + EPOCH_HIGH + (low >= 0x1_0000_0000 ? 1 : 0), true);
    return true;
  }

  override get textSource(): TextSource | undefined {
    // Text that names no zone is taken as it is.
    return this.#unitsPerSecond === 1_000_000 && this.#zone === undefined ? timestampSource : undefined;
  }

  override get binarySource(): BinarySource | undefined {
    return this.#unitsPerSecond === 1_000_000 ? timestampBinarySource : undefined;
  }

  /** The microseconds that the session's zone is ahead of UTC when its clocks show this. */
  #localOffset(day: number, microseconds: number): number {
    if (this.#zone === undefined) return 0;
    return localOffset(this.#zone, day * 86_400 + Math.floor(microseconds / 1_000_000)) * 1_000_000;
  }

  /** False if the column has no such timestamp. */
  #set(row: number, microseconds: bigint): boolean {
    if (!isTimestamp(microseconds)) return false;
    let value = microseconds;
    if (this.#unitsPerSecond > 1_000_000) value *= 1000n;
    else if (this.#unitsPerSecond < 1_000_000) {
      const divisor = BigInt(1_000_000 / this.#unitsPerSecond);
      value = divideRounded(value, divisor);
      if (!isTimestamp(value * divisor)) return false;
    }
    // The largest and the smallest integer are the infinities.
    if (value >= LARGEST_INT64 || value <= SMALLEST_INT64) return false;
    this.values.setBigInt64(row * 8, value, true);
    return true;
  }

  /** 22008; where PostgreSQL has the timestamp, or the infinity that undefined stands for, with what the column has. */
  #outOfRange(microseconds: bigint | undefined, text?: string): PgError {
    const isKnown = microseconds === undefined || isTimestamp(microseconds);
    return dateTimeOutOfRange('timestamp', text, isKnown ? timestampRangeHint(microseconds, this.#unit) : undefined);
  }

  /** False for nanoseconds, whose largest integer is a day in 2262. */
  #setInfinity(row: number, sign: number): boolean {
    if (this.#unitsPerSecond > 1_000_000) return false;
    this.values.setBigInt64(row * 8, sign > 0 ? LARGEST_INT64 : SMALLEST_INT64, true);
    return true;
  }
}

/** The nearest integer, a half going up. */
function divideRounded(value: bigint, divisor: bigint): bigint {
  const shifted = value + divisor / 2n;
  const quotient = shifted / divisor;
  return shifted % divisor < 0n ? quotient - 1n : quotient;
}
