import type { DuckDBType, DuckDBValue, DuckDBVector } from '@duckdb/node-api';
import type { Data } from 'apache-arrow';
import { makeData } from 'apache-arrow/data';
import { Utf8 } from 'apache-arrow/type';
import { valueText } from './value-text.js';

/** A column whose values are made into text one by one, through the library: slow, and only for types without a faster way. */
export function readTexts(vector: DuckDBVector<DuckDBValue>, type: DuckDBType): Data {
  const rowCount = vector.itemCount;
  const nullBitmap = new Uint8Array((rowCount + 7) >> 3);
  const valueOffsets = new Int32Array(rowCount + 1);
  const texts: string[] = [];
  let total = 0;
  let nullCount = 0;
  for (let row = 0; row < rowCount; row += 1) {
    valueOffsets[row] = total;
    const value = vector.getItem(row);
    if (value === null) {
      nullCount += 1;
      continue;
    }
    const text = valueText(value, type);
    texts.push(text);
    total += Buffer.byteLength(text);
    nullBitmap[row >> 3]! |= 1 << (row & 7);
  }
  valueOffsets[rowCount] = total;
  const data = Buffer.allocUnsafeSlow(total);
  let at = 0;
  for (const text of texts) at += data.write(text, at);
  return makeData({ type: new Utf8(), length: rowCount, nullBitmap, nullCount, valueOffsets, data });
}
