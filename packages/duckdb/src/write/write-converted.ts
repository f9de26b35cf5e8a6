import type { Vector } from '@duckdb/node-bindings';
import { PgError, sqlstate } from '@riffq/wire';
import type { Data } from 'apache-arrow';
import { isValid } from '../read/validity.js';
import { bytesOf, copyToVector } from './copy-to-vector.js';
import { copyBits, validityBitmap, writeValidity } from './write-validity.js';

const millisecondsPerDay = 86_400_000;
const maximumDay = 0x7fff_ffff;
/** Arrow's integer for `-infinity` is the smallest one, DuckDB's the one above it; both have the largest for `infinity`. */
const smallestDay = -0x8000_0000;
const smallestMoment = -(2n ** 63n);
const largestMoment = 2n ** 63n - 1n;

/** Days, or timestamps of any unit, whose layout is DuckDB's but for the infinity. */
export function writeMoments(bytes: 4 | 8, vector: Vector, data: Data, start: number, count: number): void {
  const copied = bytesOf(data.values).slice(start * bytes, (start + count) * bytes);
  if (bytes === 4) {
    const days = new Int32Array(copied.buffer);
    for (let row = 0; row < count; row += 1) if (days[row] === smallestDay) days[row] = smallestDay + 1;
  } else {
    const moments = new BigInt64Array(copied.buffer);
    for (let row = 0; row < count; row += 1) if (moments[row] === smallestMoment) moments[row] = smallestMoment + 1n;
  }
  copyToVector(vector, copied);
  writeValidity(vector, data, start, count);
}

/**
 * Dates in milliseconds: DuckDB counts days.
 *
 * @throws PgError 22008 for a date that DuckDB has not
 */
export function writeDays(vector: Vector, data: Data, start: number, count: number): void {
  const milliseconds: ArrayLike<number | bigint> = data.values;
  const bitmap = validityBitmap(data);
  const validity = bitmap === null ? null : copyBits(bitmap, data.offset + start, count);
  const days = new Int32Array(count);
  for (let row = 0; row < count; row += 1) {
    if (!isValid(validity, row)) continue;
    const stored = milliseconds[start + row];
    if (stored === largestMoment || stored === smallestMoment) {
      days[row] = stored > 0n ? maximumDay : -maximumDay;
      continue;
    }
    const day = Math.floor(Number(stored) / millisecondsPerDay);
    if (Math.abs(day) >= maximumDay) {
      throw new PgError({ sqlstate: sqlstate.datetime_field_overflow, message: `date out of range: day ${day}` });
    }
    days[row] = day;
  }
  copyToVector(vector, days);
  writeValidity(vector, data, start, count);
}

/** Times in seconds or milliseconds, of which one has so many microseconds. */
export function writeMicroseconds(unit: number, vector: Vector, data: Data, start: number, count: number): void {
  const times: ArrayLike<number> = data.values;
  const microseconds = new BigInt64Array(count);
  for (let row = 0; row < count; row += 1) microseconds[row] = BigInt((times[start + row] ?? 0) * unit);
  copyToVector(vector, microseconds);
  writeValidity(vector, data, start, count);
}

/** Floats of 16 bits, which are exact in 32. */
export function writeHalfFloats(vector: Vector, data: Data, start: number, count: number): void {
  const halves: ArrayLike<number> = data.values;
  const floats = new Float32Array(count);
  for (let row = 0; row < count; row += 1) floats[row] = halfFloat(halves[start + row] ?? 0);
  copyToVector(vector, floats);
  writeValidity(vector, data, start, count);
}

/** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
