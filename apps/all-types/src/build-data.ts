import { BufferType, Data, DataType, Dictionary, Int32, IntervalUnit, UnionMode, Vector } from 'apache-arrow';
import type { Raw } from './raw-value.js';

type Rows = readonly (Raw | null)[];

/**
 * A column out of raw values, made by hand so that nothing of the code under test is in it.
 *
 * @param bitOffset - junk bits before the bitmaps, as slices have them
 */
export function buildData(type: DataType, raws: Rows, bitOffset = 0): Data {
  if (DataType.isUnion(type)) return buildUnion(type, raws);
  if (DataType.isDictionary(type)) return buildDictionary(type.dictionary, raws, { indices: type.indices, bitOffset });
  const nullCount = raws.filter((raw) => raw === null).length;
  const valid = raws.map((raw) => raw !== null);
  const validity = nullCount === 0 ? new Uint8Array(0) : bitmap(valid, bitOffset);
  const { buffers = {}, children = [], variadic = [] } = DataType.isNull(type) ? {} : layoutOf(type, raws, bitOffset);
  const all = { ...buffers, [BufferType.VALIDITY]: validity };
  return new Data(type, bitOffset, raws.length, nullCount, all, [...children], undefined, [...variadic]);
}

/** The same column, dictionary-encoded: the dictionary in chunks of `chunkRows`, as delta batches leave it. */
export function buildDictionary(
  type: DataType,
  raws: Rows,
  {
    indices = new Int32(),
    chunkRows = 1000,
    bitOffset = 0,
  }: { indices?: DataType; chunkRows?: number; bitOffset?: number } = {},
): Data {
  // Every second null is a null of the dictionary, the others are nulls of the column.
  const entries = [...raws.filter((raw, row) => raw !== null && placeOf(raws, raw) === row), null];
  const chunks: Data[] = [];
  for (let start = 0; start < entries.length; start += chunkRows) {
    chunks.push(buildData(type, entries.slice(start, start + chunkRows), start % 8));
  }
  const positions = raws.map((raw, row) => (raw === null && row % 2 === 0 ? null : placeOf(entries, raw)));
  const { values, nullBitmap, nullCount } = buildData(indices, positions, bitOffset);
  const buffers = { [BufferType.DATA]: values, [BufferType.VALIDITY]: nullBitmap };
  // Its constructor does not take 64-bit indices, which IPC may bring.
  const dictionary = Object.assign(new Dictionary<DataType>(type, new Int32()), { indices });
  return new Data<DataType>(dictionary, bitOffset, raws.length, nullCount, buffers, [], new Vector(chunks));
}

/** Where a value is first: a Map would not tell 0 from -0. */
function placeOf(raws: Rows, raw: Raw | null): number {
  return raws.findIndex((candidate) => Object.is(candidate, raw));
}

interface Layout {
  readonly buffers?: object;
  readonly children?: readonly Data[];
  readonly variadic?: readonly Uint8Array[];
}

function layoutOf(type: DataType, raws: Rows, bitOffset: number): Layout {
  if (DataType.isStruct(type))
    return { children: type.children.map(({ type: field }, at) => buildData(field, column(raws, at))) };
  if (DataType.isFixedSizeList(type)) {
    const elements = raws.flatMap((raw) =>
      raw === null ? Array.from({ length: type.listSize }, () => null) : items(raw),
    );
    return { children: [buildData(type.children[0]!.type, elements)] };
  }
  if (DataType.isList(type) || DataType.isLargeList(type) || DataType.isMap(type)) {
    const lists = raws.map((raw) => (raw === null ? [] : items(raw)));
    const buffers = { [BufferType.OFFSET]: offsetsOf(lists, DataType.isLargeList(type)) };
    return { buffers, children: [buildData(type.children[0]!.type, lists.flat(), 3)] };
  }
  if (DataType.isUtf8View(type) || DataType.isBinaryView(type)) return views(raws);
  return { buffers: valueBuffers(type, raws, bitOffset) };
}

/** The values of a struct's field at `at`, by row; entries of a map are structs of two. */
function column(raws: Rows, at: number): Rows {
  return raws.map((raw) => (raw === null ? null : (items(raw)[at] ?? null)));
}

function items(raw: Raw | null): Rows {
  return Array.isArray(raw) ? raw : [];
}

function offsetsOf(parts: readonly { readonly length: number }[], large: boolean): ArrayBufferView {
  const offsets = [0];
  for (const { length } of parts) offsets.push(offsets[offsets.length - 1]! + length);
  return large ? BigInt64Array.from(offsets, BigInt) : Int32Array.from(offsets);
}

/** Every alternative has all rows in a sparse union, its own ones in a dense one. */
function buildUnion(type: DataType, raws: Rows): Data {
  if (!DataType.isUnion(type)) throw new Error(`${type} is no union`);
  const dense = type.mode === UnionMode.Dense;
  const typeIds = Int8Array.from(raws, (raw) => Number(items(raw)[0] ?? type.typeIds[0]));
  const offsets = new Int32Array(raws.length);
  const children = type.children.map(({ type: child }, at) => {
    const own: (Raw | null)[] = [];
    for (const [row, raw] of raws.entries()) {
      if (typeIds[row] !== type.typeIds[at]) {
        if (!dense) own.push(null);
        continue;
      }
      offsets[row] = own.length;
      own.push(items(raw)[1] ?? null);
    }
    return buildData(child, own);
  });
  const buffers = { [BufferType.TYPE]: typeIds, ...(dense ? { [BufferType.OFFSET]: offsets } : {}) };
  return new Data<DataType>(type, 0, raws.length, -1, buffers, children);
}

/** Long values in two buffers, by turns, as builders that fill one after another leave them. */
function views(raws: Rows): Layout {
  const values = new Uint8Array(raws.length * 16);
  const view = new DataView(values.buffer);
  const parts: Uint8Array[][] = [[], []];
  for (const [row, raw] of raws.entries()) {
    if (!(raw instanceof Uint8Array)) continue;
    view.setInt32(row * 16, raw.length, true);
    values.set(raw.subarray(0, raw.length <= 12 ? 12 : 4), row * 16 + 4);
    if (raw.length <= 12) continue;
    const buffer = parts[row % 2]!;
    view.setInt32(row * 16 + 8, row % 2, true);
    view.setInt32(row * 16 + 12, Buffer.concat(buffer).length, true);
    buffer.push(raw);
  }
  return {
    buffers: { [BufferType.DATA]: values },
    variadic: parts.map((part) => Uint8Array.from(Buffer.concat(part))),
  };
}

function valueBuffers(type: DataType, raws: Rows, bitOffset: number): object {
  if (DataType.isBool(type)) return { [BufferType.DATA]: bitmap(raws.map(Boolean), bitOffset) };
  if (DataType.isUtf8(type) || DataType.isBinary(type) || DataType.isLargeUtf8(type) || DataType.isLargeBinary(type)) {
    // A null may well have bytes: nobody must look at them.
    const parts = raws.map((raw) => (raw instanceof Uint8Array ? raw : Buffer.from('junk')));
    const large = DataType.isLargeUtf8(type) || DataType.isLargeBinary(type);
    return { [BufferType.OFFSET]: offsetsOf(parts, large), [BufferType.DATA]: Uint8Array.from(Buffer.concat(parts)) };
  }
  if (DataType.isFixedSizeBinary(type)) {
    const values = new Uint8Array(raws.length * type.byteWidth).fill(0xee);
    for (const [row, raw] of raws.entries()) if (raw instanceof Uint8Array) values.set(raw, row * type.byteWidth);
    return { [BufferType.DATA]: values };
  }
  if (DataType.isDecimal(type)) {
    const words = type.bitWidth / 32;
    const values = new Uint32Array(raws.length * words).fill(0xeeee_eeee);
    for (const [row, raw] of raws.entries()) values.set(items(raw).map(Number), row * words);
    return { [BufferType.DATA]: values };
  }
  if (DataType.isInterval(type)) return { [BufferType.DATA]: intervals(type.unit, raws) };
  const values = new type.ArrayType(raws.length);
  const wide = values instanceof BigInt64Array || values instanceof BigUint64Array;
  for (const [row, raw] of raws.entries()) values[row] = wide ? BigInt(String(raw ?? 77)) : (raw ?? 77);
  return { [BufferType.DATA]: values };
}

function intervals(unit: IntervalUnit, raws: Rows): Int32Array {
  const words = raws.map((raw): readonly number[] => {
    const parts = items(raw);
    if (unit === IntervalUnit.YEAR_MONTH) return [Number(raw)];
    if (unit === IntervalUnit.DAY_TIME) return [Number(parts[0] ?? 7), Number(parts[1] ?? 7)];
    const nanoseconds = BigInt(String(parts[2] ?? 7));
    return [
      Number(parts[0] ?? 7),
      Number(parts[1] ?? 7),
      Number(BigInt.asIntN(32, nanoseconds)),
      Number(nanoseconds >> 32n),
    ];
  });
  return Int32Array.from(words.flat());
}

function bitmap(bits: readonly boolean[], bitOffset: number): Uint8Array {
  const bytes = new Uint8Array((bits.length + bitOffset + 7) >> 3);
  for (let bit = 0; bit < bitOffset; bit++) if (bit % 2 === 0) bytes[bit >> 3]! |= 1 << (bit & 7);
  for (const [index, set] of bits.entries()) {
    const bit = index + bitOffset;
    if (set) bytes[bit >> 3]! |= 1 << (bit & 7);
  }
  return bytes;
}
