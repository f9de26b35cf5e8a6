import { DataType } from 'apache-arrow/type';
import { INLINE_VIEW_BYTES, VIEW_BYTES } from './encode/view-bytes.js';

/** The buffers of strings or bytes in an Arrow column. */
export interface BytesLayout {
  readonly values: Uint8Array;
  readonly offsets?: Int32Array | BigInt64Array;
  /** What the views are of. */
  readonly variadic?: readonly Uint8Array[];
}

/** Values that lie one after another, in the layout of their Arrow type: with offsets of 32 or 64 bits, or with views. */
export function bytesLayout(type: DataType, values: Uint8Array, offsets: Int32Array): BytesLayout {
  if (DataType.isUtf8View(type) || DataType.isBinaryView(type)) {
    return { values: viewsOf(values, offsets), variadic: [values] };
  }
  return { values, offsets: DataType.isLargeUtf8(type) || DataType.isLargeBinary(type) ? wide(offsets) : offsets };
}

/** The offsets as 64 bits. */
export function wide(offsets: Int32Array): BigInt64Array {
  const words = new Int32Array(offsets.length * 2);
  for (let index = 0; index < offsets.length; index++) words[index * 2] = offsets[index]!;
  return new BigInt64Array(words.buffer);
}

function viewsOf(values: Uint8Array, offsets: Int32Array): Uint8Array {
  const rows = offsets.length - 1;
  const bytes = new Uint8Array(rows * VIEW_BYTES);
  const views = new DataView(bytes.buffer);
  for (let row = 0; row < rows; row++) {
    const from = offsets[row]!;
    const length = offsets[row + 1]! - from;
    const at = row * VIEW_BYTES;
    views.setInt32(at, length, true);
    const inView = length <= INLINE_VIEW_BYTES ? length : 4;
    for (let index = 0; index < inView; index++) bytes[at + 4 + index] = values[from + index]!;
    // The number of the buffer, which comes before the offset, is 0: there is one.
    if (length > INLINE_VIEW_BYTES) views.setInt32(at + 12, from, true);
  }
  return bytes;
}
