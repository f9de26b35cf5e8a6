/** PostgreSQL's text is UTF-8 without NUL. */
import { isUtf8 } from 'node:buffer';

/** Up to this many bytes a loop costs less than asking native code. */
const SHORT_BYTES = 48;

/** Whether the bytes are what PostgreSQL takes for text. */
export function isText(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start <= SHORT_BYTES && isPlainAscii(bytes, start, end)) return true;
  const part = partOf(bytes, start, end);
  return part.indexOf(0) < 0 && isUtf8(part);
}

/** What PostgreSQL says of bytes that are not, with the first sequence that is wrong. */
export function notTextMessage(bytes: Uint8Array, start: number, end: number): string {
  const at = badTextStart(bytes, start, end);
  // As long as its first byte announces and the text allows.
  const wrong = bytes.subarray(at, Math.min(at + sequenceLength(bytes[at]!), end));
  return `invalid byte sequence for encoding "UTF8": ${Array.from(wrong, hexadecimal).join(' ')}`;
}

function partOf(bytes: Uint8Array, start: number, end: number): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
}

/** Whether all bytes are ASCII, and none is NUL. */
function isPlainAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at]! >= 0x80 || bytes[at] === 0) return false;
  return true;
}

function hexadecimal(byte: number): string {
  return `0x${byte.toString(16).padStart(2, '0')}`;
}

/** Where the first sequence begins that is not what PostgreSQL takes for text, in bytes that are not. */
export function badTextStart(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; ; ) {
    const next = Math.min(at + sequenceLength(bytes[at]!), end);
    if (bytes[at] === 0 || !isUtf8(partOf(bytes, at, next))) return at;
    at = next;
  }
}

/** How many bytes a sequence has by its first one; 1 for what cannot be a first one. */
export function sequenceLength(lead: number): number {
  if (lead >= 0xf0 && lead < 0xf8) return 4;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xc0 && lead < 0xe0 ? 2 : 1;
}
