import { isUtf8 } from 'node:buffer';
import { PgError } from './pg-error.js';
import { sqlstate } from './sqlstate.generated.js';

/** Up to this many bytes a loop in JavaScript costs less than asking native code whether they are ASCII. */
const shortBytes = 48;
/** As those of statements and portals often are: not even worth a call of native code. */
const veryShort = 4;

/**
 * The text in bytes `start` to `end`.
 *
 * @throws PgError 22021 with PostgreSQL's wording if that is not valid UTF-8.
 */
export function decodeUtf8(bytes: Buffer, start: number, end: number, severity: 'ERROR' | 'FATAL'): string {
  const length = end - start;
  if (length <= shortBytes && isAscii(bytes, start, end)) {
    return length <= veryShort ? fromAscii(bytes, start, end) : bytes.toString('latin1', start, end);
  }
  const part = bytes.subarray(start, end);
  if (!isUtf8(part)) {
    const wrong = invalidSequence(part);
    throw new PgError({
      severity,
      sqlstate: sqlstate.character_not_in_repertoire,
      message: `invalid byte sequence for encoding "UTF8": ${Array.from(wrong, hexadecimal).join(' ')}`,
    });
  }
  return part.toString('utf8');
}

function isAscii(bytes: Buffer, start: number, end: number): boolean {
  let all = 0;
  for (let index = start; index < end; index++) all |= bytes[index]!;
  return all < 0x80;
}

function fromAscii(bytes: Buffer, start: number, end: number): string {
  let text = '';
  for (let index = start; index < end; index++) text += String.fromCharCode(bytes[index]!);
  return text;
}

function hexadecimal(byte: number): string {
  return `0x${byte.toString(16).padStart(2, '0')}`;
}

/** The first sequence that is not UTF-8, as long as its first byte announces and the text allows. */
function invalidSequence(bytes: Uint8Array): Uint8Array {
  let position = 0;
  for (;;) {
    const length = sequenceLength(bytes[position]!);
    const sequence = position + length;
    if (sequence > bytes.length || !isLegal(bytes, position, length)) return bytes.subarray(position, sequence);
    position = sequence;
  }
}

function sequenceLength(lead: number): number {
  if ((lead & 0xe0) === 0xc0) return 2;
  if ((lead & 0xf0) === 0xe0) return 3;
  if ((lead & 0xf8) === 0xf0) return 4;
  return 1;
}

/** Unicode's table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF. */
function isLegal(bytes: Uint8Array, position: number, length: number): boolean {
  const lead = bytes[position]!;
  if (length === 1) return lead < 0x80;
  if (lead < 0xc2 || lead > 0xf4) return false;
  for (let index = position + 2; index < position + length; index++) {
    if ((bytes[index]! & 0xc0) !== 0x80) return false;
  }
  const second = bytes[position + 1]!;
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  return second >= lowest && second <= highest;
}
