import { BufferType, Data, DataType, type Field, IntervalUnit, UnionMode, Vector } from 'apache-arrow';
import { isList } from './random-fields.js';
import type { Stored } from './random-values.js';

type Column = readonly Stored[];

/** Which of the many forms a column takes that Arrow has for the same values: a source of numbers below a limit. */
export type Choose = (limit: number) => number;

/**
 * A column of values, laid out in any way that Arrow allows: with other rows before and behind it, in its children too, and
 * with anything where there is no value.
 */
export function buildColumn(type: DataType, values: Column, choose: Choose): Data {
  // What lies around are the column's own values in another order, so that whoever reads them is found out.
  const others = (count: number): Stored[] =>
    Array.from({ length: count }, () => (values.length === 0 ? null : values[choose(values.length)]!));
  const before = choose(3) === 0 ? 0 : choose(20);
  const whole = [...others(before), ...values, ...others(choose(4))];
  const built = buildWhole(type, whole, choose);
  return whole.length === values.length && choose(2) === 0 ? built : built.slice(before, values.length);
}

function buildWhole(type: DataType, values: Column, choose: Choose): Data {
  const { length } = values;
  if (DataType.isNull(type)) return new Data(type, 0, length, length);
  if (DataType.isUnion(type)) return buildUnion(type, values, choose);
  if (DataType.isDictionary(type)) return buildDictionary(type, values, choose);
  const nullCount = values.filter((value) => value === null).length;
  // Bits before the first row's, as C libraries hand them over.
  const bitOffset = choose(2) === 0 ? 0 : choose(40);
  const validity =
    nullCount === 0 && choose(2) === 0
      ? undefined
      : bitmap(
          values.map((value) => value !== null),
          bitOffset,
          choose,
        );
  const { buffers, children = [], variadic = [] } = layoutOf(type, values, bitOffset, choose);
  const all = { ...buffers, ...(validity && { [BufferType.VALIDITY]: validity }) };
  // Not to know how many are null is allowed.
  const stated = validity !== undefined && choose(3) === 0 ? -1 : nullCount;
  return new Data(type, bitOffset, length, stated, all, [...children], undefined, [...variadic]);
}

interface Layout {
  readonly buffers?: object;
  readonly children?: readonly Data[];
  readonly variadic?: readonly Uint8Array[];
}

function layoutOf(type: DataType, values: Column, bitOffset: number, choose: Choose): Layout {
  if (DataType.isStruct(type)) {
    const children = type.children.map((member, at) =>
      buildColumn(
        member.type,
        values.map((value) => partsOf(value)[at] ?? null),
        choose,
      ),
    );
    return { children };
  }
  if (DataType.isFixedSizeList(type)) {
    const empty: Column = Array.from({ length: type.listSize }, () => null);
    const elements = values.flatMap((value) => (value === null ? empty : partsOf(value)));
    return { children: [buildColumn(type.children[0]!.type, elements, choose)] };
  }
  if (isList(type) || DataType.isMap(type)) {
    // The elements of a null are nobody's.
    const junk = choose(2) === 0 ? [] : partsOf(values.find((value) => value !== null) ?? null);
    const lists = values.map((value) => (value === null ? junk : partsOf(value)));
    const skipped = choose(3);
    const elements = [...lists.flat().slice(0, skipped), ...lists.flat()];
    const offsets = offsetsOf(lists, elements.length - lists.flat().length, DataType.isLargeList(type));
    return {
      buffers: { [BufferType.OFFSET]: offsets },
      children: [buildColumn(type.children[0]!.type, elements, choose)],
    };
  }
  if (DataType.isUtf8View(type) || DataType.isBinaryView(type)) return viewsOf(values, choose);
  if (DataType.isBool(type)) return { buffers: { [BufferType.DATA]: bitmap(values.map(Boolean), bitOffset, choose) } };
  if (DataType.isUtf8(type) || DataType.isBinary(type) || DataType.isLargeUtf8(type) || DataType.isLargeBinary(type)) {
    const junk = Uint8Array.from({ length: choose(3) }, () => 0xff);
    const parts = values.map((value) => (value === null ? junk : bytesOf(value)));
    const first = choose(5);
    const bytes = Buffer.concat([new Uint8Array(first).fill(0xff), ...parts, junk]);
    const offsets = offsetsOf(parts, first, DataType.isLargeUtf8(type) || DataType.isLargeBinary(type));
    return { buffers: { [BufferType.OFFSET]: offsets, [BufferType.DATA]: Uint8Array.from(bytes) } };
  }
  return { buffers: { [BufferType.DATA]: fixedWidth(type, values, choose) } };
}

/** What has no values at some rows may have anything there, such as what PostgreSQL does not have. */
function fixedWidth(type: DataType, values: Column, choose: Choose): ArrayBufferView {
  const words = wordsOf(type);
  const stored = new type.ArrayType(values.length * words);
  const bytes = new Uint8Array(stored.buffer);
  const view = new DataView(stored.buffer);
  const width = bytes.length / Math.max(values.length, 1);
  for (const [row, value] of values.entries()) {
    const at = row * width;
    if (value === null) bytes.fill(choose(256), at, at + width);
    else if (value instanceof Uint8Array) bytes.set(value, at);
    else if (DataType.isDecimal(type)) writeWords(view, at, BigInt(String(value)), words);
    else if (DataType.isInterval(type)) writeInterval(view, at, type.unit, value);
    else stored[row] = typeof value === 'bigint' ? value : Number(value);
  }
  return stored;
}

/** Elements of the array that hold one value. */
function wordsOf(type: DataType): number {
  if (DataType.isDecimal(type)) return type.bitWidth / 32;
  if (DataType.isFixedSizeBinary(type)) return type.byteWidth;
  if (!DataType.isInterval(type) || type.unit === IntervalUnit.YEAR_MONTH) return 1;
  return type.unit === IntervalUnit.DAY_TIME ? 2 : 4;
}

function writeWords(view: DataView, at: number, value: bigint, words: number): void {
  for (let word = 0; word < words; word++) {
    view.setUint32(at + word * 4, Number(BigInt.asUintN(32, value >> BigInt(word * 32))), true);
  }
}

function writeInterval(view: DataView, at: number, unit: IntervalUnit, value: Stored): void {
  const [first, second, third] = unit === IntervalUnit.YEAR_MONTH ? [value] : partsOf(value);
  view.setInt32(at, Number(first), true);
  if (unit !== IntervalUnit.YEAR_MONTH) view.setInt32(at + 4, Number(second), true);
  if (unit === IntervalUnit.MONTH_DAY_NANO) view.setBigInt64(at + 8, BigInt(String(third)), true);
}

interface ViewBuffer {
  readonly parts: Uint8Array[];
  length: number;
}

/** Long values in several buffers; those of nulls point nowhere. */
function viewsOf(values: Column, choose: Choose): Layout {
  const bytes = new Uint8Array(values.length * 16);
  const view = new DataView(bytes.buffer);
  const buffers = [0, choose(5), 0].map(
    (unused): ViewBuffer => ({
      parts: [Uint8Array.from({ length: unused }, () => 0xff)],
      length: unused,
    }),
  );
  for (const [row, value] of values.entries()) {
    if (value === null) {
      bytes.fill(choose(256), row * 16, row * 16 + 16);
      continue;
    }
    const long = bytesOf(value);
    view.setInt32(row * 16, long.length, true);
    bytes.set(long.subarray(0, long.length <= 12 ? 12 : 4), row * 16 + 4);
    if (long.length <= 12) continue;
    const number = choose(buffers.length);
    const buffer = buffers[number]!;
    view.setInt32(row * 16 + 8, number, true);
    view.setInt32(row * 16 + 12, buffer.length, true);
    buffer.parts.push(long);
    buffer.length += long.length;
  }
  const variadic = buffers.map(({ parts }) => Uint8Array.from(Buffer.concat(parts)));
  return { buffers: { [BufferType.DATA]: bytes }, variadic };
}

/** The alternatives of a sparse union have all rows; those of a dense one have theirs, here in the opposite order. */
function buildUnion(type: DataType, values: Column, choose: Choose): Data {
  if (!DataType.isUnion(type)) throw new Error(`${type} is no union`);
  const dense = type.mode === UnionMode.Dense;
  const chosen = values.map((value) => (value === null ? choose(type.children.length) : Number(partsOf(value)[0])));
  const offsets = new Int32Array(values.length);
  const children = type.children.map((member, at) => {
    const own: Stored[] = [];
    for (let row = values.length - 1; row >= 0; row--) {
      if (chosen[row] !== at) continue;
      offsets[row] = own.length;
      own.push(partsOf(values[row]!)[1] ?? null);
    }
    if (dense) return buildColumn(member.type, own, choose);
    const all = values.map((value, row) => (chosen[row] === at ? (partsOf(value)[1] ?? null) : (own[0] ?? null)));
    return buildColumn(member.type, all, choose);
  });
  const typeIds = Int8Array.from(chosen, (at) => type.typeIds[at]!);
  const buffers = { [BufferType.TYPE]: typeIds, ...(dense && { [BufferType.OFFSET]: offsets }) };
  return new Data<DataType>(type, 0, values.length, -1, buffers, children);
}

/** A dictionary in several pieces, as delta batches leave it; null is a null index or the index of a null. */
function buildDictionary(type: DataType, values: Column, choose: Choose): Data {
  if (!DataType.isDictionary(type)) throw new Error(`${type} is no dictionary`);
  const entries: Stored[] = [null, ...values.filter((value) => value !== null)].reverse();
  // Indices of 8 bits reach so far.
  const reachable = entries.slice(-120);
  const places = new Map(reachable.map((value, index) => [value, index]));
  const positions = values.map((value) => {
    if (value === null && choose(2) === 0) return null;
    return places.get(value) ?? choose(reachable.length);
  });
  const inOnePiece = hasDictionary(type.dictionary);
  const pieces: Data[] = [];
  for (let start = 0; start < reachable.length; ) {
    const end = inOnePiece || choose(2) === 0 ? reachable.length : start + 1 + choose(reachable.length);
    pieces.push(buildColumn(type.dictionary, reachable.slice(start, end), choose));
    start = end;
  }
  const { offset, length, nullCount, buffers } = buildWhole(type.indices, positions, choose);
  return new Data<DataType>(type, offset, length, nullCount, buffers, [], new Vector(pieces));
}

/** Dictionaries within a dictionary are one for all its pieces. */
function hasDictionary(type: DataType): boolean {
  if (DataType.isDictionary(type)) return true;
  const children: readonly Field[] = type.children ?? [];
  return children.some((child) => hasDictionary(child.type));
}

function bitmap(bits: readonly boolean[], bitOffset: number, choose: Choose): Uint8Array {
  const bytes = Uint8Array.from({ length: ((bits.length + bitOffset + 7) >> 3) + choose(2) }, () => choose(256));
  for (const [index, set] of bits.entries()) {
    const bit = index + bitOffset;
    if (set) bytes[bit >> 3]! |= 1 << (bit & 7);
    else bytes[bit >> 3]! &= ~(1 << (bit & 7));
  }
  return bytes;
}

function offsetsOf(parts: readonly { readonly length: number }[], first: number, large: boolean): ArrayBufferView {
  const offsets = [first];
  for (const { length } of parts) offsets.push(offsets[offsets.length - 1]! + length);
  return large ? BigInt64Array.from(offsets, BigInt) : Int32Array.from(offsets);
}

function partsOf(value: Stored): Column {
  return Array.isArray(value) ? value : [];
}

function bytesOf(value: Stored): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new Error('strings are stored as their bytes');
}
