import type { Data } from 'apache-arrow';
import { ArrayShape } from './array-shape.js';
import type { Column } from './column.js';
import { encodeRows } from './encode-rows.js';
import { planColumn } from './plan-column.js';
import { type DelimitedFields, NO_MESSAGE, type RowFrame } from './row-frame.js';
import { RowSizes } from './row-sizes.js';
import type { ValueEncoding } from './value-encoding.js';
import type { ValueWriter } from './value-writer.js';

const OPEN = 0x7b;
const CLOSE = 0x7d;

/** Lists as array_out prints them: `{1,NULL,3}`, `{{1,2},{3,4}}`. The elements are rows of one column to the row loop. */
export class ArrayTextWriter implements ValueWriter {
  readonly #shape: ArrayShape;
  readonly #elements: readonly Column[];
  readonly #frame: RowFrame;
  readonly #sizes: RowSizes;
  readonly #delimiter: number;

  /** @param delimiter - the one that the fields have too */
  constructor(data: Data, dimensions: number, encoding: ValueEncoding, fields: DelimitedFields, delimiter: number) {
    this.#delimiter = delimiter;
    this.#shape = new ArrayShape(data, dimensions);
    this.#elements = [planColumn(this.#shape.elements, encoding)];
    this.#frame = { messageType: NO_MESSAGE, fields };
    this.#sizes = new RowSizes(this.#elements, this.#frame);
  }

  bound(first: number, end: number): number {
    // Braces, and the delimiter to the next list.
    return this.#shape.bound(first, end, 3, this.#sizes);
  }

  write(index: number, target: Uint8Array, view: DataView, position: number): number {
    if (this.#shape.measure(index) > 0) return this.#writeList(0, index, target, view, position);
    target[position] = OPEN;
    target[position + 1] = CLOSE;
    return position + 2;
  }

  #writeList(dimension: number, index: number, target: Uint8Array, view: DataView, position: number): number {
    const from = this.#shape.start(dimension, index);
    const to = this.#shape.end(dimension, index);
    target[position] = OPEN;
    let end = position + 1;
    if (dimension === this.#shape.dimensions - 1) {
      end = encodeRows(this.#elements, this.#frame, from, to, target, view, end);
    } else {
      for (let list = from; list < to; list++) {
        end = this.#writeList(dimension + 1, list, target, view, end);
        target[end++] = this.#delimiter;
      }
    }
    // In the place of the last delimiter.
    target[end - 1] = CLOSE;
    return end;
  }
}
