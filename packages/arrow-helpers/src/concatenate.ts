import { PgError, sqlstate } from '@riffq/wire';
import { BufferType, Data, DataType, type Vector } from 'apache-arrow';
import { validityOf } from './encode/column.js';

/** Utf8 and Binary have 32-bit offsets. */
const MAXIMUM_SMALL_OFFSET = 0x7fff_ffff;

/**
 * One piece of memory out of a vector that may have several: dictionaries that grew by delta batches, columns of a table.
 *
 * @throws PgError 0A000 for types of varying layout (nested ones, views) and for pieces with different dictionaries
 */
export function concatenate(vector: Vector): Data {
  const chunks: readonly Data[] = vector.data;
  const [first] = chunks;
  if (chunks.length === 1 && first !== undefined) return first;
  const type: DataType = vector.type;
  const { length } = vector;
  const nullCount = chunks.reduce((sum, chunk) => sum + chunk.nullCount, 0);
  const validity = nullCount > 0 ? concatenateBits(chunks, length, validityOf) : new Uint8Array(0);
  if (DataType.isNull(type)) return new Data(type, 0, length, length);
  if (DataType.isBool(type)) {
    const values = concatenateBits(chunks, length, (chunk) => chunk.values);
    return new Data(type, 0, length, nullCount, { [BufferType.DATA]: values, [BufferType.VALIDITY]: validity });
  }
  const large = DataType.isLargeUtf8(type) || DataType.isLargeBinary(type);
  if (large || DataType.isUtf8(type) || DataType.isBinary(type)) {
    const { offsets, values } = concatenateVarying(chunks, length);
    if (!large && values.length > MAXIMUM_SMALL_OFFSET) throw cannotJoin(vector);
    const stored = large ? BigInt64Array.from(offsets, BigInt) : Int32Array.from(offsets);
    const buffers = { [BufferType.OFFSET]: stored, [BufferType.DATA]: values, [BufferType.VALIDITY]: validity };
    return new Data<DataType>(type, 0, length, nullCount, buffers);
  }
  const stored = DataType.isDictionary(type) ? type.indices : type;
  const dictionary = first?.dictionary;
  if (!hasFixedWidth(stored) || chunks.some((chunk) => chunk.dictionary !== dictionary)) {
    throw cannotJoin(vector);
  }
  const values = concatenateFixed(chunks, stored);
  const buffers = { [BufferType.DATA]: values, [BufferType.VALIDITY]: validity };
  return new Data<DataType>(type, 0, length, nullCount, buffers, [], dictionary);
}

function cannotJoin(vector: Vector): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: `${vector.data.length} chunks of the Arrow type ${vector.type} cannot be joined`,
    hint: 'Build the vector in one chunk.',
  });
}

function hasFixedWidth(type: DataType): boolean {
  return (
    DataType.isInt(type) ||
    DataType.isFloat(type) ||
    DataType.isDecimal(type) ||
    DataType.isDate(type) ||
    DataType.isTime(type) ||
    DataType.isTimestamp(type) ||
    DataType.isDuration(type) ||
    DataType.isInterval(type) ||
    DataType.isFixedSizeBinary(type)
  );
}

function concatenateFixed(chunks: readonly Data[], type: DataType): ArrayBufferView {
  const elements = chunks.reduce((sum, chunk) => sum + chunk.length * chunk.stride, 0);
  const values = new type.ArrayType(elements);
  let at = 0;
  for (const chunk of chunks) {
    values.set(chunk.values.subarray(0, chunk.length * chunk.stride), at);
    at += chunk.length * chunk.stride;
  }
  return values;
}

/** Bitmaps begin at any bit, so bit by bit; a bitmap that is missing has all bits set. */
function concatenateBits(
  chunks: readonly Data[],
  length: number,
  bitmapOf: (chunk: Data) => Uint8Array | null,
): Uint8Array {
  const bits = new Uint8Array((length + 7) >> 3);
  let at = 0;
  for (const chunk of chunks) {
    const bitmap = bitmapOf(chunk);
    for (let row = 0; row < chunk.length; row++, at++) {
      const bit = row + chunk.offset;
      if (bitmap === null || (bitmap[bit >> 3]! >> (bit & 7)) & 1) bits[at >> 3]! |= 1 << (at & 7);
    }
  }
  return bits;
}

/** The values of variable length of all chunks, and where each begins and ends. */
function concatenateVarying(chunks: readonly Data[], length: number): { offsets: Float64Array; values: Uint8Array } {
  const offsets = new Float64Array(length + 1);
  const parts: Uint8Array[] = [];
  let row = 0;
  let end = 0;
  for (const chunk of chunks) {
    const chunkOffsets: ArrayLike<number | bigint> = chunk.valueOffsets;
    // A chunk that was lengthened with nulls has fewer offsets than rows.
    const offsetAt = (index: number) => Number(chunkOffsets[Math.min(index, chunkOffsets.length - 1)] ?? 0);
    const start = offsetAt(0);
    for (let index = 0; index < chunk.length; index++) offsets[row++] = end + offsetAt(index) - start;
    parts.push(chunk.values.subarray(start, offsetAt(chunk.length)));
    end += offsetAt(chunk.length) - start;
  }
  offsets[length] = end;
  const values = new Uint8Array(end);
  let at = 0;
  for (const part of parts) {
    values.set(part, at);
    at += part.length;
  }
  return { offsets, values };
}
