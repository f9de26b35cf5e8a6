import { BufferType, Data, DataType, Dictionary, Int32, Vector } from 'apache-arrow';

/** A value as Arrow stores it: a number, 64 bits, a bit, 32-bit words of a decimal, or bytes. */
export type Raw = number | bigint | boolean | readonly number[] | Uint8Array;

/**
 * A column out of raw values, made by hand so that nothing of the code under test is in it.
 *
 * @param bitOffset - junk bits before the bitmaps, as slices have them
 */
export function buildData(type: DataType, raws: readonly (Raw | null)[], bitOffset = 0): Data {
  const nullCount = raws.filter((raw) => raw === null).length;
  const validity =
    nullCount === 0
      ? new Uint8Array(0)
      : bitmap(
          raws.map((raw) => raw !== null),
          bitOffset,
        );
  const layout = DataType.isNull(type) ? {} : valueBuffers(type, raws, bitOffset);
  return new Data(type, bitOffset, raws.length, nullCount, { ...layout, [BufferType.VALIDITY]: validity });
}

/** The same column, dictionary-encoded: the dictionary in chunks of `chunkRows`, as delta batches leave it. */
export function buildDictionary(
  type: DataType,
  raws: readonly (Raw | null)[],
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
function placeOf(raws: readonly (Raw | null)[], raw: Raw | null): number {
  return raws.findIndex((candidate) => Object.is(candidate, raw));
}

function valueBuffers(type: DataType, raws: readonly (Raw | null)[], bitOffset: number): object {
  if (DataType.isBool(type)) return { [BufferType.DATA]: bitmap(raws.map(Boolean), bitOffset) };
  if (DataType.isUtf8(type) || DataType.isBinary(type) || DataType.isLargeUtf8(type) || DataType.isLargeBinary(type)) {
    // A null may well have bytes: nobody must look at them.
    const parts = raws.map((raw) => (raw instanceof Uint8Array ? raw : Buffer.from('junk')));
    const offsets = [0];
    for (const part of parts) offsets.push(offsets[offsets.length - 1]! + part.length);
    const large = DataType.isLargeUtf8(type) || DataType.isLargeBinary(type);
    const stored = large ? BigInt64Array.from(offsets, BigInt) : Int32Array.from(offsets);
    return { [BufferType.OFFSET]: stored, [BufferType.DATA]: Uint8Array.from(Buffer.concat(parts)) };
  }
  if (DataType.isFixedSizeBinary(type)) {
    const values = new Uint8Array(raws.length * type.byteWidth).fill(0xee);
    for (const [row, raw] of raws.entries()) if (raw instanceof Uint8Array) values.set(raw, row * type.byteWidth);
    return { [BufferType.DATA]: values };
  }
  if (DataType.isDecimal(type)) {
    const words = type.bitWidth / 32;
    const values = new Uint32Array(raws.length * words).fill(0xeeee_eeee);
    for (const [row, raw] of raws.entries()) if (Array.isArray(raw)) values.set(raw, row * words);
    return { [BufferType.DATA]: values };
  }
  const values = new type.ArrayType(raws.length);
  const wide = values instanceof BigInt64Array || values instanceof BigUint64Array;
  for (const [row, raw] of raws.entries()) values[row] = wide ? BigInt(String(raw ?? 77)) : (raw ?? 77);
  return { [BufferType.DATA]: values };
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
