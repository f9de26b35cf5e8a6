import { BufferReader, PgError, sqlstate } from '@riffq/wire';
import type { FixedSizeList, LargeList, List } from 'apache-arrow';
import { DataType } from 'apache-arrow/type';
import { arrayDelimiter } from '../../array-input/array-delimiter.js';
import { decodeArrayBinary } from '../../array-input/decode-array-binary.js';
import { type ArrayElements, decodeArrayText } from '../../array-input/decode-array-text.js';
import { wide } from '../../bytes-layout.js';
import { type JsonValue, parseJson } from '../../text-values/json-value.js';
import { incorrectBinary } from '../../type-functions/input-error.js';
import { checkUtf8 } from './check-utf8.js';
import { type ColumnBuffers, ColumnBuilder } from './column-builder.js';
import { DictionaryBuilder } from './dictionary-builder.js';
import { skipJsonbVersion } from './jsonb-version.js';

/** Arrays, in lists of any layout; lists of lists take arrays of several dimensions. */
export class ListBuilder extends ColumnBuilder {
  readonly #elements: ColumnBuilder;
  readonly #elementOid: number;
  /** Of a FixedSizeList; undefined for lists of any length. */
  readonly #size: number | undefined;
  #offsets = new Int32Array(1);

  /**
   * @param elements - the builder of what the lists hold
   * @param elementOid - of the innermost elements, which the binary form names
   */
  constructor(type: List | LargeList | FixedSizeList, elements: ColumnBuilder, elementOid: number) {
    super(type);
    this.#elements = elements;
    this.#elementOid = elementOid;
    this.#size = DataType.isFixedSizeList(type) ? type.listSize : undefined;
  }

  setText(row: number, bytes: Buffer, start: number, end: number): void {
    const literal = bytes.toString('utf8', start, end);
    const array = decodeArrayText(literal, arrayDelimiter(this.#elementOid), (text) => Buffer.from(text, 'utf8'));
    this.#setArray(row, array, (elements, at, value) => elements.setText(at, value, 0, value.length));
  }

  setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    const reader = new BufferReader(bytes.subarray(start, end), 'array');
    const { values } = decodeArrayBinary(reader, this.#elementOid, (element) => Buffer.from(element.rest()));
    if (reader.remaining > 0) throw incorrectBinary();
    this.#setArray(row, values, (elements, at, value) => elements.setBinary(at, value, 0, value.length));
  }

  override setJson(row: number, value: JsonValue): void {
    if (value.kind !== 'array') {
      super.setJson(row, value);
      return;
    }
    this.#checkLength(value.items.length);
    let at = this.#start(row);
    for (const item of value.items) {
      this.#elements.reserve(at);
      this.#elements.clear(at);
      this.#elements.setJsonOrNull(at, item);
      at++;
    }
    this.#offsets[row + 1] = at;
  }

  override setNull(row: number): void {
    super.setNull(row);
    const from = this.#start(row);
    this.#offsets[row + 1] = from;
    // The elements of a FixedSizeList that is NULL are there all the same.
    for (let index = 0; index < (this.#size ?? 0); index++) this.#setElementNull(from + index);
  }

  protected resize(rows: number): void {
    const offsets = new Int32Array(rows + 1);
    offsets.set(this.#offsets);
    this.#offsets = offsets;
  }

  protected take(rows: number): ColumnBuffers {
    const children = [this.#elements.finish(this.#start(rows))];
    const offsets = this.#offsets.subarray(0, rows + 1);
    this.#offsets = new Int32Array(1);
    if (this.#size !== undefined) return { children };
    return { children, offsets: DataType.isLargeList(this.type) ? wide(offsets) : offsets };
  }

  #start(row: number): number {
    return this.#size === undefined ? this.#offsets[row]! : row * this.#size;
  }

  #setArray(row: number, array: ArrayElements<Buffer>, setElement: SetElement): void {
    this.#checkLength(array.length);
    const elements = this.#elements;
    let at = this.#start(row);
    for (const element of array) {
      elements.reserve(at);
      elements.clear(at);
      if (elements instanceof ListBuilder) {
        if (element === null || Buffer.isBuffer(element)) throw wrongDimensions();
        elements.#setArray(at, element, setElement);
      } else if (elements instanceof DictionaryBuilder && elements.values instanceof ListBuilder) {
        if (element === null || Buffer.isBuffer(element)) throw wrongDimensions();
        const lists = elements.values;
        elements.set(at, writtenArray(element), (place) => lists.#setArray(place, element, setElement));
      } else if (element === null) elements.setNull(at);
      else if (Buffer.isBuffer(element)) setElement(elements, at, element);
      else throw wrongDimensions();
      at++;
    }
    this.#offsets[row + 1] = at;
  }

  #checkLength(length: number): void {
    if (this.#size === undefined || length === this.#size) return;
    throw wrongShape(`array length ${length} does not match the column's ${this.#size}`);
  }

  #setElementNull(at: number): void {
    this.#elements.reserve(at);
    this.#elements.setNull(at);
  }
}

/** Reads an element in the format of the data. */
type SetElement = (elements: ColumnBuilder, at: number, value: Buffer) => void;

/** The same text for the same elements. */
function writtenArray(array: ArrayElements<Buffer>): string {
  const written = array.map((element) => {
    if (element === null) return '';
    return Buffer.isBuffer(element) ? JSON.stringify(element.toString('latin1')) : writtenArray(element);
  });
  return `{${written.join()}}`;
}

function wrongDimensions(): PgError {
  return wrongShape('wrong number of array dimensions');
}

function wrongShape(message: string): PgError {
  const hint = 'The column takes arrays of one shape only.';
  return new PgError({ sqlstate: sqlstate.array_subscript_error, message, hint });
}

/** Lists out of JSON arrays: those that are declared json, and those in structs and maps. */
export class JsonListBuilder extends ListBuilder {
  readonly #isJsonb: boolean;

  constructor(type: List | LargeList | FixedSizeList, elements: ColumnBuilder, isJsonb: boolean) {
    super(type, elements, 0);
    this.#isJsonb = isJsonb;
  }

  override setText(row: number, bytes: Buffer, start: number, end: number): void {
    this.setJson(row, parseJson(bytes.toString('utf8', start, end)));
  }

  override setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    const from = this.#isJsonb ? skipJsonbVersion(bytes, start, end) : start;
    checkUtf8(bytes, from, end);
    this.setText(row, bytes, from, end);
  }
}
