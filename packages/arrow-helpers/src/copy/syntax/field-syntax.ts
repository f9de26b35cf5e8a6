import { fourTimes } from '../../four-times.js';
import type { CopyOptions } from '../options/copy-options.js';
import { needsLook } from './plain-column.js';
import { RunStops } from './run-stops.js';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BACKSLASH = 0x5c;

/** What a backslash and a letter stand for. */
const LETTERS = { b: 0x08, f: 0x0c, n: 0x0a, r: 0x0d, t: 0x09, v: 0x0b } as const;

/** How fields are written in text or CSV, as the row loop needs to know it. */
export class FieldSyntax {
  readonly delimiter: number;
  /** Four delimiters, and four of what is special beside: backslashes, or quotes. */
  readonly delimiters: number;
  readonly specials: number;
  readonly #isCsv: boolean;
  readonly #quote: number;
  readonly #escape: number;
  /** Of fields without quotes, and of what is in quotes. */
  readonly #stops: RunStops;
  readonly #quotedStops: RunStops;
  readonly #null: Buffer;
  /** Whether NULL is no longer than a word: `nullWord`, of which the bytes of `nullMask` count. */
  readonly shortNull: boolean;
  readonly nullWord: number;
  readonly nullMask: number;
  readonly nullBytes: number;
  /** By byte: whether NULL may begin with it. */
  readonly beginsNull = new Uint8Array(256);
  /** By byte after a backslash: what they stand for; 0 for what the ordinary way should look at. */
  readonly #escapes = new Uint8Array(256);
  /** Where the field that was copied last ends in the target. */
  end = 0;
  /** For fields that are not copied where they belong. */
  field = Buffer.alloc(0);
  fieldView = new DataView(new ArrayBuffer(0));

  /** Undefined for options with which a byte may mean several things. */
  static of(options: CopyOptions): FieldSyntax | undefined {
    const characters = [options.delimiter, ...(options.format === 'csv' ? [options.quote, options.escape] : [])];
    const special = options.format === 'csv' ? [] : ['\\'];
    const simple =
      !needsLook(characters) &&
      options.default === null &&
      options.forceNull.length === 0 &&
      options.forceNotNull.length === 0 &&
      (options.null === '\\N' || !special.some((character) => options.null.includes(character)));
    return simple ? new FieldSyntax(options) : undefined;
  }

  private constructor(options: CopyOptions) {
    this.#isCsv = options.format === 'csv';
    this.delimiter = options.delimiter.charCodeAt(0);
    this.#quote = options.quote.charCodeAt(0);
    this.#escape = options.escape.charCodeAt(0);
    const ends = [this.delimiter, LINE_FEED, CARRIAGE_RETURN];
    const special = this.#isCsv ? this.#quote : BACKSLASH;
    this.delimiters = fourTimes(this.delimiter);
    this.specials = fourTimes(special);
    this.#stops = new RunStops([...ends, special], this.delimiter, special);
    this.#quotedStops = new RunStops(
      [this.#quote, this.#escape, LINE_FEED, CARRIAGE_RETURN],
      this.#quote,
      this.#escape,
    );
    this.#null = Buffer.from(options.null, 'utf8');
    this.nullBytes = this.#null.length;
    this.shortNull = this.nullBytes <= 4;
    this.nullMask = this.nullBytes >= 4 ? -1 : (1 << (8 * this.nullBytes)) - 1;
    this.nullWord = this.shortNull ? Buffer.concat([this.#null], 4).readInt32LE() : 0;
    for (const byte of this.#null.length === 0 ? ends : [this.#null[0]!]) this.beginsNull[byte] = 1;
    // Digits and `x` spell bytes, a point may end the data.
    for (let byte = 0x20; byte < 0x7f; byte++) this.#escapes[byte] = byte;
    for (const byte of Buffer.from('01234567x.')) this.#escapes[byte] = 0;
    for (const [letter, byte] of Object.entries(LETTERS)) this.#escapes[letter.charCodeAt(0)] = byte;
  }

  /** Where the NULL at `position` ends; -1 if there is none. */
  endOfNull(bytes: Buffer, position: number): number {
    for (let index = 0; index < this.#null.length; index++)
      if (bytes[position + index] !== this.#null[index]) return -1;
    const end = position + this.#null.length;
    const byte = bytes[end]!;
    return byte === this.delimiter || byte === LINE_FEED || byte === CARRIAGE_RETURN ? end : -1;
  }

  /** Begins with the data at `start` to `end`, which are others than those before. */
  begin(start: number, end: number): void {
    this.#stops.reset(end);
    this.#quotedStops.reset(end);
    const needed = end - start + 16;
    if (needed <= this.field.length) return;
    this.field = Buffer.allocUnsafeSlow(needed);
    this.fieldView = new DataView(this.field.buffer, this.field.byteOffset, this.field.byteLength);
  }

  /**
   * Copies the value of the field at `position` to `to` and sets `end` to the end of the copy. Returns the end of the field, or -1 for
   * what the ordinary way should look at, as are newlines that belong to a value.
   */
  copyField(target: Buffer, targetView: DataView, to: number, bytes: Buffer, view: DataView, position: number): number {
    if (this.#isCsv) return this.#copyCsv(target, targetView, to, bytes, view, position);
    let from = position;
    let end = to;
    for (;;) {
      const at = this.#stops.copyRun(target, targetView, end, bytes, view, from);
      end += at - from;
      if (bytes[at] !== BACKSLASH) {
        this.end = end;
        return at;
      }
      const byte = this.#escapes[bytes[at + 1]!]!;
      if (byte === 0) return -1;
      target[end++] = byte;
      from = at + 2;
    }
  }

  /** Copies what is left, at `from`, of a long field without quotes or escapes; returns where a special character follows it. */
  copyRest(target: Buffer, targetView: DataView, to: number, bytes: Buffer, view: DataView, from: number): number {
    return this.#stops.copyRest(target, targetView, to, bytes, view, from);
  }

  #copyCsv(target: Buffer, targetView: DataView, to: number, bytes: Buffer, view: DataView, position: number): number {
    const quote = this.#quote;
    if (bytes[position] !== quote) {
      const at = this.#stops.copyRun(target, targetView, to, bytes, view, position);
      this.end = to + at - position;
      return bytes[at] === quote ? -1 : at;
    }
    let from = position + 1;
    let end = to;
    for (;;) {
      const at = this.#quotedStops.copyRun(target, targetView, end, bytes, view, from);
      end += at - from;
      const byte = bytes[at]!;
      const next = bytes[at + 1]!;
      if (byte === this.#escape && (next === quote || next === this.#escape)) {
        target[end++] = next;
        from = at + 2;
      } else if (byte === quote) {
        this.end = end;
        return at + 1;
      } else if (byte === this.#escape) {
        target[end++] = byte;
        from = at + 1;
      } else return -1;
    }
  }
}
