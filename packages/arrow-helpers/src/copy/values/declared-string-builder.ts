import type { DataType } from 'apache-arrow';
import { type WrittenForm, writtenForms } from '../../encode/written-form.js';
import { defaultOutputSettings } from '../../output-settings.js';
import { binaryToText, textToText } from '../../type-functions/string-conversions.js';
import type { TextSettings } from '../../type-functions/type-functions.js';
import { StringBuilder } from './string-builder.js';

/** Strings that are declared as another type, such as uuid: they are what PostgreSQL prints for it. */
export class DeclaredStringBuilder extends StringBuilder {
  readonly #form: WrittenForm | undefined;
  readonly #textToText: ((text: string) => string) | undefined;
  readonly #binaryToText: ((binary: Uint8Array) => string) | undefined;

  constructor(type: DataType, oid: number, settings: TextSettings) {
    super(type);
    this.#form = writtenForms.get(oid);
    this.#textToText = textToText(oid, defaultOutputSettings, settings);
    this.#binaryToText = binaryToText(oid);
  }

  /** Whether there is anything to look at. */
  get isChecked(): boolean {
    return (this.#form ?? this.#textToText ?? this.#binaryToText) !== undefined;
  }

  override setText(row: number, bytes: Buffer, start: number, end: number): void {
    if (this.#form?.(bytes, start, end)) {
      super.setText(row, bytes, start, end);
      return;
    }
    const text = bytes.toString('utf8', start, end);
    if (this.#textToText === undefined) super.setText(row, bytes, start, end);
    else this.#setPrinted(row, this.#textToText(text));
  }

  override setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    if (this.#binaryToText !== undefined) {
      this.#setPrinted(row, this.#binaryToText(bytes.subarray(start, end)));
      return;
    }
    super.setBinary(row, bytes, start, end);
    if (this.#form !== undefined) this.setText(row, bytes, start, end);
  }

  #setPrinted(row: number, printed: string): void {
    const bytes = Buffer.from(printed, 'utf8');
    this.append(row, bytes, 0, bytes.length);
  }
}
