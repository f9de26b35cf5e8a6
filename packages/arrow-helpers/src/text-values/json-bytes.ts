/** What readers of JSON in UTF-8 look for, byte by byte. */

export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const SPACE = 0x20;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** Deeper JSON is read by others, as are longer numbers. */
export const MOST_JSON_LEVELS = 256;
const MOST_DIGITS = 1000;

const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

/** By byte: whether it may follow a backslash in what PostgreSQL prints: `"`, `\`, `b`, `f`, `n`, `r`, `t`. */
export const isShortEscape = new Uint8Array(256);
for (const character of '"\\bfnrt') isShortEscape[character.charCodeAt(0)] = 1;

/** By byte: whether it stands for itself in a string. */
export const isPlainByte = new Uint8Array(256).fill(1, 0x20);
isPlainByte[QUOTE] = 0;
isPlainByte[BACKSLASH] = 0;

/** Behind a number as numeric prints it or a word, or -1. */
export function endOfScalar(bytes: Uint8Array, start: number, end: number): number {
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
