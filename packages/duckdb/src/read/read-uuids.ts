import duckdb, { type Vector } from '@duckdb/node-bindings';
import type { Data } from 'apache-arrow';
import { makeData } from 'apache-arrow/data';
import { Utf8 } from 'apache-arrow/type';
import { isValid, readValidity } from './validity.js';

const textBytes = 36;
const hyphen = 0x2d;
const hyphenPlaces = [8, 13, 18, 23] as const;
/** Where the two digits of each byte stand. */
const digitPlaces = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const;
const hexDigits = new TextEncoder().encode('0123456789abcdef');

/** A UUID column as text: DuckDB keeps a UUID as a 128-bit integer, lowest byte first, whose highest bit is inverted. */
export function readUuids(vector: Vector, rowCount: number): Data {
  const validity = readValidity(vector, rowCount);
  const source = duckdb.vector_get_data(vector, rowCount * 16);
  const valueOffsets = new Int32Array(rowCount + 1);
  const data = new Uint8Array((rowCount - validity.nullCount) * textBytes);
  let start = 0;
  for (let row = 0; row < rowCount; row += 1) {
    valueOffsets[row] = start;
    if (!isValid(validity.nullBitmap, row)) continue;
    for (let index = 0; index < 16; index += 1) {
      const byte = (source[row * 16 + 15 - index] ?? 0) ^ (index === 0 ? 0x80 : 0);
      const place = start + (digitPlaces[index] ?? 0);
      data[place] = hexDigits[byte >> 4] ?? 0;
      data[place + 1] = hexDigits[byte & 15] ?? 0;
    }
    for (const place of hyphenPlaces) data[start + place] = hyphen;
    start += textBytes;
  }
  valueOffsets[rowCount] = start;
  return makeData({ type: new Utf8(), length: rowCount, ...validity, valueOffsets, data });
}
