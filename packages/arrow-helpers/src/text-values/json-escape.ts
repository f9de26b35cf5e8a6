/** Characters that JSON has by their numbers: `\u00e9`, or two for one beyond 16 bits. */
import { BACKSLASH, QUOTE, SPACE } from './json-bytes.js';

const LETTER_U = 0x75;
/** Bytes of `\u` and four digits. */
export const ESCAPE_BYTES = 6;

/** By byte: the hexadecimal digit that it is; 16 for others. */
const hexDigits = new Uint8Array(256).fill(16);
for (let digit = 0; digit < 16; digit++) {
  for (const character of [digit.toString(16), digit.toString(16).toUpperCase()]) {
    hexDigits[character.charCodeAt(0)] = digit;
  }
}

/** The character whose number is at `start`, or at it and behind it; -1 for one that jsonb has not, or has as an escape. */
export function escapedCharacter(bytes: Uint8Array, start: number, end: number): number {
  const code = codeUnit(bytes, start, end);
  if (code < SPACE || code === QUOTE || code === BACKSLASH) return -1;
  if (code < 0xd800 || code >= 0xe000) return code;
  const low = code < 0xdc00 ? codeUnit(bytes, start + ESCAPE_BYTES, end) : -1;
  return low >= 0xdc00 && low < 0xe000 ? 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00) : -1;
}

/** The number in an escape; -1 if there is none. */
function codeUnit(bytes: Uint8Array, start: number, end: number): number {
  if (start + ESCAPE_BYTES > end || bytes[start] !== BACKSLASH || bytes[start + 1] !== LETTER_U) return -1;
  let code = 0;
  for (let at = start + 2; at < start + ESCAPE_BYTES; at++) {
    const digit = hexDigits[bytes[at]!]!;
    if (digit > 15) return -1;
    code = code * 16 + digit;
  }
  return code;
}

/** Writes a character in UTF-8 and returns the position after it. */
export function writeUtf8(target: Uint8Array, to: number, character: number): number {
  if (character < 0x80) {
    target[to] = character;
    return to + 1;
  }
  if (character < 0x800) {
    target[to] = 0xc0 | (character >> 6);
    target[to + 1] = 0x80 | (character & 0x3f);
    return to + 2;
  }
  let at = to;
  if (character < 0x1_0000) target[at++] = 0xe0 | (character >> 12);
  else {
    target[at++] = 0xf0 | (character >> 18);
    target[at++] = 0x80 | ((character >> 12) & 0x3f);
  }
  target[at] = 0x80 | ((character >> 6) & 0x3f);
  target[at + 1] = 0x80 | (character & 0x3f);
  return at + 2;
}
