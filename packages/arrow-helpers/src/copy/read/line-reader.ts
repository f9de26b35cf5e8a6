import { isUtf8 } from 'node:buffer';
import { badTextStart, sequenceLength } from '../../utf8-text.js';
import type { CopyOptions } from '../options/copy-options.js';
import { notUtf8 } from '../values/check-utf8.js';
import { badFormat } from './copy-context.js';
import { DataBuffer } from './data-buffer.js';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BACKSLASH = 0x5c;
const POINT = 0x2e;

/**
 * Cuts COPY data in text or CSV format into lines, as CopyReadLineText does: the first line decides how lines end, quoted
 * newlines belong to the line, and `\.` ends text. What is not a whole line yet is looked at only once.
 */
export class LineReader {
  readonly #data: DataBuffer;
  readonly #csv: boolean;
  readonly #quote: number;
  /** -1 if it is the quote itself. */
  readonly #escape: number;
  /** By byte: whether it means something to lines. */
  readonly #special = new Uint8Array(256);
  readonly #specials: readonly number[];
  #newline: 'unknown' | 'lf' | 'cr' | 'crlf' = 'unknown';
  /** How far the line at hand has been looked at, from its start. */
  #looked = 0;
  #inQuote = false;
  /** Where in the line an escape stands that the next byte is under, -2 if there is none. */
  #escapeAt = -2;
  #begun = false;
  /** The end of the data that is known to be good UTF-8, from the start of the line at hand. */
  #checked = 0;
  /** The end of the last line that is whole and within that, also from there. */
  #whole = 0;
  /** Whether what follows `#checked` is known to be bad: no line is read beyond that. */
  #isBad = false;
  #nextStart = 0;

  /** The number of the line at hand, from 1; newlines in quotes count. */
  number = 0;
  /** Where the line is in `bytes`, without its newline. */
  lineStart = 0;
  lineEnd = 0;
  /** After the end marker: all further data is left out. */
  ended = false;

  constructor(options: CopyOptions, lineBytes: number) {
    this.#data = new DataBuffer(lineBytes);
    this.#csv = options.format === 'csv';
    this.#quote = this.#csv ? options.quote.charCodeAt(0) : -1;
    this.#escape = this.#csv && options.escape !== options.quote ? options.escape.charCodeAt(0) : -1;
    const specials = [LINE_FEED, CARRIAGE_RETURN, ...(this.#csv ? [this.#quote, this.#escape] : [BACKSLASH])];
    this.#specials = specials.filter((byte) => byte >= 0);
    for (const byte of this.#specials) this.#special[byte] = 1;
  }

  /** What `lineStart` and `lineEnd` refer to, until the next line is asked for. */
  get bytes(): Buffer {
    return this.#data.bytes;
  }

  /** Of the same bytes. */
  get view(): DataView {
    return this.#data.view;
  }

  /** Begins with a chunk of data. */
  append(chunk: Uint8Array): void {
    if (!this.ended) this.#data.append(chunk);
  }

  /** Turns to the next piece of the chunk, false if there is none; throws 54000 if a line is too long. */
  advance(): boolean {
    if (this.ended) return false;
    this.#skipLine();
    const data = this.#data;
    if (!data.advance()) return false;
    if (!this.#isBad) this.#checkPiece();
    return true;
  }

  /** Looks at what has arrived now: whether it is text, and where its last line ends. */
  #checkPiece(): void {
    const data = this.#data;
    const from = data.start + this.#checked;
    const to = characterEnd(data.bytes, from, data.end);
    const fresh = data.bytes.subarray(from, to);
    this.#isBad = !isUtf8(fresh) || fresh.indexOf(0) >= 0;
    const good = this.#isBad ? badTextStart(data.bytes, from, to) : to;
    this.#checked = good - data.start;
    const newline = fresh.subarray(0, good - from).lastIndexOf(LINE_FEED);
    if (newline >= 0) this.#whole = from + newline + 1 - data.start;
  }

  /** How many bytes a newline has; 0 as long as that is not known, and where it is no line feed. */
  get newlineBytes(): number {
    return this.#newline === 'lf' ? 1 : this.#newline === 'crlf' ? 2 : 0;
  }

  /** From where on lines can be read without {@link LineReader.next}, up to {@link LineReader.wholeEnd}. */
  get wholeStart(): number {
    this.#skipLine();
    return this.#data.start;
  }

  /** The end of the lines that have arrived whole, and are text. */
  get wholeEnd(): number {
    return this.ended ? 0 : this.#data.start + this.#whole;
  }

  /** Goes over so many lines, none of which has a newline in it, up to `end`. */
  skip(lines: number, end: number): void {
    if (lines === 0) return;
    this.number += this.#begun ? lines - 1 : lines;
    this.#begun = false;
    this.#nextStart = end;
    this.#skipLine();
  }

  /**
   * Goes to the next line; false if it has not arrived whole.
   *
   * @param last - whether no more data comes, so that the rest is a line
   * @throws PgError 22P04 for a newline of the wrong kind, 22021 for bytes that are not UTF-8
   */
  next(last: boolean): boolean {
    if (this.ended) return false;
    this.#skipLine();
    if (!this.#begun) {
      this.#begun = true;
      this.number++;
    }
    const data = this.#data;
    this.lineStart = data.start;
    this.lineEnd = data.start;
    // As PostgreSQL, which has the good text before a bad sequence read first, and objects when it needs more.
    const limit = data.start + this.#checked;
    const end = this.#findEnd(data.bytes, data.start + this.#looked, limit, last && limit === data.end);
    if (end < 0) {
      if (!this.ended) this.#checkRest(limit, last);
      return false;
    }
    this.lineEnd = end;
    this.#begun = false;
    return true;
  }

  /** Objects to the sequence at `at` if it is bad, and all of it is there to be shown. */
  #checkRest(at: number, last: boolean): void {
    const { bytes, end } = this.#data;
    const isWhole = this.#isBad && at + sequenceLength(bytes[at]!) <= end;
    if (isWhole || (last && at < end)) throw notUtf8(bytes, at, end);
  }

  #skipLine(): void {
    if (this.#begun || this.#nextStart === 0) return;
    const skipped = this.#nextStart - this.#data.start;
    this.#checked = Math.max(0, this.#checked - skipped);
    this.#whole = Math.max(0, this.#whole - skipped);
    this.#data.start = this.#nextStart;
    this.#nextStart = 0;
    this.#looked = 0;
    this.#inQuote = false;
    this.#escapeAt = -2;
  }

  /** The end of the line, or -1 if it is not there yet. */
  #findEnd(bytes: Buffer, from: number, limit: number, last: boolean): number {
    if (!last && this.#whole === 0 && this.#isPlain(bytes.subarray(from, limit))) return this.#wait(limit);
    const special = this.#special;
    for (let at = from; at < limit; at++) {
      const byte = bytes[at]!;
      if (special[byte] === 0) continue;
      // PostgreSQL looks at the character after a carriage return in CSV, and for a line feed as long as one may come.
      if (byte === CARRIAGE_RETURN && at + 1 === limit && !last && this.#needsNext) return this.#wait(at);
      if (this.#csv) this.#lookAtQuote(byte, at - this.#data.start);
      if (this.#inQuote) continue;
      if (byte === LINE_FEED) {
        if (this.#newline === 'cr' || this.#newline === 'crlf') throw this.#wrongNewline('newline', '\\n');
        this.#newline = 'lf';
        return this.#endLine(at, at + 1);
      }
      if (byte === CARRIAGE_RETURN) {
        return this.#endLine(at, this.#carriageReturn(at, at + 1 < limit && bytes[at + 1] === LINE_FEED));
      }
      if (byte === BACKSLASH && !this.#csv) {
        if (at + 1 === limit && !last) return this.#wait(at);
        if (at + 1 < limit && bytes[at + 1] === POINT) return this.#endMarker(bytes, at, limit, last);
        at++;
      }
    }
    if (!last) return this.#wait(limit);
    this.ended = limit === this.#data.start;
    return this.ended ? -1 : this.#endLine(limit, limit);
  }

  /** Whether nothing in it means anything to lines: of what is cut short, native code finds that out sooner. */
  #isPlain(part: Buffer): boolean {
    for (const byte of this.#specials) if (part.includes(byte)) return false;
    return true;
  }

  get #needsNext(): boolean {
    return this.#csv || this.#newline === 'unknown' || this.#newline === 'crlf';
  }

  #lookAtQuote(byte: number, at: number): void {
    const escaped = this.#escapeAt === at - 1;
    this.#escapeAt = this.#inQuote && byte === this.#escape && !escaped ? at : -2;
    if (byte === this.#quote && !escaped) this.#inQuote = !this.#inQuote;
    if (this.#inQuote && byte === (this.#newline === 'lf' ? LINE_FEED : CARRIAGE_RETURN)) this.number++;
  }

  #wait(at: number): number {
    this.#looked = at - this.#data.start;
    return -1;
  }

  #endLine(end: number, next: number): number {
    this.#nextStart = next;
    return end;
  }

  /** The start of the next line. */
  #carriageReturn(at: number, lineFeedFollows: boolean): number {
    if (this.#newline === 'lf' || (this.#newline === 'crlf' && !lineFeedFollows)) {
      throw this.#wrongNewline('carriage return', '\\r');
    }
    if (this.#newline === 'unknown') this.#newline = lineFeedFollows ? 'crlf' : 'cr';
    return this.#newline === 'crlf' ? at + 2 : at + 1;
  }

  #wrongNewline(name: string, escaped: string): Error {
    const where = this.#csv ? 'unquoted' : 'literal';
    const hint = this.#csv ? `Use quoted CSV field to represent ${name}.` : `Use "${escaped}" to represent ${name}.`;
    return badFormat(`${where} ${name} found in data`, { hint });
  }

  /** Ends the data at `\.`, which must be a line of its own and end as the others do. */
  #endMarker(bytes: Buffer, at: number, limit: number, last: boolean): number {
    const newlineBytes = this.#newline === 'crlf' ? 2 : 1;
    const byteAt = (position: number): number => (position < limit ? bytes[position]! : 0);
    const first = at + 2;
    if (first >= limit && !last) return this.#wait(at);
    if (newlineBytes === 2 && byteAt(first) === LINE_FEED) throw markerOfOtherStyle();
    if (newlineBytes === 2 && byteAt(first) !== CARRIAGE_RETURN) throw markerNotAlone();
    const next = at + 1 + newlineBytes;
    if (next >= limit && !last) return this.#wait(at);
    const newline = byteAt(next);
    if (newline !== LINE_FEED && newline !== CARRIAGE_RETURN) throw markerNotAlone();
    const expected = this.#newline === 'cr' ? CARRIAGE_RETURN : LINE_FEED;
    if (this.#newline !== 'unknown' && newline !== expected) throw markerOfOtherStyle();
    if (at > this.#data.start) throw markerNotAlone();
    this.ended = true;
    return -1;
  }
}

function markerNotAlone(): Error {
  return badFormat('end-of-copy marker is not alone on its line');
}

function markerOfOtherStyle(): Error {
  return badFormat('end-of-copy marker does not match previous newline style');
}

/** The end of the last character that has arrived whole. */
function characterEnd(bytes: Buffer, from: number, end: number): number {
  for (let at = end - 1; at >= from && at >= end - 3; at--) {
    const byte = bytes[at]!;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return at + length > end ? at : end;
  }
  return end;
}
