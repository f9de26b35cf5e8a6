import { FLOAT4_TEXT_BYTES, writeFloat4 } from './float4.js';
import { FLOAT8_TEXT_BYTES, writeFloat8 } from './float8.js';
import { FLOAT4_DIGITS, FLOAT8_DIGITS, roundedFloat } from './rounded-float.js';

/** Numbers are written in whole words, which may reach beyond the last digit. */
const target = Buffer.alloc(FLOAT4_TEXT_BYTES + FLOAT8_TEXT_BYTES);
const view = new DataView(target.buffer, target.byteOffset, target.length);
const source = new DataView(new ArrayBuffer(8));

/** A float8 as PostgreSQL prints it: the shortest text that reads back the same, or of fewer digits if the setting says so. */
export function formatFloat8(value: number, extraFloatDigits: number): string {
  if (extraFloatDigits < 1) return roundedFloat(value, FLOAT8_DIGITS + extraFloatDigits);
  source.setFloat64(0, value, true);
  return target.toString('latin1', 0, writeFloat8(target, view, 0, source, 0));
}

/** The same of a float4. */
export function formatFloat4(value: number, extraFloatDigits: number): string {
  if (extraFloatDigits < 1) return roundedFloat(value, FLOAT4_DIGITS + extraFloatDigits);
  source.setFloat32(0, value, true);
  return target.toString('latin1', 0, writeFloat4(target, view, 0, source, 0));
}
