import { PgError, sqlstate } from '@riffq/wire';
import { Data } from 'apache-arrow/data';
import { BufferType } from 'apache-arrow/enum';
import { DataType } from 'apache-arrow/type';
import { isValid } from '../read/validity.js';
import { bytesOf } from './copy-to-vector.js';
import { offsetAt } from './string-spans.js';
import { validityBitmap } from './write-validity.js';

/** Where each row's value is. */
interface Places {
  /** A dictionary that grew while it was sent has a chunk per message. */
  readonly chunks: readonly Data[];
  /** By row: the chunk, -1 for NULL. */
  readonly chunkOf: Int32Array;
  /** By row: the place in the chunk. */
  readonly indexOf: Int32Array;
}

/**
 * Rows of a dictionary column as a column of their values.
 *
 * @param type - of the values
 * @throws PgError XX001 for an index that the dictionary does not have, naming the column
 */
export function gatherDictionary(name: string, type: DataType, data: Data, start: number, count: number): Data {
  const places = findPlaces(name, data, start, count);
  const validity = new Uint8Array((count + 7) >> 3);
  let nullCount = 0;
  for (let row = 0; row < count; row += 1) {
    if ((places.chunkOf[row] ?? -1) < 0) nullCount += 1;
    else validity[row >> 3]! |= 1 << (row & 7);
  }
  return new Data<DataType>(type, 0, count, nullCount, {
    ...gatherValues(type, places),
    [BufferType.VALIDITY]: validity,
  });
}

function findPlaces(name: string, data: Data, start: number, count: number): Places {
  const chunks: readonly Data[] = data.dictionary?.data ?? [];
  const chunkOf = new Int32Array(count).fill(-1);
  const indexOf = new Int32Array(count);
  const stored: ArrayLike<number | bigint> = data.values;
  const bitmap = validityBitmap(data);
  for (let row = 0; row < count; row += 1) {
    if (!isValid(bitmap, data.offset + start + row)) continue;
    let index = Number(stored[start + row]);
    let chunk = 0;
    for (; chunk < chunks.length && index >= (chunks[chunk]?.length ?? 0); chunk += 1)
      index -= chunks[chunk]?.length ?? 0;
    const found = chunks[chunk];
    if (found === undefined || !(index >= 0)) throw badIndex(name, Number(stored[start + row]));
    if (!isValid(validityBitmap(found), found.offset + index)) continue;
    chunkOf[row] = chunk;
    indexOf[row] = index;
  }
  return { chunks, chunkOf, indexOf };
}

function gatherValues(type: DataType, places: Places): object {
  if (DataType.isBool(type)) return { [BufferType.DATA]: gatherBits(places) };
  const [first] = places.chunks;
  if (first?.valueOffsets !== undefined) return gatherStrings(places);
  const width = DataType.isFixedSizeBinary(type) ? type.byteWidth : bytesPerValue(first);
  const values = new Uint8Array(places.chunkOf.length * width);
  const sources = places.chunks.map((chunk) => bytesOf(chunk.values));
  for (const [row, chunk] of places.chunkOf.entries()) {
    const from = (places.indexOf[row] ?? 0) * width;
    if (chunk >= 0) values.set(sources[chunk]?.subarray(from, from + width) ?? [], row * width);
  }
  return { [BufferType.DATA]: new type.ArrayType(values.buffer) };
}

function bytesPerValue(data: Data | undefined): number {
  return data === undefined ? 0 : data.values.BYTES_PER_ELEMENT * data.stride;
}

function gatherBits({ chunks, chunkOf, indexOf }: Places): Uint8Array {
  const bits = new Uint8Array((chunkOf.length + 7) >> 3);
  for (const [row, number] of chunkOf.entries()) {
    const chunk = chunks[number];
    if (chunk !== undefined && isValid(chunk.values, chunk.offset + (indexOf[row] ?? 0)))
      bits[row >> 3]! |= 1 << (row & 7);
  }
  return bits;
}

function gatherStrings({ chunks, chunkOf, indexOf }: Places): object {
  const valueOffsets = new Int32Array(chunkOf.length + 1);
  const strings: Uint8Array[] = [];
  let total = 0;
  for (const [row, number] of chunkOf.entries()) {
    const chunk = chunks[number];
    if (chunk !== undefined) {
      const index = indexOf[row] ?? 0;
      const string: Uint8Array = chunk.values.subarray(offsetAt(chunk, index), offsetAt(chunk, index + 1));
      strings.push(string);
      total += string.length;
    }
    valueOffsets[row + 1] = total;
  }
  return { [BufferType.OFFSET]: valueOffsets, [BufferType.DATA]: Buffer.concat(strings, total) };
}

function badIndex(name: string, index: number): PgError {
  return new PgError({
    sqlstate: sqlstate.data_corrupted,
    message: `dictionary index ${index} of column "${name}" is out of range`,
  });
}
