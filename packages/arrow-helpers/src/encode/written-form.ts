/** The forms in which PostgreSQL prints values of types that are strings in Arrow. */
import { typeOid } from '@riffq/wire';
import type { OutputSettings } from '../output-settings.js';
import { isUtc } from '../time-zone/is-utc.js';
import { isWrittenDate, isWrittenInUtc, isWrittenTime, isWrittenTimestamp } from './written-moment.js';

/** Whether the bytes are a value as PostgreSQL prints it. */
export type WrittenForm = (bytes: Uint8Array, start: number, end: number) => boolean;

const ZERO = 0x30;
const NINE = 0x39;
const MINUS = 0x2d;
const POINT = 0x2e;
const UUID_LENGTH = 36;

const forms: ReadonlyMap<number, WrittenForm> = new Map<number, WrittenForm>([
  [typeOid.bool, (bytes, start, end) => end - start === 1 && (bytes[start] === 0x74 || bytes[start] === 0x66)],
  [typeOid.uuid, isUuid],
  // With as many digits as never leave the type's range.
  [typeOid.int2, (bytes, start, end) => isInteger(bytes, start, end, 4)],
  [typeOid.int4, (bytes, start, end) => isInteger(bytes, start, end, 9)],
  [typeOid.int8, (bytes, start, end) => isInteger(bytes, start, end, 18)],
  [typeOid.oid, (bytes, start, end) => bytes[start] !== MINUS && isInteger(bytes, start, end, 9)],
  [typeOid.numeric, isNumeric],
  [typeOid.time, isWrittenTime],
]);
const isoForms: ReadonlyMap<number, WrittenForm> = new Map<number, WrittenForm>([
  [typeOid.date, isWrittenDate],
  [typeOid.timestamp, isWrittenTimestamp],
  [typeOid.timestamptz, isWrittenInUtc],
]);

/**
 * That of a type that is looked at byte by byte; values of all others are read and printed again (`textToText`).
 *
 * @param settings - under which they are printed
 */
export function writtenForm(oid: number, { dateStyle, timeZone }: OutputSettings): WrittenForm | undefined {
  if (dateStyle !== 'ISO' || (oid === typeOid.timestamptz && !isUtc(timeZone))) return forms.get(oid);
  return forms.get(oid) ?? isoForms.get(oid);
}

function isUuid(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== UUID_LENGTH) return false;
  for (let index = 0; index < UUID_LENGTH; index++) {
    const byte = bytes[start + index]!;
    const isHyphen = index === 8 || index === 13 || index === 18 || index === 23;
    if (isHyphen ? byte !== MINUS : !isDigit(byte) && !(byte >= 0x61 && byte <= 0x66)) return false;
  }
  return true;
}

function isInteger(bytes: Uint8Array, start: number, end: number, mostDigits: number): boolean {
  const first = bytes[start] === MINUS ? start + 1 : start;
  const digits = countDigits(bytes, first, end);
  if (digits === 0 || digits > mostDigits || first + digits !== end) return false;
  return bytes[first] !== ZERO || (digits === 1 && first === start);
}

/** What numeric has beside numbers. */
const notNumbers = ['NaN', 'Infinity', '-Infinity'].map((text) => Buffer.from(text));

function isNumeric(bytes: Uint8Array, start: number, end: number): boolean {
  return isFiniteNumeric(bytes, start, end) || notNumbers.some((other) => other.equals(bytes.subarray(start, end)));
}

function isFiniteNumeric(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start] === MINUS ? start + 1 : start;
  const digits = countDigits(bytes, first, end);
  if (digits === 0 || digits > 1000 || (digits > 1 && bytes[first] === ZERO)) return false;
  const point = first + digits;
  if (point === end) return first === start || bytes[first] !== ZERO;
  const decimals = countDigits(bytes, point + 1, end);
  if (bytes[point] !== POINT || decimals === 0 || decimals > 1000 || point + 1 + decimals !== end) return false;
  // There is no negative zero.
  return first === start || !isZero(bytes, first, end);
}

function isZero(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== ZERO && bytes[at] !== POINT) return false;
  return true;
}

function countDigits(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isDigit(bytes[at]!)) at++;
  return at - start;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}
