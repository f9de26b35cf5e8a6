import { quoteInPlace } from '../encode/quote-in-place.js';
import type { DelimitedFields, LineSyntax, Look } from '../encode/row-frame.js';
import { SpecialBytes } from '../encode/special-bytes.js';
import type { CopyOptions } from './options/copy-options.js';
import { needsLook } from './syntax/plain-column.js';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BACKSLASH = 0x5c;

/** Fields of COPY's CSV format, as CopyAttributeOutCSV writes them. */
export class CsvFields implements DelimitedFields {
  /** Quotes on both sides, or NULL's text; and the delimiter. */
  readonly fieldBytes: number;
  readonly expansion = 2;
  readonly line: LineSyntax;
  readonly #quote: number;
  readonly #escape: number;
  readonly #null: Uint8Array;
  readonly #forced: readonly boolean[];

  /**
   * @param plain - by column: whether its values are numbers, dates and the like
   * @param forced - by column: FORCE_QUOTE
   */
  constructor(options: CopyOptions, plain: readonly boolean[], forced: readonly boolean[]) {
    const delimiter = options.delimiter.charCodeAt(0);
    this.#quote = options.quote.charCodeAt(0);
    this.#escape = options.escape.charCodeAt(0);
    this.#null = Buffer.from(options.null, 'utf8');
    this.fieldBytes = 3 + this.#null.length;
    this.#forced = forced;
    const look: Look = options.null === '' ? 'by block' : 'each';
    const looksAtPlain = needsLook([options.delimiter, options.quote]) || options.null !== '';
    this.line = {
      delimiter,
      looks: plain.map((isPlain, index) => {
        if (forced[index] === true) return 'each';
        return isPlain && !looksAtPlain ? 'never' : look;
      }),
      // A lone column may hold `\.`, which older servers take for the end of the data.
      special: new SpecialBytes([
        delimiter,
        this.#quote,
        LINE_FEED,
        CARRIAGE_RETURN,
        ...(plain.length === 1 ? [BACKSLASH] : []),
      ]),
    };
  }

  finish(target: Uint8Array, start: number, end: number, columnNumber: number): number {
    const after = this.line.looks[columnNumber] !== 'never' ? this.#quoteValue(target, start, end, columnNumber) : end;
    target[after] = this.line.delimiter;
    return after + 1;
  }

  writeNull(target: Uint8Array, position: number): number {
    for (let index = 0; index < this.#null.length; index++) target[position + index] = this.#null[index]!;
    target[position + this.#null.length] = this.line.delimiter;
    return position + this.#null.length + 1;
  }

  #quoteValue(target: Uint8Array, start: number, end: number, columnNumber: number): number {
    const { delimiter } = this.line;
    const quote = this.#quote;
    let quoted = this.#forced[columnNumber] === true;
    for (let index = start; index < end && !quoted; index++) {
      const byte = target[index]!;
      quoted = byte === delimiter || byte === quote || byte === LINE_FEED || byte === CARRIAGE_RETURN;
    }
    if (!quoted && !this.#isSpecial(target, start, end)) return end;
    return quoteInPlace(target, start, end, quote, this.#escape);
  }

  /** Whether a value would be read as NULL, or by servers before 18 as the end of the data. */
  #isSpecial(target: Uint8Array, start: number, end: number): boolean {
    const length = end - start;
    if (length === 2 && this.line.looks.length === 1 && target[start] === BACKSLASH && target[start + 1] === 0x2e)
      return true;
    if (length !== this.#null.length) return false;
    for (let index = 0; index < length; index++) {
      if (target[start + index] !== this.#null[index]) return false;
    }
    return true;
  }
}
