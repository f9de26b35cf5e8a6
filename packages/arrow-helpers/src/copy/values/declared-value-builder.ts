import { typeOid } from '@riffq/wire';
import type { Data } from 'apache-arrow';
import { DataType } from 'apache-arrow/type';
import { defaultOutputSettings } from '../../output-settings.js';
import type { PostgresType } from '../../postgres-type-name.js';
import { type JsonValue, parseJson } from '../../text-values/json-value.js';
import { binaryToText, textToText } from '../../type-functions/string-conversions.js';
import type { TextSettings } from '../../type-functions/type-functions.js';
import { decodeUtf8Value } from '../../type-functions/utf8-value.js';
import { type TextFit, textFit } from '../../type-modifier/fit-text.js';
import { type ColumnBuffers, ColumnBuilder } from './column-builder.js';
import { fittedText } from './fitted-text.js';

/** What is no string and declared as another type, such as UInt32 as oid: it is read as that type, whose text is the value's. */
export class DeclaredValueBuilder extends ColumnBuilder {
  readonly #values: ColumnBuilder;
  readonly #isJson: boolean;
  readonly #isBytes: boolean;
  readonly #textToText: ((text: string) => string) | undefined;
  readonly #binaryToText: (binary: Uint8Array) => string;
  readonly #fit: TextFit | undefined;

  /** @param values - the builder of the Arrow type by itself */
  constructor(type: DataType, declared: PostgresType, values: ColumnBuilder, settings: TextSettings) {
    super(type);
    const { typeOid: oid } = declared;
    this.#values = values;
    this.#isJson = oid === typeOid.json || oid === typeOid.jsonb;
    this.#isBytes = DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isBinaryView(type);
    this.#textToText = textToText(oid, defaultOutputSettings, settings);
    this.#binaryToText = binaryToText(oid) ?? decodeUtf8Value;
    this.#fit = textFit(declared);
  }

  setText(row: number, bytes: Buffer, start: number, end: number): void {
    const text = bytes.toString('utf8', start, end);
    this.#set(row, this.#textToText?.(text) ?? text);
  }

  setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    this.#set(row, this.#binaryToText(bytes.subarray(start, end)));
  }

  override setJson(row: number, value: JsonValue): void {
    this.#values.setJson(row, value);
  }

  override setNull(row: number): void {
    this.#values.setNull(row);
  }

  override clear(row: number): void {
    this.#values.clear(row);
  }

  override reserve(row: number): void {
    this.#values.reserve(row);
  }

  override finish(rows: number): Data {
    return this.#values.finish(rows);
  }

  protected resize(): void {}

  protected take(): ColumnBuffers {
    return {};
  }

  #set(row: number, text: string): void {
    if (this.#isJson) {
      this.#values.setJson(row, parseJson(text));
      return;
    }
    const bytes = Buffer.from(this.#fit === undefined ? text : fittedText(text, this.#fit));
    // Whose text is what they are, and not how bytea is written.
    if (this.#isBytes) this.#values.setBinary(row, bytes, 0, bytes.length);
    else this.#values.setText(row, bytes, 0, bytes.length);
  }
}
