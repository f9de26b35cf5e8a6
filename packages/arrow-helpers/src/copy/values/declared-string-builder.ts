import type { DataType } from 'apache-arrow';
import type { TextConversion } from '../../encode/text-as.js';
import { type WrittenForm, writtenForms } from '../../encode/written-form.js';
import { binaryToText, textToText } from '../../type-functions/string-conversions.js';
import { StringBuilder } from './string-builder.js';

/** Strings that are declared as another type, such as uuid: they are what PostgreSQL prints for it. */
export class DeclaredStringBuilder extends StringBuilder {
  readonly #form: WrittenForm | undefined;
  readonly #textToText: TextConversion | undefined;
  readonly #binaryToText: ((binary: Uint8Array) => string) | undefined;

  constructor(type: DataType, oid: number) {
    super(type);
    this.#form = writtenForms.get(oid);
    this.#textToText = textToText(oid);
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
      this.#setPrinted(row, Buffer.from(this.#binaryToText(bytes.subarray(start, end)), 'utf8'));
      return;
    }
    super.setBinary(row, bytes, start, end);
    if (this.#form !== undefined) this.setText(row, bytes, start, end);
  }

  #setPrinted(row: number, printed: Uint8Array): void {
    this.append(row, Buffer.from(printed.buffer, printed.byteOffset, printed.length), 0, printed.length);
  }
}
