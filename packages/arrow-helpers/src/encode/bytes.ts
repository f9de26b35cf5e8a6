/** Bytes as they are (utf8 in both formats, bytea in binary) and as bytea's hex text. */
import type { SpecialBytes } from './special-bytes.js';

/** Above this many bytes one native copy is quicker than a loop. */
const LOOP_BYTES = 96;

/** Entry `b`: the two lower-case hex digits of the byte, in memory order on a little-endian read. */
const HEX_DIGITS = new Uint16Array(256);

const hexDigit = (value: number): number => (value < 10 ? 0x30 + value : 0x57 + value);
for (let byte = 0; byte < 256; byte++) HEX_DIGITS[byte] = hexDigit(byte >> 4) | (hexDigit(byte & 0xf) << 8);

/** Copies `length` bytes at `offset` of the source, which comes as bytes and as a DataView. */
export function writeBytes(
  target: Uint8Array,
  view: DataView,
  position: number,
  source: Uint8Array,
  sourceView: DataView,
  offset: number,
  length: number,
): number {
  if (length > LOOP_BYTES) {
    target.set(source.subarray(offset, offset + length), position);
    return position + length;
  }
  let index = 0;
  for (; index + 8 <= length; index += 8) {
    view.setInt32(position + index, sourceView.getInt32(offset + index, true), true);
    view.setInt32(position + index + 4, sourceView.getInt32(offset + index + 4, true), true);
  }
  if (index + 4 <= length) {
    view.setInt32(position + index, sourceView.getInt32(offset + index, true), true);
    index += 4;
  }
  for (; index < length; index++) target[position + index] = source[offset + index]!;
  return position + length;
}

/**
 * As {@link writeBytes}, but of bytes among which a special one or another control character may be it returns the complement of the
 * position: they are looked at while they are copied.
 */
export function writeBytesLooking(
  special: SpecialBytes,
  target: Uint8Array,
  view: DataView,
  position: number,
  source: Uint8Array,
  sourceView: DataView,
  offset: number,
  length: number,
): number {
  const end = position + length;
  if (length < 4 || length > LOOP_BYTES) {
    writeBytes(target, view, position, source, sourceView, offset, length);
    return special.areIn(source, offset, offset + length) ? ~end : end;
  }
  const { firstFour, secondFour } = special;
  let found = 0;
  // The last four bytes may be in the word before, too.
  for (let index = 0, last = length - 4; ; index += 4) {
    if (index > last) index = last;
    const word = sourceView.getInt32(offset + index, true);
    view.setInt32(position + index, word, true);
    // The upper bit of a byte is set where it is below 0x20, or where its difference from one of the others is below 1.
    found |= ((word - 0x2020_2020) | ((word ^ firstFour) - 0x0101_0101) | ((word ^ secondFour) - 0x0101_0101)) & ~word;
    if (index === last) break;
  }
  return (found & 0x8080_8080) !== 0 ? ~end : end;
}

/** Writes `\x` and two hex digits for each byte from `from` to `to`, as byteaout does. */
export function writeHex(
  target: Uint8Array,
  view: DataView,
  position: number,
  source: Uint8Array,
  from: number,
  to: number,
): number {
  target[position] = 0x5c;
  target[position + 1] = 0x78;
  return writeHexDigits(view, position + 2, source, from, to);
}

/** Writes two hex digits for each byte from `from` to `to`. */
export function writeHexDigits(view: DataView, position: number, source: Uint8Array, from: number, to: number): number {
  let end = position;
  for (let index = from; index < to; index++) {
    view.setUint16(end, HEX_DIGITS[source[index]!]!, true);
    end += 2;
  }
  return end;
}
