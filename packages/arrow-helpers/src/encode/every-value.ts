import type { Data } from 'apache-arrow';
import { isSet, validityOf } from './column.js';

/** Whether a test holds for the bytes of every value that is not NULL; false for layouts without offsets. */
export function everyValue(data: Data, test: (bytes: Uint8Array, start: number, end: number) => boolean): boolean {
  const offsets: ArrayLike<number | bigint> | undefined = data.valueOffsets;
  if (offsets === undefined) return false;
  const bytes: Uint8Array = data.values;
  const validity = validityOf(data);
  for (let row = 0; row < data.length; row++) {
    if (validity !== null && !isSet(validity, row + data.offset)) continue;
    if (!test(bytes, Number(offsets[row]), Number(offsets[row + 1]))) return false;
  }
  return true;
}
