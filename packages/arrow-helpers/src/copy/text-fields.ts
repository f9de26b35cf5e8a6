import type { DelimitedFields, LineSyntax } from '../encode/row-frame.js';
import { SpecialBytes } from '../encode/special-bytes.js';
import type { CopyOptions } from './options/copy-options.js';
import { needsLook } from './syntax/plain-column.js';

const BACKSLASH = 0x5c;

/** The control characters that have a letter of their own after the backslash. */
const LETTERS = { 8: 'b', 9: 't', 10: 'n', 11: 'v', 12: 'f', 13: 'r' } as const;

/** Fields of COPY's text format, as CopyAttributeOutText writes them. */
export class TextFields implements DelimitedFields {
  readonly fieldBytes: number;
  readonly expansion = 2;
  readonly line: LineSyntax;
  readonly #null: Uint8Array;
  /** By byte: what follows the backslash, 0 if the byte stands for itself. */
  readonly #escapes = new Uint8Array(256);

  /** @param plain - by column: whether its values are numbers, dates and the like */
  constructor(options: CopyOptions, plain: readonly boolean[]) {
    const delimiter = options.delimiter.charCodeAt(0);
    this.#null = Buffer.from(options.null, 'utf8');
    this.fieldBytes = 1 + this.#null.length;
    this.#escapes[BACKSLASH] = BACKSLASH;
    this.#escapes[delimiter] = delimiter;
    for (const [byte, letter] of Object.entries(LETTERS)) this.#escapes[Number(byte)] = letter.charCodeAt(0);
    const look = needsLook([options.delimiter]);
    this.line = {
      delimiter,
      looks: plain.map((isPlain) => (isPlain && !look ? 'never' : 'by block')),
      special: new SpecialBytes([BACKSLASH, delimiter, ...Object.keys(LETTERS).map(Number)]),
    };
  }

  finish(target: Uint8Array, start: number, end: number, columnNumber: number): number {
    const after = this.line.looks[columnNumber] !== 'never' ? this.#escapeValue(target, start, end) : end;
    target[after] = this.line.delimiter;
    return after + 1;
  }

  writeNull(target: Uint8Array, position: number): number {
    for (let index = 0; index < this.#null.length; index++) target[position + index] = this.#null[index]!;
    target[position + this.#null.length] = this.line.delimiter;
    return position + this.#null.length + 1;
  }

  #escapeValue(target: Uint8Array, start: number, end: number): number {
    const escapes = this.#escapes;
    let count = 0;
    for (let index = start; index < end; index++) if (escapes[target[index]!] !== 0) count++;
    let to = end + count - 1;
    for (let from = end - 1; to > from; from--) {
      const byte = target[from]!;
      const code = escapes[byte]!;
      if (code === 0) {
        target[to--] = byte;
        continue;
      }
      target[to] = code;
      target[to - 1] = BACKSLASH;
      to -= 2;
    }
    return end + count;
  }
}
