/** Tells jsonb's canonical form by its bytes, so that what has it needs not be read and printed again. */

/** Deeper JSON is read, as are longer numbers, keys with escapes, and other escapes than PostgreSQL's short ones. */
const MOST_LEVELS = 256;
const MOST_DIGITS = 1000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** What may follow a backslash: `"`, `\`, `b`, `f`, `n`, `r`, `t`. */
const isEscape = new Uint8Array(256);
for (const character of '"\\bfnrt') isEscape[character.charCodeAt(0)] = 1;

const isPlain = new Uint8Array(256).fill(1, 0x20);
isPlain[QUOTE] = 0;
isPlain[BACKSLASH] = 0;

/** By level: where the last key begins and ends, within its quotes; an array has a negative beginning, an object without keys equal ones. */
const keyStarts = new Int32Array(MOST_LEVELS);
const keyEnds = new Int32Array(MOST_LEVELS);
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
      if (level === MOST_LEVELS) return false;
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
  while (at < end && isPlain[bytes[at]!]) at++;
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
    if (isPlain[byte]) continue;
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH || !isEscape[bytes[at + 1]!]) return -1;
    at += 1;
  }
  return -1;
}

/** Behind a number as numeric prints it or a word, or -1. */
function endOfScalar(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start]!;
  if (first > NINE) return endOfWord(bytes, start, end);
  let at = first === MINUS ? start + 1 : start;
  const whole = at;
  let isZero = true;
  for (; at < end && isDigit(bytes[at]!); at++) if (bytes[at] !== ZERO) isZero = false;
  if (at === whole || (bytes[whole] === ZERO && at > whole + 1)) return -1;
  if (at < end && bytes[at] === POINT) {
    const decimals = ++at;
    for (; at < end && isDigit(bytes[at]!); at++) if (bytes[at] !== ZERO) isZero = false;
    if (at === decimals) return -1;
  }
  // There is no negative zero.
  return (isZero && first === MINUS) || at - start > MOST_DIGITS ? -1 : at;
}

const words = ['true', 'false', 'null'].map((word) => Buffer.from(word));

function endOfWord(bytes: Uint8Array, start: number, end: number): number {
  const word = words.find((candidate) => candidate[0] === bytes[start]);
  if (word === undefined || start + word.length > end) return -1;
  for (let at = 1; at < word.length; at++) if (bytes[start + at] !== word[at]) return -1;
  return start + word.length;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}
