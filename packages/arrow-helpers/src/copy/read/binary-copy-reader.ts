import type { Schema } from 'apache-arrow';
import { BINARY_SIGNATURE } from '../syntax/binary-signature.js';
import type { BatchCollector } from './batch-collector.js';
import { type BinaryRowLoop, binaryRowLoops } from './binary-rows.js';
import { badFormat, withContext } from './copy-context.js';
import type { CopyReader } from './copy-reader.js';
import { DataBuffer } from './data-buffer.js';
import { progress } from './loop-progress.js';
import { COMPILED_AFTER_ROWS, loopBytes } from './row-loops.js';

/** So much of a row is left until the rest is there. */
const MOST_LEFT_BYTES = 4096;
const MOST_LEFT_FIELDS = 256;
const WITH_OIDS = 0x1_0000;

/** What comes next. */
type Expected =
  | 'signature'
  | 'flags'
  | 'extensionLength'
  | 'extension'
  | 'fieldCount'
  | 'fieldSize'
  | 'field'
  | 'nothing';

/** Reads COPY data in binary format (https://www.postgresql.org/docs/18/sql-copy.html#id-1.9.3.55.9.4). */
export class BinaryCopyReader implements CopyReader {
  readonly skippedRows = 0;
  readonly #names: readonly string[];
  readonly #batch: BatchCollector;
  readonly #table: string;
  readonly #data: DataBuffer;
  #expected: Expected = 'signature';
  #extensionBytes = 0;
  #fieldBytes = 0;
  #rowBytes = 0;
  #rowNumber = 0;
  /** The column that comes next, and whether its size is known. */
  #column = 0;
  #inColumn = false;
  /** Whether there is text that is not UTF-8 in what has arrived. */
  #isBad = false;
  #loop: BinaryRowLoop;
  #isLong = false;

  constructor(schema: Schema, batch: BatchCollector, table: string, fieldBytes: number) {
    this.#data = new DataBuffer(fieldBytes);
    this.#names = schema.fields.map(({ name }) => name);
    this.#batch = batch;
    this.#loop = binaryRowLoops.loopFor(batch.columns, 0);
    this.#table = table;
  }

  get line(): number {
    // Of a row that has been left until all of it is there, at least the count of fields is.
    const isBegun = this.#expected === 'fieldCount' && this.#data.end - this.#data.start >= 2;
    return Math.max(1, this.#rowNumber + (isBegun ? 1 : 0));
  }

  append(chunk: Uint8Array): void {
    this.#data.append(chunk);
  }

  advance(): boolean {
    return this.#data.advance();
  }

  read(last: boolean): boolean {
    try {
      while (!this.#batch.isFull) {
        if (this.#expected === 'fieldCount') {
          if (!last && this.#isCutShort()) return false;
          if (this.#readRows()) continue;
        }
        if (!this.#step()) {
          if (last) this.#checkEnd();
          return false;
        }
      }
      return true;
    } catch (error) {
      if (this.#rowNumber === 0) throw error;
      const line = `COPY ${this.#table}, line ${this.#rowNumber}`;
      throw withContext(error, this.#inColumn ? `${line}, column ${this.#names[this.#column]}` : line);
    }
  }

  /** Reads whole rows in which nothing is wrong; false if there is none. */
  #readRows(): boolean {
    const batch = this.#batch;
    const { columns, rows: first } = batch;
    const { bytes, view, start, end, maximum } = this.#data;
    const overhead = 2 + 4 * columns.length;
    if (this.#isBad || columns.length === 0 || end - start < overhead) return false;
    const most = Math.min(batch.remainingRows, Math.floor((end - start) / overhead));
    // The row with which the batch has all of its bytes is not among them.
    const limit = Math.min(end, start + Math.min(batch.remainingBytes, loopBytes(columns.length)));
    batch.begin(most);
    for (const column of columns) column.reserveBytes(limit - start, first);
    const stop = this.#loop(columns, bytes, view, start, limit, first, first + most, maximum);
    const rows = progress.row - first;
    // A loop has read a row that is cut off to its end, and taken what lies behind the data for NULLs of it.
    if (rows < most) for (const column of columns) column.clear(progress.row);
    if (!columns.every((column) => column.isGood(first, progress.row))) {
      // The ordinary way finds out where, and throws.
      this.#isBad = true;
      return false;
    }
    batch.keep(rows, stop - start - rows * overhead);
    this.#rowNumber += rows;
    this.#data.start = stop;
    if (!this.#isLong && this.#rowNumber >= COMPILED_AFTER_ROWS) {
      this.#isLong = true;
      this.#loop = binaryRowLoops.loopFor(columns, this.#rowNumber);
    }
    return rows > 0;
  }

  /** Whether there is a part of a row and nothing wrong with its sizes, so that it can be read at once when the rest is there. */
  #isCutShort(): boolean {
    const { view, start, end, maximum } = this.#data;
    const fields = this.#names.length;
    // What is long is read field by field, lest it be looked at again and again.
    if (end - start > MOST_LEFT_BYTES || fields > MOST_LEFT_FIELDS) return false;
    if (end - start < 2) return true;
    if (view.getInt16(start) !== fields) return false;
    let at = start + 2;
    for (let field = 0; field < fields; field++) {
      if (at + 4 > end) return true;
      const size = view.getInt32(at);
      if (size < -1 || size > maximum) return false;
      at += 4 + Math.max(size, 0);
    }
    return at > end;
  }

  /** Reads what comes next; false if it has not arrived whole. */
  #step(): boolean {
    const data = this.#data;
    const arrived = data.end - data.start;
    switch (this.#expected) {
      case 'signature':
        return this.#readSignature();
      case 'flags':
        if (arrived < 4) return false;
        this.#readFlags(this.#take(4));
        return true;
      case 'extensionLength':
        if (arrived < 4) return false;
        this.#extensionBytes = data.bytes.readInt32BE(this.#take(4));
        if (this.#extensionBytes < 0) throw badFormat('invalid COPY file header (missing length)');
        this.#expected = 'extension';
        return true;
      case 'extension': {
        const skipped = Math.min(arrived, this.#extensionBytes);
        this.#take(skipped);
        this.#extensionBytes -= skipped;
        if (this.#extensionBytes > 0) return false;
        this.#expected = 'fieldCount';
        return true;
      }
      case 'fieldCount':
        if (arrived < 2) return false;
        this.#readFieldCount(this.#take(2));
        return true;
      case 'fieldSize':
        if (arrived < 4) return false;
        this.#readFieldSize(this.#take(4));
        return true;
      case 'field':
        if (arrived < this.#fieldBytes) return false;
        this.#readField(this.#take(this.#fieldBytes));
        return true;
      case 'nothing':
        if (arrived > 0) throw badFormat('received copy data after EOF marker');
        return false;
    }
  }

  /** Goes over bytes and returns where they are. */
  #take(bytes: number): number {
    const { start } = this.#data;
    this.#data.start += bytes;
    return start;
  }

  #readSignature(): boolean {
    const { bytes, start, end } = this.#data;
    const length = Math.min(end - start, BINARY_SIGNATURE.length);
    if (length < BINARY_SIGNATURE.length) return false;
    if (bytes.compare(BINARY_SIGNATURE, 0, length, start, start + length) !== 0) throw unknownSignature();
    this.#take(length);
    this.#expected = 'flags';
    return true;
  }

  #readFlags(at: number): void {
    const flags = this.#data.bytes.readUInt32BE(at);
    if ((flags & WITH_OIDS) !== 0) throw badFormat('invalid COPY file header (WITH OIDS)');
    if (flags >>> 16 !== 0) throw badFormat('unrecognized critical flags in COPY file header');
    this.#expected = 'extensionLength';
  }

  #readFieldCount(at: number): void {
    this.#rowNumber++;
    const count = this.#data.bytes.readInt16BE(at);
    if (count === -1) {
      this.#expected = 'nothing';
      return;
    }
    const expected = this.#names.length;
    if (count !== expected) throw badFormat(`row field count is ${count}, expected ${expected}`);
    this.#batch.begin();
    this.#column = 0;
    this.#rowBytes = 0;
    this.#endFieldsIfDone();
  }

  #readFieldSize(at: number): void {
    this.#inColumn = true;
    const size = this.#data.bytes.readInt32BE(at);
    if (size < -1) throw badFormat('invalid field size');
    if (size > this.#data.maximum) throw this.#data.tooLong(0, size);
    if (size === -1) {
      this.#batch.columns[this.#column]!.setNull(this.#batch.rows);
      this.#endField();
      return;
    }
    this.#fieldBytes = size;
    this.#expected = 'field';
  }

  #readField(at: number): void {
    const { columns, rows } = this.#batch;
    columns[this.#column]!.setBinary(rows, this.#data.bytes, at, at + this.#fieldBytes);
    this.#rowBytes += this.#fieldBytes;
    this.#endField();
  }

  #endField(): void {
    this.#inColumn = false;
    this.#column++;
    this.#endFieldsIfDone();
  }

  #endFieldsIfDone(): void {
    if (this.#column < this.#names.length) {
      this.#expected = 'fieldSize';
      return;
    }
    this.#batch.keep(1, this.#rowBytes);
    this.#expected = 'fieldCount';
  }

  /** Objects to data that ends too early; the end marker itself may be missing. */
  #checkEnd(): void {
    switch (this.#expected) {
      case 'signature':
        throw unknownSignature();
      case 'flags':
        throw badFormat('invalid COPY file header (missing flags)');
      case 'extensionLength':
        throw badFormat('invalid COPY file header (missing length)');
      case 'extension':
        throw badFormat('invalid COPY file header (wrong length)');
      case 'fieldSize':
      case 'field':
        this.#inColumn = true;
        throw badFormat('unexpected EOF in COPY data');
      case 'fieldCount':
      case 'nothing':
        return;
    }
  }
}

function unknownSignature(): Error {
  return badFormat('COPY file signature not recognized');
}
