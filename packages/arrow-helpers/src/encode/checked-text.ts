import type { Data } from 'apache-arrow';
import { checkText, isTextColumn } from './check-text.js';
import { JsonPart } from './json-part.js';
import { checkedEncoding, type ValueEncoding } from './value-encoding.js';
import type { ValueWriter } from './value-writer.js';

/** Throws UnsendableValue for text that its type does not have. */
type TextCheck = (bytes: Uint8Array, start: number, end: number) => void;

/** Writes strings of which at least one may be bad, and looks at each of them. */
export class CheckedTextWriter implements ValueWriter {
  readonly #values: JsonPart;
  readonly #check: TextCheck;

  /** @param encoding - the one that looks at nothing */
  constructor(data: Data, encoding: ValueEncoding, check: TextCheck) {
    // As JSON that is there already, which is: as it is.
    this.#values = new JsonPart(data, { encoding, style: 'json' });
    this.#check = check;
  }

  bound(first: number, end: number): number {
    return this.#values.bound(first, end);
  }

  write(index: number, target: Uint8Array, view: DataView, position: number): number {
    const end = this.#values.write(index, target, view, position);
    this.#check(target, position, end);
    return end;
  }
}

/** Bytes that have to be text. */
export function textEncoding(bytes: ValueEncoding): ValueEncoding {
  const writer = (data: Data) => new CheckedTextWriter(data, bytes, checkText);
  return checkedEncoding(bytes, { passes: isTextColumn, writer });
}
