import type { DataType, Dictionary } from 'apache-arrow';
import { Vector } from 'apache-arrow/vector';
import type { JsonValue } from '../../text-values/json-value.js';
import { narrowArray } from '../../to-arrow/number-cells.js';
import { type ColumnBuffers, ColumnBuilder } from './column-builder.js';
import { FullDictionaryError } from './value-error.js';

/** Dictionaries: of each batch, with the values that occur in it, once for each way in which they are written. */
export class DictionaryBuilder extends ColumnBuilder {
  readonly #dictionary: Dictionary<DataType>;
  readonly #most: number;
  readonly #places = new Map<string, number>();
  #indices: Int32Array = new Int32Array(0);

  /** @param values - the builder of what the dictionary holds */
  constructor(
    type: Dictionary<DataType>,
    readonly values: ColumnBuilder,
  ) {
    super(type);
    this.#dictionary = type;
    const { bitWidth, isSigned } = type.indices;
    this.#most = Math.min(2 ** 31, 2 ** (isSigned ? bitWidth - 1 : bitWidth));
  }

  setText(row: number, bytes: Buffer, start: number, end: number): void {
    this.set(row, bytes.toString('latin1', start, end), (at) => this.values.setText(at, bytes, start, end));
  }

  setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    this.set(row, bytes.toString('latin1', start, end), (at) => this.values.setBinary(at, bytes, start, end));
  }

  override setJson(row: number, value: JsonValue): void {
    this.set(row, value.source, (at) => this.values.setJson(at, value));
  }

  /**
   * Sets a value that is written so, by `setValue` where the dictionary does not have it yet.
   *
   * @param written - the same for what is the same value
   */
  set(row: number, written: string, setValue: (at: number) => void): void {
    const known = this.#places.get(written);
    if (known !== undefined) {
      this.#indices[row] = known;
      return;
    }
    const at = this.#places.size;
    if (at >= this.#most) throw new FullDictionaryError(this.#most, this.#dictionary.indices.bitWidth);
    this.values.reserve(at);
    this.values.clear(at);
    setValue(at);
    this.#places.set(written, at);
    this.#indices[row] = at;
  }

  protected resize(rows: number): void {
    const indices = new Int32Array(rows);
    indices.set(this.#indices);
    this.#indices = indices;
  }

  protected take(rows: number): ColumnBuffers {
    const values = narrowArray(this.#dictionary.indices, rows);
    for (let row = 0; row < rows; row++) values[row] = this.#indices[row]!;
    const dictionary = new Vector([this.values.finish(this.#places.size)]);
    this.#indices = new Int32Array(0);
    this.#places.clear();
    return { values, dictionary };
  }
}
