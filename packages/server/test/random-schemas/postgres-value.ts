import { DataType, DateUnit, type Field, Precision, TimeUnit } from 'apache-arrow';
import type { IntervalReading, Reading } from './arrow-reading.js';
import { extensionOf, isList } from './random-fields.js';

/** A value as PostgreSQL has it; moments in microseconds and days after 1970, or infinite. */
export type PostgresValue =
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: bigint; readonly bytes: 2 | 4 | 8 }
  | { readonly kind: 'float'; readonly value: number; readonly single: boolean }
  | { readonly kind: 'numeric'; readonly unscaled: bigint; readonly scale: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'json'; readonly value: string }
  | { readonly kind: 'bytea'; readonly value: Uint8Array }
  | { readonly kind: 'uuid'; readonly value: Uint8Array }
  | { readonly kind: 'date'; readonly days: number }
  | { readonly kind: 'time'; readonly microseconds: bigint }
  | { readonly kind: 'timestamp'; readonly microseconds: bigint | number; readonly zoned: boolean }
  | {
      readonly kind: 'interval';
      readonly infinite: -1 | 0 | 1;
      readonly months: number;
      readonly days: number;
      readonly microseconds: bigint;
    }
  | ArrayValue
  | { readonly kind: 'list'; readonly elements: readonly (PostgresValue | null)[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [PostgresValue, PostgresValue | null])[] };

/** An array: its dimensions' lengths, none if it is empty, and all elements in a row. */
export interface ArrayValue {
  readonly kind: 'array';
  readonly lengths: readonly number[];
  readonly elements: readonly (PostgresValue | null)[];
  readonly element: Field;
}

/** PostgreSQL has no such value. */
export class Unsendable extends Error {
  constructor(readonly sqlstate: '22008' | '22021' | '22P02' | '2202E') {
    super(`a value should be refused with ${sqlstate}`);
  }
}

/**
 * What PostgreSQL makes of what Arrow reads.
 *
 * @param json - whether it is part of JSON, in which lists are no arrays
 */
export function postgresValue(field: Field, reading: Reading, json = false): PostgresValue | null {
  const type: DataType = field.type;
  if (DataType.isDictionary(type)) return postgresValue(field.clone({ type: type.dictionary }), reading, json);
  if (reading === null) return null;
  if (isList(type)) {
    if (!json) return arrayValue(field, reading);
    const [element] = type.children;
    return { kind: 'list', elements: partsOf(reading).map((part) => postgresValue(element!, part, true)) };
  }
  if (DataType.isStruct(type)) {
    const parts = partsOf(reading);
    return object(type.children.map((member, at) => [text(member.name), postgresValue(member, parts[at]!, true)]));
  }
  if (DataType.isUnion(type)) {
    const [alternative, value] = partsOf(reading);
    const member = type.children[Number(alternative)]!;
    return object([[text(member.name), postgresValue(member, value!, true)]]);
  }
  if (DataType.isMap(type)) {
    const [keys, values] = type.children[0]!.type.children;
    const entries = partsOf(reading).map(partsOf);
    return object(
      entries.map(([key, value]) => [postgresValue(keys!, key!, true)!, postgresValue(values!, value!, true)]),
    );
  }
  return scalarValue(field, reading);
}

function object(members: readonly (readonly [PostgresValue, PostgresValue | null])[]): PostgresValue {
  return { kind: 'object', members };
}

function text(value: string): PostgresValue {
  return { kind: 'text', value };
}

/** Lists in lists are one array, which has as many elements in one place of a dimension as in another. */
function arrayValue(field: Field, reading: Reading): ArrayValue {
  let element = field;
  const lengths: number[] = [];
  let elements: readonly Reading[] = [reading];
  for (let type: DataType = field.type; isList(type); type = element.type) {
    const lists = elements.map((list) => {
      if (list === null) throw new Unsendable('2202E');
      return partsOf(list);
    });
    const [first] = lists;
    if (lists.some(({ length }) => length !== first?.length)) throw new Unsendable('2202E');
    lengths.push(first?.length ?? 0);
    elements = lists.flat();
    element = type.children[0]!;
  }
  return {
    kind: 'array',
    lengths: elements.length === 0 ? [] : lengths,
    elements: elements.map((part) => postgresValue(element, part)),
    element,
  };
}

function scalarValue(field: Field, reading: Reading): PostgresValue {
  const type: DataType = field.type;
  if (typeof reading === 'boolean') return { kind: 'bool', value: reading };
  if (typeof reading === 'string') return stringValue(reading, extensionOf(field) === 'arrow.json');
  if (reading instanceof Uint8Array) {
    return { kind: extensionOf(field) === 'arrow.uuid' ? 'uuid' : 'bytea', value: reading };
  }
  if (DataType.isInterval(type)) return intervalValue(reading);
  if (DataType.isFloat(type)) {
    return { kind: 'float', value: Number(reading), single: type.precision !== Precision.DOUBLE };
  }
  const value = BigInt(String(reading));
  if (DataType.isInt(type)) return integerValue(value, type.bitWidth, type.isSigned);
  if (DataType.isDecimal(type)) return { kind: 'numeric', unscaled: value, scale: type.scale };
  if (DataType.isDate(type)) return dateValue(value, type.unit);
  if (DataType.isTime(type)) {
    const microseconds = microsecondsOf(value, type.unit);
    if (microseconds < 0n || microseconds > DAY) throw new Unsendable('22008');
    return { kind: 'time', microseconds };
  }
  if (DataType.isTimestamp(type)) {
    return { kind: 'timestamp', microseconds: timestampValue(value, type.unit), zoned: Boolean(type.timezone) };
  }
  if (DataType.isDuration(type)) {
    return { kind: 'interval', infinite: 0, months: 0, days: 0, microseconds: spanOf(value, type.unit) };
  }
  throw new Error(`nothing is expected of ${type}`);
}

function stringValue(value: string, json: boolean): PostgresValue {
  if (value.includes('\0')) throw new Unsendable('22021');
  if (!json) return { kind: 'text', value };
  try {
    JSON.parse(value);
  } catch {
    throw new Unsendable('22P02');
  }
  return { kind: 'json', value };
}

function integerValue(value: bigint, bitWidth: number, isSigned: boolean): PostgresValue {
  if (bitWidth === 64 && !isSigned) return { kind: 'numeric', unscaled: value, scale: 0 };
  const bits = isSigned ? bitWidth : bitWidth * 2;
  return { kind: 'int', value, bytes: bits <= 16 ? 2 : bits === 32 ? 4 : 8 };
}

const DAY = 86_400_000_000n;
/** 4714-11-24 BC, and what follows the years 294276, of timestamps, and 5874897, of dates. */
const FIRST_DAY = -2_440_588n;
const END_OF_TIMESTAMPS = 106_762_940n * DAY;
const END_OF_DATES = 2_145_042_906n;
const LARGEST = 2n ** 63n - 1n;

function infinityOf(count: bigint, bits: number): number {
  const largest = 2n ** BigInt(bits - 1) - 1n;
  if (count === largest) return Number.POSITIVE_INFINITY;
  return count <= -largest ? Number.NEGATIVE_INFINITY : 0;
}

function dateValue(count: bigint, unit: DateUnit): PostgresValue {
  const infinity = infinityOf(count, unit === DateUnit.DAY ? 32 : 64);
  // Minus the largest is DuckDB's, which has no milliseconds: there it is a day beyond PostgreSQL's.
  if (infinity !== 0 && !(unit === DateUnit.MILLISECOND && count === -LARGEST)) return { kind: 'date', days: infinity };
  const days = unit === DateUnit.DAY ? count : floorDivide(count, 86_400_000n);
  if (days < FIRST_DAY || days >= END_OF_DATES) throw new Unsendable('22008');
  return { kind: 'date', days: Number(days) };
}

function timestampValue(count: bigint, unit: TimeUnit): bigint | number {
  const infinity = unit === TimeUnit.NANOSECOND ? 0 : infinityOf(count, 64);
  if (infinity !== 0) return infinity;
  const microseconds = microsecondsOf(count, unit);
  if (microseconds < FIRST_DAY * DAY || microseconds >= END_OF_TIMESTAMPS) throw new Unsendable('22008');
  return microseconds;
}

function intervalValue(reading: Reading): PostgresValue {
  const { months, days, nanoseconds } = partsOfInterval(reading);
  const largest = months === 2 ** 31 - 1 && days === months && nanoseconds === LARGEST;
  const smallest = months === -(2 ** 31) && days === months && nanoseconds === -LARGEST - 1n;
  const infinite = largest ? 1 : smallest ? -1 : 0;
  return { kind: 'interval', infinite, months, days, microseconds: spanOf(nanoseconds, TimeUnit.NANOSECOND) };
}

/** A span's digits are rounded without their sign. */
function spanOf(count: bigint, unit: TimeUnit): bigint {
  const microseconds = count < 0n ? -microsecondsOf(-count, unit) : microsecondsOf(count, unit);
  if (microseconds > LARGEST || microseconds < -LARGEST - 1n) throw new Unsendable('22008');
  return microseconds;
}

function microsecondsOf(count: bigint, unit: TimeUnit): bigint {
  if (unit === TimeUnit.SECOND) return count * 1_000_000n;
  if (unit === TimeUnit.MILLISECOND) return count * 1000n;
  if (unit === TimeUnit.MICROSECOND) return count;
  const second = floorDivide(count, 1_000_000_000n);
  // PostgreSQL reads the fraction of a second as a double, and rounds what that is in microseconds.
  const fraction = Number(`0.${String(count - second * 1_000_000_000n).padStart(9, '0')}`) * 1e6;
  const nearest = Math.round(fraction);
  const rounded = nearest - fraction === 0.5 && nearest % 2 === 1 ? nearest - 1 : nearest;
  return second * 1_000_000n + BigInt(rounded);
}

/** Divides, and rounds towards minus infinity. */
export function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}

function partsOf(reading: Reading): readonly Reading[] {
  if (Array.isArray(reading)) return reading;
  throw new Error(`${String(reading)} has no parts`);
}

function partsOfInterval(reading: Reading): IntervalReading {
  if (typeof reading === 'object' && reading !== null && 'months' in reading) return reading;
  throw new Error(`${String(reading)} is no interval`);
}
