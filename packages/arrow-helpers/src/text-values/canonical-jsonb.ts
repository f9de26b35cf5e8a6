/** Tells jsonb's canonical form by its bytes, so that what has it needs not be read and printed again. */

import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  endOfScalar,
  isPlainByte,
  isShortEscape,
  MOST_JSON_LEVELS,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
} from './json-bytes.js';

/** By level: where the last key begins and ends, within its quotes; an array has a negative beginning, an object without keys equal ones. */
const keyStarts = new Int32Array(MOST_JSON_LEVELS);
const keyEnds = new Int32Array(MOST_JSON_LEVELS);
const ARRAY = -1;

/** Whether text in UTF-8 is jsonb as PostgreSQL prints it; false where that would have to be looked at more closely. */
export function isCanonicalJsonb(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  let level = -1;
  for (;;) {
    // A value.
    const first = bytes[at]!;
    if (first === OPEN_BRACKET || first === OPEN_BRACE) {
      level += 1;
      if (level === MOST_JSON_LEVELS) return false;
      at += 1;
      keyStarts[level] = first === OPEN_BRACKET ? ARRAY : at;
      keyEnds[level] = at;
      if (at >= end) return false;
      if (bytes[at] !== first + 2) {
        if (first === OPEN_BRACKET) continue;
        at = endOfKey(bytes, at, end, level);
        if (at < 0) return false;
        continue;
      }
      at += 1;
      level -= 1;
    } else {
      at = first === QUOTE ? endOfString(bytes, at + 1, end) : endOfScalar(bytes, at, end);
      if (at < 0) return false;
    }
    // What comes behind it.
    for (;;) {
      if (level < 0) return at === end;
      if (at >= end) return false;
      const isArray = keyStarts[level] === ARRAY;
      if (bytes[at] === (isArray ? CLOSE_BRACKET : CLOSE_BRACE)) {
        at += 1;
        level -= 1;
        continue;
      }
      if (bytes[at] !== COMMA || bytes[at + 1] !== SPACE || at + 2 >= end) return false;
      at += 2;
      if (!isArray) {
        at = endOfKey(bytes, at, end, level);
        if (at < 0) return false;
      }
      break;
    }
  }
}

/** Behind a key, its colon and a space; -1 for what is no key, or not behind the one before. */
function endOfKey(bytes: Uint8Array, start: number, end: number, level: number): number {
  if (bytes[start] !== QUOTE) return -1;
  let at = start + 1;
  while (at < end && isPlainByte[bytes[at]!]) at++;
  // No key has an escape here: its length would be another one.
  if (at + 3 >= end || bytes[at] !== QUOTE || bytes[at + 1] !== COLON || bytes[at + 2] !== SPACE) return -1;
  if (!isBehind(bytes, start + 1, at, keyStarts[level]!, keyEnds[level]!)) return -1;
  keyStarts[level] = start + 1;
  keyEnds[level] = at;
  return at + 3;
}

/** Keys are in order of their lengths, then of their bytes. */
function isBehind(bytes: Uint8Array, start: number, end: number, lastStart: number, lastEnd: number): boolean {
  // Before the first key stands the brace, which no key's beginning is.
  if (start === lastStart + 1 && lastStart === lastEnd) return true;
  const longer = end - start - (lastEnd - lastStart);
  if (longer !== 0) return longer > 0;
  for (let at = 0; at < end - start; at++) {
    const difference = bytes[start + at]! - bytes[lastStart + at]!;
    if (difference !== 0) return difference > 0;
  }
  return false;
}

/** Behind the closing quote, or -1. */
function endOfString(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (isPlainByte[byte]) continue;
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH || !isShortEscape[bytes[at + 1]!]) return -1;
    at += 1;
  }
  return -1;
}
