import type { DataType } from 'apache-arrow';
import { type WrittenForm, writtenForm } from '../../encode/written-form.js';
import { defaultOutputSettings } from '../../output-settings.js';
import type { PostgresType } from '../../postgres-type-name.js';
import { binaryToText, textToText } from '../../type-functions/string-conversions.js';
import type { TextSettings } from '../../type-functions/type-functions.js';
import { type TextFit, textFit } from '../../type-modifier/fit-text.js';
import { fittedText } from './fitted-text.js';
import { StringBuilder } from './string-builder.js';

/** Strings that are declared as another type, such as uuid, or with a length: they are what PostgreSQL prints for it. */
export class DeclaredStringBuilder extends StringBuilder {
  readonly #form: WrittenForm | undefined;
  readonly #textToText: ((text: string) => string) | undefined;
  readonly #binaryToText: ((binary: Uint8Array) => string) | undefined;
  readonly #fit: TextFit | undefined;

  constructor(type: DataType, declared: PostgresType, settings: TextSettings) {
    super(type);
    const { typeOid: oid } = declared;
    this.#form = writtenForm(oid, defaultOutputSettings);
    this.#textToText = textToText(oid, defaultOutputSettings, settings);
    this.#binaryToText = binaryToText(oid);
    this.#fit = textFit(declared);
  }

  /** Whether there is anything to look at. */
  get isChecked(): boolean {
    return (this.#form ?? this.#textToText ?? this.#binaryToText ?? this.#fit) !== undefined;
  }

  override setText(row: number, bytes: Buffer, start: number, end: number): void {
    const isPrinted = this.#textToText === undefined || (this.#form?.(bytes, start, end) ?? false);
    if (isPrinted && this.#fit === undefined) {
      super.setText(row, bytes, start, end);
      return;
    }
    const text = bytes.toString('utf8', start, end);
    this.#setPrinted(row, isPrinted || this.#textToText === undefined ? text : this.#textToText(text));
  }

  override setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    if (this.#binaryToText !== undefined) {
      this.#setPrinted(row, this.#binaryToText(bytes.subarray(start, end)));
      return;
    }
    super.setBinary(row, bytes, start, end);
    this.setText(row, bytes, start, end);
  }

  #setPrinted(row: number, printed: string): void {
    const bytes = Buffer.from(this.#fit === undefined ? printed : fittedText(printed, this.#fit), 'utf8');
    this.append(row, bytes, 0, bytes.length);
  }
}
