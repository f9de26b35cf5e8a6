import type { CopyOptions } from '../options/copy-options.js';
import { badFormat } from './copy-context.js';
import { FieldMarkers } from './field-markers.js';
import type { FieldSplitter, LineFields } from './line-fields.js';

/** Fields of COPY's CSV format, as CopyReadAttributesCSV reads them. */
export class CsvSplitter implements FieldSplitter {
  readonly #delimiter: number;
  readonly #quote: number;
  readonly #escape: number;
  readonly #markers: FieldMarkers;
  /** Where unquoting stands, in the line and in the buffer of what it gives. */
  #from = 0;
  #to = 0;

  constructor(options: CopyOptions) {
    this.#delimiter = options.delimiter.charCodeAt(0);
    this.#quote = options.quote.charCodeAt(0);
    this.#escape = options.escape.charCodeAt(0);
    this.#markers = new FieldMarkers(options);
  }

  split(bytes: Buffer, start: number, end: number, fields: LineFields): void {
    fields.reset(end - start);
    const delimiter = this.#delimiter;
    const quote = this.#quote;
    this.#to = 0;
    let fieldStart = start;
    for (;;) {
      let at = fieldStart;
      while (at < end && bytes[at] !== delimiter && bytes[at] !== quote) at++;
      if (at < end && bytes[at] === quote) {
        at = this.#unquote(bytes, fieldStart, at, end, fields);
      } else {
        fields.add(this.#markers.markerAt(bytes, fieldStart, at) || fieldStart, at, false, false);
      }
      if (at >= end) return;
      fieldStart = at + 1;
    }
  }

  /** Adds the field whose first quote is at `quoteAt`, and returns where it ends: at a delimiter, or the line's end. */
  #unquote(bytes: Buffer, fieldStart: number, quoteAt: number, end: number, fields: LineFields): number {
    const { unescaped } = fields;
    const start = this.#to;
    bytes.copy(unescaped, start, fieldStart, quoteAt);
    this.#to += quoteAt - fieldStart;
    this.#from = quoteAt;
    while (this.#from < end) {
      const byte = bytes[this.#from]!;
      if (byte === this.#delimiter) break;
      this.#from++;
      if (byte === this.#quote) this.#readQuoted(bytes, end, unescaped);
      else unescaped[this.#to++] = byte;
    }
    fields.add(start, this.#to, true, true);
    return this.#from;
  }

  /** Reads up to and with the closing quote. */
  #readQuoted(bytes: Buffer, end: number, unescaped: Buffer): void {
    while (this.#from < end) {
      const byte = bytes[this.#from++]!;
      if (byte === this.#escape && this.#from < end) {
        const next = bytes[this.#from]!;
        if (next === this.#escape || next === this.#quote) {
          unescaped[this.#to++] = next;
          this.#from++;
          continue;
        }
      }
      if (byte === this.#quote) return;
      unescaped[this.#to++] = byte;
    }
    throw badFormat('unterminated CSV quoted field');
  }
}
