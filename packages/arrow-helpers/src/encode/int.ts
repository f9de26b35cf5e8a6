/** Signed integers as PostgreSQL's int2out, int4out and int8out print them. */
import { writeUint32, writeUint64 } from '../text-output/digits.js';

const MINUS = 0x2d;

/** Writes an integer of at most 32 bits, signed. */
export function writeInt32(target: Uint8Array, view: DataView, position: number, value: number): number {
  if (value >= 0) return writeUint32(target, view, position, value);
  target[position] = MINUS;
  return writeUint32(target, view, position + 1, -value | 0);
}

/**
 * Writes a signed 64-bit integer given as its halves. Halves are passed as 32-bit integers, signed: a double would be boxed
 * at every call.
 */
export function writeInt64(target: Uint8Array, view: DataView, position: number, high: number, low: number): number {
  if (high >= 0) return writeUint64(target, view, position, high, low);
  target[position] = MINUS;
  return writeUint64(target, view, position + 1, low === 0 ? -high : ~high, -low | 0);
}
