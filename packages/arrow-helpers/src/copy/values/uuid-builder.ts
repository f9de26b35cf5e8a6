import type { FixedSizeBinary } from 'apache-arrow';
import { digitValue } from '../../array-input/scan-text.js';
import { UUID_BYTES } from '../../encode/uuid.js';
import { FixedWidthBuilder } from './fixed-width-builder.js';
import { checkBinaryLength, invalidSyntax } from './invalid-value.js';

const HYPHEN = 0x2d;

/** Bytes between the hyphens. */
const PARTS = [4, 2, 2, 2, 6] as const;
/** By character: the digit that it is; more than a byte holds for what is none. */
const HEX = Uint16Array.from({ length: 256 }, (_, code) => (digitValue(code) < 16 ? digitValue(code) : 256));

/** uuid, in the 16 bytes of `arrow.uuid`. */
export class UuidBuilder extends FixedWidthBuilder {
  constructor(type: FixedSizeBinary) {
    super(type, UUID_BYTES);
  }

  setText(row: number, bytes: Buffer, start: number, end: number): void {
    const braced = bytes[start] === 0x7b && bytes[end - 1] === 0x7d;
    let at = braced ? start + 1 : start;
    const last = braced ? end - 1 : end;
    for (let index = 0; index < UUID_BYTES; index++) {
      const value = at + 1 < last ? digitValue(bytes[at]!) * 16 + digitValue(bytes[at + 1]!) : 256;
      // A digit that is none counts 16 and may still leave less than 256.
      if (value > 255 || digitValue(bytes[at + 1]!) > 15)
        throw invalidSyntax('uuid', bytes.toString('utf8', start, end));
      this.values.setUint8(row * UUID_BYTES + index, value);
      at += 2;
      // Hyphens may stand after any four digits.
      if (bytes[at] === HYPHEN && index % 2 === 1 && index < UUID_BYTES - 1) at++;
    }
    if (at !== last) throw invalidSyntax('uuid', bytes.toString('utf8', start, end));
  }

  override readPlain(row: number, bytes: Buffer, _view: DataView, position: number): number {
    let at = position;
    let to = row * UUID_BYTES;
    for (let part = 0; part < PARTS.length; part++) {
      if (part > 0 && bytes[at++] !== HYPHEN) return -1;
      for (const end = to + PARTS[part]!; to < end; to++) {
        const value = (HEX[bytes[at]!]! << 4) | HEX[bytes[at + 1]!]!;
        if (value > 255) return -1;
        this.values.setUint8(to, value);
        at += 2;
      }
    }
    return at;
  }

  override readBinary(row: number, _bytes: Buffer, view: DataView, start: number, size: number): boolean {
    if (size !== UUID_BYTES) return false;
    for (let at = 0; at < UUID_BYTES; at += 4) this.values.setInt32(row * UUID_BYTES + at, view.getInt32(start + at));
    return true;
  }

  setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    checkBinaryLength(start, end, UUID_BYTES);
    this.setBytes(row, bytes, start);
  }
}
