import { protocolViolation } from '../errors/statement-errors.js';
import type { Format } from './row-stream.js';

/** Bind's result formats for so many columns: none means text, one is for all. */
export function resolveFormats(formats: readonly Format[], columnCount: number): readonly Format[] {
  if (formats.length === columnCount) return formats;
  const all = formats.length === 1 ? formats[0] : 'text';
  if (formats.length > 1 || all === undefined) {
    throw protocolViolation(`bind message has ${formats.length} result formats but query has ${columnCount} columns`);
  }
  return Array.from({ length: columnCount }, () => all);
}
