import type { CopyOptions } from '../options/copy-options.js';
import { checkUtf8 } from '../values/check-utf8.js';
import { FieldMarkers } from './field-markers.js';
import type { FieldSplitter, LineFields } from './line-fields.js';

const BACKSLASH = 0x5c;
const LETTER_X = 0x78;

/** What letters stand for after a backslash; other characters stand for themselves. */
const LETTERS = new Map([
  [0x62, 0x08],
  [0x66, 0x0c],
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
  [0x76, 0x0b],
]);

/** Fields of COPY's text format, as CopyReadAttributesText reads them. */
export class TextSplitter implements FieldSplitter {
  readonly #delimiter: number;
  readonly #markers: FieldMarkers;
  /** Where unescaping stands, in the line and in the buffer of what it gives. */
  #from = 0;
  #to = 0;

  constructor(options: CopyOptions) {
    this.#delimiter = options.delimiter.charCodeAt(0);
    this.#markers = new FieldMarkers(options);
  }

  split(bytes: Buffer, start: number, end: number, fields: LineFields): void {
    fields.reset(end - start);
    const delimiter = this.#delimiter;
    this.#to = 0;
    let fieldStart = start;
    for (;;) {
      let at = fieldStart;
      while (at < end && bytes[at] !== delimiter && bytes[at] !== BACKSLASH) at++;
      if (at < end && bytes[at] === BACKSLASH) {
        at = this.#unescape(bytes, fieldStart, at, end, fields);
      } else {
        fields.add(this.#markers.markerAt(bytes, fieldStart, at) || fieldStart, at, false, false);
      }
      if (at >= end) return;
      fieldStart = at + 1;
    }
  }

  /** Adds the field whose first backslash is at `backslash`, and returns where it ends: at a delimiter, or the line's end. */
  #unescape(bytes: Buffer, fieldStart: number, backslash: number, end: number, fields: LineFields): number {
    const { unescaped } = fields;
    const start = this.#to;
    bytes.copy(unescaped, start, fieldStart, backslash);
    this.#to += backslash - fieldStart;
    this.#from = backslash;
    let fieldEnd = end;
    let numeric = false;
    while (this.#from < end) {
      const byte = bytes[this.#from]!;
      if (byte === this.#delimiter) {
        fieldEnd = this.#from;
        break;
      }
      if (byte !== BACKSLASH) {
        unescaped[this.#to++] = byte;
        this.#from++;
        continue;
      }
      // A backslash at the very end stands for nothing, and is not part of what NULL is compared with.
      if (this.#from + 1 === end) {
        fieldEnd = this.#from;
        this.#from = end;
        break;
      }
      this.#from++;
      const value = this.#escape(bytes, end);
      if (value === 0 || value >= 0x80) numeric = true;
      unescaped[this.#to++] = value;
    }
    const marker = this.#markers.markerAt(bytes, fieldStart, fieldEnd);
    if (marker !== 0) fields.add(marker, 0, false, false);
    else {
      // Numbers can spell what is no UTF-8.
      if (numeric) checkUtf8(unescaped, start, this.#to);
      fields.add(start, this.#to, true, false);
    }
    return this.#from;
  }

  /** The byte that the characters after a backslash stand for: `101` and `x41` are A. */
  #escape(bytes: Buffer, end: number): number {
    const byte = bytes[this.#from++]!;
    if (byte >= 0x30 && byte <= 0x37) {
      let value = byte - 0x30;
      for (let digits = 1; digits < 3 && this.#from < end; digits++) {
        const digit = bytes[this.#from]! - 0x30;
        if (digit < 0 || digit > 7) break;
        value = value * 8 + digit;
        this.#from++;
      }
      return value & 0xff;
    }
    if (byte !== LETTER_X) return LETTERS.get(byte) ?? byte;
    let value = -1;
    for (let digits = 0; digits < 2 && this.#from < end; digits++) {
      const digit = hexDigit(bytes[this.#from]!);
      if (digit < 0) break;
      value = Math.max(value, 0) * 16 + digit;
      this.#from++;
    }
    return value < 0 ? byte : value;
  }
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
