import { constants, isUtf8 } from 'node:buffer';
import { PgError, sqlstate } from '@riffq/wire';

/** The longest string that V8 makes, less what a message about it adds. */
const maximumTextLength = constants.MAX_STRING_LENGTH - 1024;

/** Up to this many bytes a loop costs less than three calls of native code. */
const shortBytes = 48;

/** As much as is checked at once when looking for what is wrong in a long text. */
const stride = 4096;

/**
 * The text of a whole value.
 *
 * @throws PgError 22021 if it is not UTF-8 or has a NUL in it, which no text of PostgreSQL can, 54000 if it is longer
 * than a JavaScript string can be.
 */
export function decodeUtf8Value(value: Uint8Array): string {
  const bytes = Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  expectTextLength(bytes.length);
  if (bytes.length <= shortBytes && isPlainAscii(bytes)) return bytes.toString('latin1');
  if (isText(bytes)) return bytes.toString('utf8');
  const sequence = Array.from(invalidSequence(bytes), (byte) => `0x${byte.toString(16).padStart(2, '0')}`);
  throw new PgError({
    sqlstate: sqlstate.character_not_in_repertoire,
    message: `invalid byte sequence for encoding "UTF8": ${sequence.join(' ')}`,
  });
}

/** @throws PgError 54000 if there can be no text of this length. */
export function expectTextLength(length: number): void {
  if (length <= maximumTextLength) return;
  throw new PgError({
    sqlstate: sqlstate.program_limit_exceeded,
    message: `text of ${length} characters exceeds the maximum allowed (${maximumTextLength})`,
  });
}

function isPlainAscii(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === 0 || byte >= 0x80) return false;
  }
  return true;
}

function isText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}

/** The first character that is none, with as many bytes as its first one announces. */
function invalidSequence(bytes: Buffer): Buffer {
  let at = 0;
  for (let end = stride; end < bytes.length; end += stride) {
    // The stride ends before a character that would go on beyond it: at most three bytes back.
    for (let back = 0; back < 3 && (bytes[end]! & 0xc0) === 0x80; back++) end--;
    if (!isText(bytes.subarray(at, end))) break;
    at = end;
  }
  for (;;) {
    const sequence = bytes.subarray(at, at + announcedLength(bytes[at]!));
    if (!isText(sequence)) return sequence;
    at += sequence.length;
  }
}

function announcedLength(lead: number): number {
  if ((lead & 0xe0) === 0xc0) return 2;
  if ((lead & 0xf0) === 0xe0) return 3;
  return (lead & 0xf8) === 0xf0 ? 4 : 1;
}
