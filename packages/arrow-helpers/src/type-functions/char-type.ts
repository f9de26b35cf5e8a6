import { readByte } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';

/** "char", the one byte of the system catalogs: a string of one character, `\ooo` for a byte over 127, empty for 0. */
export const charType: TypeFunctions<number> = {
  input: parseChar,
  output: formatChar,
  receive: readByte,
  send: (byte) => Uint8Array.of(byte),
};

/** The first byte counts, as in PostgreSQL, unless the text is an octal escape. */
function parseChar(input: string): number {
  if (/^\\[0-7]{3}$/.test(input)) return Number.parseInt(input.slice(1), 8) & 0xff;
  return Buffer.from(input.slice(0, 2), 'utf8')[0] ?? 0;
}

function formatChar(byte: number): string {
  if (byte === 0) return '';
  return byte < 0x80 ? String.fromCharCode(byte) : `\\${byte.toString(8)}`;
}
