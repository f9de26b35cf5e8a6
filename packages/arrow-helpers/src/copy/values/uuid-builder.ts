import type { FixedSizeBinary } from 'apache-arrow';
import { digitValue } from '../../array-input/scan-text.js';
import { UUID_BYTES, UUID_TEXT_BYTES } from '../../encode/uuid.js';
import { invalidInput } from '../../type-functions/input-error.js';
import { checkBinaryLength } from './check-binary-length.js';
import type { BinarySource } from './column-builder.js';
import { FixedWidthBuilder } from './fixed-width-builder.js';

const HYPHEN = 0x2d;

/** By two characters: the byte that they are; below 0 for what is none. Made for the first column of the kind. */
let pairs = new Int16Array(0);

function makePairs(): Int16Array<ArrayBuffer> {
  return Int16Array.from({ length: 0x1_0000 }, (_, characters) => {
    const upper = digitValue(characters >> 8);
    const lower = digitValue(characters & 0xff);
    return upper < 16 && lower < 16 ? upper * 16 + lower : -1;
  });
}

const binarySource: BinarySource = {
  condition: `size === ${UUID_BYTES}`,
  statement: `high = row << 4;
v.setInt32(high, view.getInt32(at)); v.setInt32(high + 4, view.getInt32(at + 4));
v.setInt32(high + 8, view.getInt32(at + 8)); v.setInt32(high + 12, view.getInt32(at + 12));
at = (at + ${UUID_BYTES}) | 0;`,
};

/** uuid, in the 16 bytes of `arrow.uuid`. */
export class UuidBuilder extends FixedWidthBuilder {
  constructor(type: FixedSizeBinary) {
    super(type, UUID_BYTES);
    if (pairs.length === 0) pairs = makePairs();
  }

  setText(row: number, bytes: Buffer, start: number, end: number): void {
    const braced = bytes[start] === 0x7b && bytes[end - 1] === 0x7d;
    let at = braced ? start + 1 : start;
    const last = braced ? end - 1 : end;
    for (let index = 0; index < UUID_BYTES; index++) {
      const value = at + 1 < last ? digitValue(bytes[at]!) * 16 + digitValue(bytes[at + 1]!) : 256;
      // A digit that is none counts 16 and may still leave less than 256.
      if (value > 255 || digitValue(bytes[at + 1]!) > 15)
        throw invalidInput('uuid', bytes.toString('utf8', start, end));
      this.values.setUint8(row * UUID_BYTES + index, value);
      at += 2;
      // Hyphens may stand after any four digits.
      if (bytes[at] === HYPHEN && index % 2 === 1 && index < UUID_BYTES - 1) at++;
    }
    if (at !== last) throw invalidInput('uuid', bytes.toString('utf8', start, end));
  }

  /** The digits as PostgreSQL writes them, looked at four by four. */
  override readPlain(row: number, bytes: Buffer, view: DataView, at: number): number {
    const first = twoBytes(view, at);
    const second = twoBytes(view, at + 4);
    const third = twoBytes(view, at + 9);
    const fourth = twoBytes(view, at + 14);
    const fifth = twoBytes(view, at + 19);
    const sixth = twoBytes(view, at + 24);
    const seventh = twoBytes(view, at + 28);
    const eighth = twoBytes(view, at + 32);
    const hyphens =
      (bytes[at + 8]! ^ HYPHEN) | (bytes[at + 13]! ^ HYPHEN) | (bytes[at + 18]! ^ HYPHEN) | (bytes[at + 23]! ^ HYPHEN);
    if (hyphens !== 0 || (first | second | third | fourth | fifth | sixth | seventh | eighth) < 0) return -1;
    const { values } = this;
    const to = row * UUID_BYTES;
    values.setInt32(to, (first << 16) | second);
    values.setInt32(to + 4, (third << 16) | fourth);
    values.setInt32(to + 8, (fifth << 16) | sixth);
    values.setInt32(to + 12, (seventh << 16) | eighth);
    return at + UUID_TEXT_BYTES;
  }

  override readBinary(row: number, _bytes: Buffer, view: DataView, start: number, size: number): boolean {
    if (size !== UUID_BYTES) return false;
    for (let at = 0; at < UUID_BYTES; at += 4) this.values.setInt32(row * UUID_BYTES + at, view.getInt32(start + at));
    return true;
  }

  override get binarySource(): BinarySource {
    return binarySource;
  }

  setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    checkBinaryLength(start, end, UUID_BYTES);
    this.setBytes(row, bytes, start);
  }
}

/** What four digits at a position stand for; below 0 if one of them is none. */
function twoBytes(view: DataView, at: number): number {
  return (pairs[view.getUint16(at)]! << 8) | pairs[view.getUint16(at + 2)]!;
}
