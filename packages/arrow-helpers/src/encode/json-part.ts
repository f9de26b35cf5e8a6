import type { Data } from 'apache-arrow';
import type { Column } from './column.js';
import { encodeRows } from './encode-rows.js';
import { type JsonStyle, jsonFields } from './json-fields.js';
import { planColumn } from './plan-column.js';
import { NO_MESSAGE, type RowFrame } from './row-frame.js';
import { RowSizes } from './row-sizes.js';
import type { ValueEncoding } from './value-encoding.js';

/** How values of one type are written within JSON. */
export interface JsonEncoding {
  /** Their text. */
  readonly encoding: ValueEncoding;
  /** What becomes of the text. */
  readonly style: JsonStyle;
}

/** The values of a list, a struct, a map or a union, as parts of its JSON: rows of one column to the row loop. */
export class JsonPart {
  readonly #column: readonly Column[];
  readonly #frame: RowFrame;
  readonly #sizes: RowSizes;

  constructor(data: Data, { encoding, style }: JsonEncoding) {
    this.#column = [planColumn(data, encoding)];
    this.#frame = { messageType: NO_MESSAGE, fields: jsonFields[style] };
    this.#sizes = new RowSizes(this.#column, this.#frame);
  }

  /** As `ValueWriter.bound`. */
  bound(first: number, end: number): number {
    return this.#sizes.bound(first, end);
  }

  /** Writes the value at `index`, `null` if it is null. */
  write(index: number, target: Uint8Array, view: DataView, position: number): number {
    return encodeRows(this.#column, this.#frame, index, index + 1, target, view, position);
  }
}
