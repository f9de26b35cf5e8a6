/** What PostgreSQL's text of a value becomes within JSON, as to_json has it. */
import type { DelimitedFields } from './row-frame.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;
const HEX = Buffer.from('0123456789abcdef', 'latin1');
const NULL = Buffer.from('null', 'latin1');
const TRUE = Buffer.from('true', 'latin1');
const FALSE = Buffer.from('false', 'latin1');

/** The bytes that a field takes beside its value: `null`, quotes, the `:00` of a zone. */
const FIELD_BYTES = 8;

/** The control characters that have a letter of their own after the backslash. */
const LETTERS = new Uint8Array(FIRST_PRINTABLE);
for (const [byte, letter] of [
  [8, 'b'],
  [9, 't'],
  [10, 'n'],
  [12, 'f'],
  [13, 'r'],
] as const) {
  LETTERS[byte] = letter.charCodeAt(0);
}

/** How values of a type appear in JSON. */
export type JsonStyle = 'json' | 'number' | 'boolean' | 'booleanKey' | 'moment' | 'zonedMoment' | 'string';

type Finish = (target: Uint8Array, start: number, end: number) => number;

/** Fields of JSON: nothing is between them, whoever writes the object or array does that. */
export const jsonFields: Readonly<Record<JsonStyle, DelimitedFields>> = {
  json: fields(1, (_target, _start, end) => end),
  number: fields(1, finishNumber),
  boolean: fields(1, finishBoolean),
  booleanKey: fields(1, (target, start) => quote(target, start, finishBoolean(target, start))),
  moment: fields(1, (target, start, end) => finishMoment(target, start, end, false)),
  zonedMoment: fields(1, (target, start, end) => finishMoment(target, start, end, true)),
  string: fields(6, finishString),
};

function fields(expansion: number, finish: Finish): DelimitedFields {
  return {
    fieldBytes: FIELD_BYTES,
    expansion,
    line: null,
    finish,
    writeNull(target, position) {
      target.set(NULL, position);
      return position + NULL.length;
    },
  };
}

/** NaN and the infinities are strings. */
function finishNumber(target: Uint8Array, start: number, end: number): number {
  const last = target[end - 1]!;
  return last >= 0x30 && last <= 0x39 ? end : quote(target, start, end);
}

function finishBoolean(target: Uint8Array, start: number): number {
  const word = target[start] === 0x74 ? TRUE : FALSE;
  target.set(word, start);
  return start + word.length;
}

/** `2024-07-03 09:46:40+00` as `"2024-07-03T09:46:40+00:00"`. */
function finishMoment(target: Uint8Array, start: number, end: number, zoned: boolean): number {
  let space = start;
  while (space < end && target[space] !== 0x20) space++;
  if (space === end) return quote(target, start, end);
  target[space] = 0x54;
  if (!zoned) return quote(target, start, end);
  let zone = space;
  while (target[zone] !== 0x2b && target[zone] !== 0x2d) zone++;
  // Behind the end is what was there before.
  if (zone + 3 < end && target[zone + 3] === 0x3a) return quote(target, start, end);
  // Before the ` BC` that may follow.
  target.copyWithin(zone + 6, zone + 3, end);
  target[zone + 3] = 0x3a;
  target[zone + 4] = 0x30;
  target[zone + 5] = 0x30;
  return quote(target, start, end + 3);
}

function quote(target: Uint8Array, start: number, end: number): number {
  target.copyWithin(start + 1, start, end);
  target[start] = QUOTE;
  target[end + 1] = QUOTE;
  return end + 2;
}

function finishString(target: Uint8Array, start: number, end: number): number {
  let extra = 0;
  for (let index = start; index < end; index++) extra += escapeBytes(target[index]!);
  let to = end + extra;
  target[to + 1] = QUOTE;
  for (let from = end - 1; from >= start; from--) {
    to = writeEscaped(target, to, target[from]!);
  }
  target[start] = QUOTE;
  return end + extra + 2;
}

/** How many bytes the escape of a byte has beside the byte itself. */
function escapeBytes(byte: number): number {
  if (byte >= FIRST_PRINTABLE) return byte === QUOTE || byte === BACKSLASH ? 1 : 0;
  return LETTERS[byte] === 0 ? 5 : 1;
}

/** Writes a byte so that it ends at `position`; returns the position before it. */
function writeEscaped(target: Uint8Array, position: number, byte: number): number {
  const extra = escapeBytes(byte);
  const start = position - extra;
  if (extra === 0) {
    target[position] = byte;
  } else if (extra === 1) {
    target[start] = BACKSLASH;
    target[position] = byte < FIRST_PRINTABLE ? LETTERS[byte]! : byte;
  } else {
    target[start] = BACKSLASH;
    target[start + 1] = 0x75;
    target[start + 2] = 0x30;
    target[start + 3] = 0x30;
    target[start + 4] = HEX[byte >> 4]!;
    target[start + 5] = HEX[byte & 0xf]!;
  }
  return start - 1;
}
