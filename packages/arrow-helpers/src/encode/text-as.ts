import { isPgError } from '@riffq/wire';
import type { Data } from 'apache-arrow';
import { UnsendableValue } from '../unsendable-value.js';
import { encodeRows } from './encode-rows.js';
import { planColumn } from './plan-column.js';
import { elementFrame } from './row-frame.js';
import { RowSizes } from './row-sizes.js';
import type { ValueEncoding } from './value-encoding.js';
import type { ValueWriter } from './value-writer.js';

const LENGTH_BYTES = 4;

/** Puts PostgreSQL's text of a value into another form of it. */
export type TextConversion = (text: string) => Uint8Array;

/** Writes strings as another form of the value that they are the text of; what cannot be read is an error of its row. */
export class TextAsWriter implements ValueWriter {
  /** By row; none for NULL. */
  readonly #values: readonly (Uint8Array | UnsendableValue | undefined)[];

  /** @param convertBytes - the same without a string; undefined for values that need one */
  constructor(
    data: Data,
    encoding: ValueEncoding,
    convert: TextConversion,
    sqlstate: string,
    convertBytes?: (bytes: Buffer, start: number, end: number) => Uint8Array | undefined,
  ) {
    const column = [planColumn(data, encoding)];
    const sizes = new RowSizes(column, elementFrame);
    this.#values = Array.from({ length: data.length }, (_, row) => {
      const bytes = Buffer.alloc(sizes.bound(row, row + 1));
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      try {
        const end = encodeRows(column, elementFrame, row, row + 1, bytes, view, 0);
        if (bytes.readInt32BE(0) < 0) return undefined;
        return convertBytes?.(bytes, LENGTH_BYTES, end) ?? convert(bytes.toString('utf8', LENGTH_BYTES, end));
      } catch (error) {
        return unsendable(error, sqlstate);
      }
    });
  }

  bound(first: number, end: number): number {
    let bytes = 0;
    for (let row = first; row < end; row++) {
      const value = this.#values[row];
      if (value instanceof Uint8Array) bytes += value.length;
    }
    return bytes;
  }

  write(index: number, target: Uint8Array, _view: DataView, position: number): number {
    const value = this.#values[index];
    if (value instanceof UnsendableValue) throw value;
    if (value === undefined) return position;
    target.set(value, position);
    return position + value.length;
  }
}

/** @throws what is no fault of the value, but of the data or the code */
function unsendable(error: unknown, sqlstate: string): UnsendableValue {
  if (error instanceof UnsendableValue) return error;
  if (error instanceof RangeError || error instanceof TypeError) throw error;
  const message = error instanceof Error ? error.message : String(error);
  const hint = "The column's strings must be values of its type.";
  if (!isPgError(error)) return new UnsendableValue(sqlstate, message, hint);
  return new UnsendableValue(error.sqlstate, message, error.fields.hint ?? hint, error.fields.detail);
}
