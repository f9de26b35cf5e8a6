import { PgError, sqlstate } from '@riffq/wire';
import type { DataType, Vector } from 'apache-arrow';
import { Data } from 'apache-arrow/data';
import { BufferType } from 'apache-arrow/enum';
import type { JsonValue } from '../../text-values/json-value.js';
import type { FieldSyntax } from '../syntax/field-syntax.js';
import type { TextSource } from './text-source.js';

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
 * How a generated loop reads the value at `at` of `view` and `bytes`, whose length is `size`, for the `row`: into the builder's `v`
 * (`values`), `w` (`view`) and `o` (`offsets`).
 */
export interface BinarySource {
  /** When it can: an expression. */
  readonly condition: string;
  /** Statements that read it and move `at` behind it. */
  readonly statement: string;
}

/**
 * Collects the values of one column of a batch in Arrow's own buffers. A row may be written again, which is how a bad row is
 * taken back.
 */
export abstract class ColumnBuilder {
  protected capacity = 0;
  protected validity = new Uint8Array(0);
  /** Whether any row of the batch has been NULL. */
  protected hasNulls = false;
  /** As many as the last batch had, so that another one like it is not copied from buffer to buffer as it grows. */
  #usualRows = FIRST_CAPACITY;

  constructor(protected readonly type: DataType) {}

  /** Reads a value of text at `start` to `end`. Throws PgError without `where`. */
  abstract setText(row: number, bytes: Buffer, start: number, end: number): void;
  /** Reads a value of binary COPY, as the type's receive function does. */
  abstract setBinary(row: number, bytes: Buffer, start: number, end: number): void;
  /** Makes room for `rows` rows, keeping what is there. */
  protected abstract resize(rows: number): void;
  /** The values of the first `rows` rows, in buffers that are not written to again. */
  protected abstract take(rows: number): ColumnBuffers;

  /**
   * Reads a value of binary COPY as the row loop does; false where {@link ColumnBuilder.setBinary} has something to say about it.
   * Whether text is UTF-8 may be left to {@link ColumnBuilder.isGood}.
   */
  readBinary(row: number, bytes: Buffer, _view: DataView, start: number, size: number): boolean {
    try {
      this.setBinary(row, bytes, start, start + size);
      return true;
    } catch {
      return false;
    }
  }

  /** Whether the rows from `first` to `end`, which {@link ColumnBuilder.readBinary} has read, hold nothing bad. */
  isGood(_first: number, _end: number): boolean {
    return true;
  }

  /**
   * Reads the text at `at` if it is what PostgreSQL itself writes for the type; returns its end, which is not looked at: whatever
   * follows there may belong to the field too. -1 for all else.
   */
  readPlain(_row: number, _bytes: Buffer, _view: DataView, _at: number): number {
    return -1;
  }

  /** Whether {@link ColumnBuilder.readPlain} reads anything. */
  get hasPlainText(): boolean {
    return this.readPlain !== ColumnBuilder.prototype.readPlain;
  }

  /** The column's part in a generated loop over text; without one {@link ColumnBuilder.readPlain} is called. */
  get textSource(): TextSource | undefined {
    return undefined;
  }

  /** Reads the field at `at`; returns its end, or -1 where the ordinary way has something to say. */
  readField(row: number, bytes: Buffer, view: DataView, at: number, syntax: FieldSyntax): number {
    const end = syntax.copyField(syntax.field, syntax.fieldView, 0, bytes, view, at);
    if (end < 0) return -1;
    try {
      this.setText(row, syntax.field, 0, syntax.end);
      return end;
    } catch {
      return -1;
    }
  }

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

  /** The column's part in a generated loop; without one {@link ColumnBuilder.readBinary} is called. */
  get binarySource(): BinarySource | undefined {
    return undefined;
  }

  /**
   * What a generated loop does for NULL beside the bit of `n` (`validity`), as statements over `v`, `w` and `o`; without it
   * {@link ColumnBuilder.setNull} is called.
   */
  get nullSource(): string | undefined {
    return undefined;
  }

  /** Makes sure that values of so many bytes can be added. */
  reserveBytes(_bytes: number, _row: number): void {}

  /** Makes the value NULL. */
  setNull(row: number): void {
    this.hasNulls = true;
    this.validity[row >> 3]! &= ~(1 << (row & 7));
  }

  /** Forgets a value, NULL or not, so that the row can be used again. */
  clear(row: number): void {
    this.validity[row >> 3]! |= 1 << (row & 7);
  }

  /** Makes sure that `row` can be written. */
  reserve(row: number): void {
    if (row < this.capacity) return;
    const rows = Math.max(this.#usualRows, this.capacity * 2, (row + 8) & ~7);
    const validity = new Uint8Array(rows >> 3).fill(0xff);
    validity.set(this.validity);
    this.validity = validity;
    this.resize(rows);
    this.capacity = rows;
  }

  /** The first `rows` rows as a column; then the builder is empty. */
  finish(rows: number): Data {
    const { values, offsets, typeIds, children = [], variadic = [], dictionary } = this.take(rows);
    const nullCount = this.#countNulls(rows);
    const validity = nullCount > 0 ? this.validity.subarray(0, (rows + 7) >> 3) : new Uint8Array(0);
    const buffers = {
      [BufferType.VALIDITY]: validity,
      ...(values === undefined ? {} : { [BufferType.DATA]: values }),
      ...(typeIds === undefined ? {} : { [BufferType.TYPE]: typeIds }),
      ...(offsets === undefined ? {} : { [BufferType.OFFSET]: offsets }),
    };
    this.capacity = 0;
    this.#usualRows = Math.max(FIRST_CAPACITY, (rows + 7) & ~7);
    this.validity = new Uint8Array(0);
    this.hasNulls = false;
    return new Data<DataType>(this.type, 0, rows, nullCount, buffers, [...children], dictionary, [...variadic]);
  }

  #countNulls(rows: number): number {
    if (!this.hasNulls) return 0;
    let nulls = 0;
    const whole = rows >> 3;
    for (let byte = 0; byte < whole; byte++) {
      if (this.validity[byte] !== 0xff) nulls += bitCount(this.validity[byte]! ^ 0xff);
    }
    const rest = rows & 7;
    return rest === 0 ? nulls : nulls + rest - bitCount(this.validity[whole]! & ((1 << rest) - 1));
  }
}

function bitCount(byte: number): number {
  let count = 0;
  for (let rest = byte; rest > 0; rest &= rest - 1) count++;
  return count;
}
