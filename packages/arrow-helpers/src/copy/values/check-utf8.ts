import { isUtf8 } from 'node:buffer';
import { PgError, sqlstate } from '@riffq/wire';

/** Up to this many bytes a loop costs less than asking native code. */
const SHORT_BYTES = 48;

/**
 * Checks that the bytes are UTF-8 without NUL, as PostgreSQL does for all text that comes in.
 *
 * @throws PgError 22021 with the first sequence that is not
 */
export function checkUtf8(bytes: Buffer, start: number, end: number): void {
  if (end - start <= SHORT_BYTES && isPlainAscii(bytes, start, end)) return;
  const part = bytes.subarray(start, end);
  if (isUtf8(part) && part.indexOf(0) < 0) return;
  const wrong = invalidSequence(part);
  throw new PgError({
    sqlstate: sqlstate.character_not_in_repertoire,
    message: `invalid byte sequence for encoding "UTF8": ${Array.from(wrong, hexadecimal).join(' ')}`,
  });
}

/** Whether all bytes are ASCII, and none is NUL. */
function isPlainAscii(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at]! >= 0x80 || bytes[at] === 0) return false;
  return true;
}

function hexadecimal(byte: number): string {
  return `0x${byte.toString(16).padStart(2, '0')}`;
}

/** The first bad sequence, as long as its first byte announces and the text allows. */
function invalidSequence(part: Buffer): Buffer {
  for (let at = 0; ; ) {
    const sequence = part.subarray(at, at + sequenceLength(part[at]!));
    if (!isUtf8(sequence) || sequence[0] === 0) return sequence;
    at += sequence.length;
  }
}

function sequenceLength(lead: number): number {
  if (lead >= 0xf0 && lead < 0xf8) return 4;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xc0 && lead < 0xe0 ? 2 : 1;
}
