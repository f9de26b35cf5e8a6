import { PgError, sqlstate } from '@riffq/wire';
import { BufferType, Data, type DataType, type Vector } from 'apache-arrow';
import type { JsonValue } from './json-value.js';

const FIRST_CAPACITY = 256;

/** What a column is made of beside its validity. */
export interface ColumnBuffers {
  readonly values?: ArrayBufferView;
  readonly offsets?: Int32Array | BigInt64Array;
  /** Columns within the column, such as a list's elements. */
  readonly children?: readonly Data[];
  /** Of a union: which alternative each row has. */
  readonly typeIds?: Int8Array;
  readonly dictionary?: Vector;
  /** What views point into. */
  readonly variadic?: readonly Uint8Array[];
}

/**
 * Collects the values of one column of a batch in Arrow's own buffers. A row may be written again, which is how a bad row is
 * taken back.
 */
export abstract class ColumnBuilder {
  protected capacity = 0;
  #validity = new Uint8Array(0);

  constructor(protected readonly type: DataType) {}

  /** Reads a value of text at `start` to `end`. Throws PgError without `where`. */
  abstract setText(row: number, bytes: Buffer, start: number, end: number): void;
  /** Reads a value of binary COPY, as the type's receive function does. */
  abstract setBinary(row: number, bytes: Buffer, start: number, end: number): void;
  /** Makes room for `rows` rows, keeping what is there. */
  protected abstract resize(rows: number): void;
  /** The values of the first `rows` rows, in buffers that are not written to again. */
  protected abstract take(rows: number): ColumnBuffers;

  /** Reads a part of a JSON document, as the type's input function does its text. */
  setJson(row: number, value: JsonValue): void {
    if (value.kind !== 'scalar') {
      throw new PgError({
        sqlstate: sqlstate.invalid_text_representation,
        message: `the JSON has an ${value.kind} where the column's type is ${this.type}`,
      });
    }
    const bytes = Buffer.from(value.text, 'utf8');
    this.setText(row, bytes, 0, bytes.length);
  }

  /** The same, where JSON's null is NULL. */
  setJsonOrNull(row: number, value: JsonValue): void {
    if (value.kind === 'null') this.setNull(row);
    else this.setJson(row, value);
  }

  /** Makes the value NULL. */
  setNull(row: number): void {
    this.#validity[row >> 3]! &= ~(1 << (row & 7));
  }

  /** Forgets a value, NULL or not, so that the row can be used again. */
  clear(row: number): void {
    this.#validity[row >> 3]! |= 1 << (row & 7);
  }

  /** Makes sure that `row` can be written. */
  reserve(row: number): void {
    if (row < this.capacity) return;
    const rows = Math.max(FIRST_CAPACITY, this.capacity * 2);
    const validity = new Uint8Array(rows >> 3).fill(0xff);
    validity.set(this.#validity);
    this.#validity = validity;
    this.resize(rows);
    this.capacity = rows;
  }

  /** The first `rows` rows as a column; then the builder is empty. */
  finish(rows: number): Data {
    const { values, offsets, typeIds, children = [], variadic = [], dictionary } = this.take(rows);
    const nullCount = this.#countNulls(rows);
    const validity = nullCount > 0 ? this.#validity.subarray(0, (rows + 7) >> 3) : new Uint8Array(0);
    const buffers = {
      [BufferType.VALIDITY]: validity,
      ...(values === undefined ? {} : { [BufferType.DATA]: values }),
      ...(typeIds === undefined ? {} : { [BufferType.TYPE]: typeIds }),
      ...(offsets === undefined ? {} : { [BufferType.OFFSET]: offsets }),
    };
    this.capacity = 0;
    this.#validity = new Uint8Array(0);
    return new Data<DataType>(this.type, 0, rows, nullCount, buffers, [...children], dictionary, [...variadic]);
  }

  #countNulls(rows: number): number {
    let nulls = 0;
    for (let row = 0; row < rows; row++) if ((this.#validity[row >> 3]! & (1 << (row & 7))) === 0) nulls++;
    return nulls;
  }
}
