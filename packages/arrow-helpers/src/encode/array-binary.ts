import type { Data } from 'apache-arrow';
import { ArrayShape } from './array-shape.js';
import type { Column } from './column.js';
import { encodeRows } from './encode-rows.js';
import { planColumn } from './plan-column.js';
import { elementFrame } from './row-frame.js';
import { RowSizes } from './row-sizes.js';
import type { ValueEncoding } from './value-encoding.js';
import type { ValueWriter } from './value-writer.js';

const HEADER_BYTES = 12;
const DIMENSION_BYTES = 8;
const NULL_LENGTH = -1;

/**
 * Lists as array_send writes them: the count of dimensions, whether there are NULLs, the elements' OID, length and lower
 * bound of each dimension, then the elements with their lengths.
 */
export class ArrayBinaryWriter implements ValueWriter {
  readonly #shape: ArrayShape;
  readonly #elements: readonly Column[];
  readonly #elementOid: number;
  readonly #sizes: RowSizes;

  constructor(data: Data, dimensions: number, encoding: ValueEncoding, elementOid: number) {
    this.#shape = new ArrayShape(data, dimensions);
    this.#elements = [planColumn(this.#shape.elements, encoding)];
    this.#elementOid = elementOid;
    this.#sizes = new RowSizes(this.#elements, elementFrame);
  }

  bound(first: number, end: number): number {
    const header = HEADER_BYTES + DIMENSION_BYTES * this.#shape.dimensions;
    return header * (end - first) + this.#shape.bound(first, end, 0, this.#sizes);
  }

  write(index: number, target: Uint8Array, view: DataView, position: number): number {
    const elements = this.#shape.measure(index);
    const dimensions = elements === 0 ? 0 : this.#shape.dimensions;
    view.setInt32(position, dimensions);
    view.setInt32(position + 4, 0);
    view.setUint32(position + 8, this.#elementOid);
    let end = position + HEADER_BYTES;
    for (let dimension = 0; dimension < dimensions; dimension++) {
      view.setInt32(end, this.#shape.lengths[dimension]!);
      view.setInt32(end + 4, 1);
      end += DIMENSION_BYTES;
    }
    if (elements === 0) return end;
    const after = this.#shape.isContiguous
      ? this.#writeElements(this.#firstElement(index), elements, target, view, end)
      : this.#writeLists(0, index, target, view, end);
    if (hasNull(view, end, after)) view.setInt32(position + 4, 1);
    return after;
  }

  #writeElements(from: number, count: number, target: Uint8Array, view: DataView, position: number): number {
    return encodeRows(this.#elements, elementFrame, from, from + count, target, view, position);
  }

  /** The elements of a list of lists, one innermost list after another. */
  #writeLists(dimension: number, index: number, target: Uint8Array, view: DataView, position: number): number {
    const from = this.#shape.start(dimension, index);
    const to = this.#shape.end(dimension, index);
    if (dimension === this.#shape.dimensions - 1) return this.#writeElements(from, to - from, target, view, position);
    let end = position;
    for (let list = from; list < to; list++) end = this.#writeLists(dimension + 1, list, target, view, end);
    return end;
  }

  #firstElement(index: number): number {
    let element = index;
    for (let dimension = 0; dimension < this.#shape.dimensions; dimension++) {
      element = this.#shape.start(dimension, element);
    }
    return element;
  }
}

function hasNull(view: DataView, start: number, end: number): boolean {
  for (let at = start; at < end; ) {
    const length = view.getInt32(at);
    if (length === NULL_LENGTH) return true;
    at += 4 + length;
  }
  return false;
}
