import { PgError, sqlstate } from '@riffq/wire';
import type { Field, Union, Vector } from 'apache-arrow';
import { Data } from 'apache-arrow/data';
import { BufferType, UnionMode } from 'apache-arrow/enum';
import { DataType } from 'apache-arrow/type';
import { validityOf } from './encode/column.js';
import { unionChild } from './encode/union-validity.js';
import { INLINE_VIEW_BYTES, VIEW_BYTES } from './encode/view-bytes.js';

/** All but the large types have 32-bit offsets. */
const MAXIMUM_SMALL_OFFSET = 0x7fff_ffff;

/**
 * One piece of memory out of a vector that may have several: dictionaries that grew by delta batches, columns of a table.
 *
 * @throws PgError 0A000 for pieces with different dictionaries, or too long for their offsets
 */
export function concatenate(vector: Vector): Data {
  return joinChunks(vector.type, vector.data);
}

function joinChunks(type: DataType, chunks: readonly Data[]): Data {
  const [first] = chunks;
  if (chunks.length === 1 && first !== undefined) return first;
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (DataType.isNull(type)) return new Data(type, 0, length, length);
  const dictionary = first?.dictionary;
  if (chunks.some((chunk) => chunk.dictionary !== dictionary)) throw cannotJoin(type, chunks);
  const { buffers, children = [], variadic = [] } = joinLayouts(type, chunks, length);
  const nullCount = DataType.isUnion(type) ? 0 : chunks.reduce((sum, chunk) => sum + chunk.nullCount, 0);
  const validity = nullCount > 0 ? concatenateBits(chunks, length, validityOf) : new Uint8Array(0);
  const all = { ...buffers, [BufferType.VALIDITY]: validity };
  return new Data<DataType>(type, 0, length, nullCount, all, [...children], dictionary, [...variadic]);
}

/** The buffers and what else a type keeps its values in. */
interface Layout {
  readonly buffers: object;
  readonly children?: readonly Data[];
  readonly variadic?: readonly Uint8Array[];
}

function joinLayouts(type: DataType, chunks: readonly Data[], length: number): Layout {
  if (DataType.isBool(type)) {
    return { buffers: { [BufferType.DATA]: concatenateBits(chunks, length, (chunk) => chunk.values) } };
  }
  if (DataType.isUtf8(type) || DataType.isBinary(type) || DataType.isLargeUtf8(type) || DataType.isLargeBinary(type)) {
    const { buffer, ranges, total } = joinOffsets(type, chunks, length);
    const values = new Uint8Array(total);
    let at = 0;
    for (const [index, chunk] of chunks.entries()) {
      const part: Uint8Array = chunk.values.subarray(ranges[index]!.start, ranges[index]!.end);
      values.set(part, at);
      at += part.length;
    }
    return { buffers: { [BufferType.OFFSET]: buffer, [BufferType.DATA]: values } };
  }
  if (DataType.isList(type) || DataType.isLargeList(type) || DataType.isMap(type)) {
    const { buffer, ranges } = joinOffsets(type, chunks, length);
    const elements = chunks.map(({ children }, index) => {
      const { start, end } = ranges[index]!;
      return children[0]!.slice(start, end - start);
    });
    return { buffers: { [BufferType.OFFSET]: buffer }, children: [joinChunks(type.children[0]!.type, elements)] };
  }
  if (DataType.isStruct(type) || DataType.isFixedSizeList(type)) {
    return { buffers: {}, children: joinChildren(type, chunks) };
  }
  if (DataType.isUnion(type)) return joinUnions(type, chunks, length);
  if (DataType.isUtf8View(type) || DataType.isBinaryView(type)) return joinViews(chunks, length);
  return {
    buffers: { [BufferType.DATA]: concatenateFixed(chunks, DataType.isDictionary(type) ? type.indices : type) },
  };
}

function joinChildren(type: DataType, chunks: readonly Data[]): Data[] {
  const fields: readonly Field[] = type.children;
  return fields.map((field, index) =>
    joinChunks(
      field.type,
      chunks.map(({ children }) => children[index]!),
    ),
  );
}

function joinUnions(type: Union, chunks: readonly Data[], length: number): Layout {
  const typeIds = new Int8Array(length);
  const offsets = new Int32Array(length);
  const childLengths = type.children.map(() => 0);
  let row = 0;
  for (const chunk of chunks) {
    for (let index = 0; index < chunk.length; index++, row++) {
      const place = unionChild(chunk, index);
      typeIds[row] = chunk.typeIds[index]!;
      offsets[row] = place.index + (childLengths[place.child] ?? 0);
    }
    for (const [child, { length: rows }] of chunk.children.entries()) childLengths[child]! += rows;
  }
  const offsetBuffer = type.mode === UnionMode.Dense ? { [BufferType.OFFSET]: offsets } : {};
  return { buffers: { [BufferType.TYPE]: typeIds, ...offsetBuffer }, children: joinChildren(type, chunks) };
}

/** The buffers of all chunks stay as they are; views get the buffers' new numbers. */
function joinViews(chunks: readonly Data[], length: number): Layout {
  const values = new Uint8Array(length * VIEW_BYTES);
  const view = new DataView(values.buffer);
  const variadic: Uint8Array[] = [];
  let at = 0;
  for (const chunk of chunks) {
    values.set(chunk.values.subarray(0, chunk.length * VIEW_BYTES), at);
    for (const end = at + chunk.length * VIEW_BYTES; at < end; at += VIEW_BYTES) {
      if (view.getInt32(at, true) <= INLINE_VIEW_BYTES) continue;
      view.setInt32(at + 8, view.getInt32(at + 8, true) + variadic.length, true);
    }
    variadic.push(...chunk.variadicBuffers);
  }
  return { buffers: { [BufferType.DATA]: values }, variadic };
}

function cannotJoin(type: DataType, chunks: readonly Data[]): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: `${chunks.length} chunks of the Arrow type ${type} cannot be joined`,
    hint: 'Build the vector in one chunk.',
  });
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

interface JoinedOffsets {
  readonly buffer: ArrayBufferView;
  /** What each chunk's offsets span of its values. */
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
  readonly total: number;
}

function joinOffsets(type: DataType, chunks: readonly Data[], length: number): JoinedOffsets {
  const offsets = new Float64Array(length + 1);
  const ranges: { start: number; end: number }[] = [];
  let row = 0;
  let total = 0;
  for (const chunk of chunks) {
    const stored: ArrayLike<number | bigint> = chunk.valueOffsets;
    // A chunk that was lengthened with nulls has fewer offsets than rows.
    const offsetAt = (index: number) => Number(stored[Math.min(index, stored.length - 1)] ?? 0);
    const start = offsetAt(0);
    const end = offsetAt(chunk.length);
    for (let index = 0; index < chunk.length; index++) offsets[row++] = total + offsetAt(index) - start;
    ranges.push({ start, end });
    total += end - start;
  }
  offsets[length] = total;
  const large = DataType.isLargeUtf8(type) || DataType.isLargeBinary(type) || DataType.isLargeList(type);
  if (!large && total > MAXIMUM_SMALL_OFFSET) throw cannotJoin(type, chunks);
  return { buffer: large ? BigInt64Array.from(offsets, BigInt) : Int32Array.from(offsets), ranges, total };
}
