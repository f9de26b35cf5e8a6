import type { Vector } from '@duckdb/node-bindings';
import type { Decimal } from 'apache-arrow';
import { Data } from 'apache-arrow/data';
import { BufferType } from 'apache-arrow/enum';
import { Utf8 } from 'apache-arrow/type';
import { bytesOf } from './copy-to-vector.js';
import { writeStrings } from './write-strings.js';
import { copyBits, validityBitmap } from './write-validity.js';

/** Decimals that no number of DuckDB's has room for, as text. They are rare, so one by one. */
export function writeDecimalTexts(
  { bitWidth, scale }: Decimal,
  vector: Vector,
  data: Data,
  start: number,
  count: number,
): void {
  const width = bitWidth / 8;
  const words = bytesOf(data.values);
  const view = new DataView(words.buffer, words.byteOffset, words.byteLength);
  const texts = Array.from({ length: count }, (_, row) =>
    decimalText(unscaled(view, (start + row) * width, width), scale),
  );
  const valueOffsets = new Int32Array(count + 1);
  for (const [row, text] of texts.entries()) valueOffsets[row + 1] = (valueOffsets[row] ?? 0) + text.length;
  const bitmap = validityBitmap(data);
  const strings = new Data(new Utf8(), 0, count, bitmap === null ? 0 : -1, {
    [BufferType.OFFSET]: valueOffsets,
    [BufferType.DATA]: new TextEncoder().encode(texts.join('')),
    ...(bitmap === null ? {} : { [BufferType.VALIDITY]: copyBits(bitmap, data.offset + start, count) }),
  });
  writeStrings(vector, strings, 0, count);
}

/** Two's complement, lowest word first. */
function unscaled(view: DataView, at: number, width: number): bigint {
  if (width === 4) return BigInt(view.getInt32(at, true));
  let value = view.getBigInt64(at + width - 8, true);
  for (let word = at + width - 16; word >= at; word -= 8) value = (value << 64n) | view.getBigUint64(word, true);
  return value;
}

function decimalText(value: bigint, scale: number): string {
  if (scale <= 0) return String(value * 10n ** BigInt(-scale));
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
