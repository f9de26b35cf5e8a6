import type { Data } from 'apache-arrow';
import { DamagedData } from '../damaged-data.js';
import { writeBytes, writeHex } from './bytes.js';
import { checkText } from './check-text.js';
import { isSet, validityOf } from './column.js';
import type { ValueWriter } from './value-writer.js';

/** Bytes of a view. */
export const VIEW_BYTES = 16;
/** Values that are no longer lie in the view itself. */
export const INLINE_VIEW_BYTES = 12;

/** What the views are of; bytes as they are, or as bytea's hex text. */
export type ViewContent = 'text' | 'bytes' | 'hex';

/**
 * Strings and bytes that are found by views: a length, and either the bytes themselves or a prefix, the number of a buffer
 * and an offset in it (https://arrow.apache.org/docs/format/Columnar.html#variable-size-binary-view-layout).
 */
export class ViewBytesWriter implements ValueWriter {
  readonly #views: DataView;
  readonly #viewBytes: Uint8Array;
  readonly #buffers: readonly { readonly bytes: Uint8Array; readonly view: DataView }[];
  readonly #content: ViewContent;
  readonly #validity: Uint8Array | null;
  readonly #bitOffset: number;

  constructor(data: Data, content: ViewContent) {
    const stored: ArrayBufferView = data.values;
    this.#views = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
    this.#viewBytes = new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
    this.#buffers = data.variadicBuffers.map((buffer: Uint8Array) => ({
      bytes: buffer,
      view: new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength),
    }));
    this.#content = content;
    this.#validity = validityOf(data);
    this.#bitOffset = data.offset;
    this.#check(data);
  }

  bound(first: number, end: number): number {
    let bytes = 0;
    // Rows that were added as nulls have no views.
    const last = Math.min(end, Math.floor(this.#views.byteLength / VIEW_BYTES));
    for (let index = first; index < last; index++) {
      // The view of a null may be anything.
      if (this.#validity !== null && !isSet(this.#validity, index + this.#bitOffset)) continue;
      bytes += Math.max(0, this.#views.getInt32(index * VIEW_BYTES, true));
    }
    return this.#content === 'hex' ? 2 * (bytes + end - first) : bytes;
  }

  write(index: number, target: Uint8Array, view: DataView, position: number): number {
    const at = index * VIEW_BYTES;
    const length = this.#views.getInt32(at, true);
    if (length <= INLINE_VIEW_BYTES)
      return this.#copy(this.#viewBytes, this.#views, at + 4, length, target, view, position);
    const buffer = this.#buffers[this.#views.getInt32(at + 8, true)]!;
    const from = this.#views.getInt32(at + 12, true);
    return this.#copy(buffer.bytes, buffer.view, from, length, target, view, position);
  }

  #check(data: Data): void {
    const last = Math.min(data.length, Math.floor(this.#views.byteLength / VIEW_BYTES));
    for (let index = 0; index < last; index++) {
      const length = this.#views.getInt32(index * VIEW_BYTES, true);
      if (length >= 0 && length <= INLINE_VIEW_BYTES) continue;
      if (this.#validity !== null && !isSet(this.#validity, index + this.#bitOffset)) continue;
      const number = this.#views.getInt32(index * VIEW_BYTES + 8, true);
      const from = this.#views.getInt32(index * VIEW_BYTES + 12, true);
      const most = this.#buffers[number]?.bytes.length ?? -1;
      if (length >= 0 && from >= 0 && from + length <= most) continue;
      const detail = `A view of the type ${data.type} has the length ${length}, the buffer ${number} and the offset ${from}.`;
      throw new DamagedData(data, index, 'damaged Arrow data', detail);
    }
  }

  #copy(
    source: Uint8Array,
    sourceView: DataView,
    from: number,
    length: number,
    target: Uint8Array,
    view: DataView,
    position: number,
  ): number {
    if (this.#content === 'text') checkText(source, from, from + length);
    return this.#content === 'hex'
      ? writeHex(target, view, position, source, from, from + length)
      : writeBytes(target, view, position, source, sourceView, from, length);
  }
}
