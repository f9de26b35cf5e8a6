import { PgError, sqlstate } from '@riffq/wire';
import type { Schema } from 'apache-arrow';
import type { CopyOptions } from '../options/copy-options.js';
import { forcedColumns } from '../options/forced-columns.js';
import { FieldSyntax } from '../syntax/field-syntax.js';
import { isValueError } from '../values/value-error.js';
import type { BatchCollector } from './batch-collector.js';
import { badFormat, shown, withContext } from './copy-context.js';
import type { CopyReader, SkippedRow } from './copy-reader.js';
import { CsvSplitter } from './csv-splitter.js';
import { type DelimitedRowLoop, delimitedRowLoops } from './delimited-rows.js';
import { DEFAULT_FIELD, type FieldSplitter, isText, LineFields, NULL_FIELD } from './line-fields.js';
import { LineReader } from './line-reader.js';
import { progress } from './loop-progress.js';
import { COMPILED_AFTER_ROWS, loopBytes } from './row-loops.js';
import { TextSplitter } from './text-splitter.js';

/** What a {@link LineCopyReader} is told beside the statement's options. */
interface LineCopyOptions {
  readonly table: string;
  readonly lineBytes: number;
  readonly onSkippedRow?: ((row: SkippedRow) => void) | undefined;
  readonly isWholeTable?: boolean | undefined;
}

/** Reads COPY data in text and CSV format. */
export class LineCopyReader implements CopyReader {
  readonly #options: CopyOptions;
  readonly #names: readonly string[];
  readonly #batch: BatchCollector;
  readonly #table: string;
  readonly #lines: LineReader;
  readonly #splitter: FieldSplitter;
  readonly #fields: LineFields;
  readonly #null: Buffer;
  readonly #forceNull: readonly boolean[];
  readonly #forceNotNull: readonly boolean[];
  readonly #syntax: FieldSyntax | undefined;
  #loop: DelimitedRowLoop;
  #isLong = false;
  #headerPending: boolean;
  /** The column whose value is being read, -1 for none. */
  #column = -1;
  skippedRows = 0;
  readonly #onSkippedRow: LineCopyOptions['onSkippedRow'];

  constructor(
    schema: Schema,
    options: CopyOptions,
    batch: BatchCollector,
    { table, lineBytes, onSkippedRow, isWholeTable = false }: LineCopyOptions,
  ) {
    this.#onSkippedRow = onSkippedRow;
    this.#options = options;
    this.#names = schema.fields.map(({ name }) => name);
    this.#batch = batch;
    this.#loop = delimitedRowLoops.loopFor(batch.columns, 0);
    this.#table = table;
    this.#lines = new LineReader(options, lineBytes);
    this.#splitter = options.format === 'csv' ? new CsvSplitter(options) : new TextSplitter(options);
    this.#fields = new LineFields(this.#names.length);
    this.#null = Buffer.from(options.null, 'utf8');
    const { fields } = schema;
    const target = { table, isWholeTable };
    this.#forceNotNull = forcedColumns('FORCE_NOT_NULL', options.forceNotNull, fields, target);
    this.#forceNull = forcedColumns('FORCE_NULL', options.forceNull, fields, target);
    this.#headerPending = options.header !== false;
    this.#syntax = FieldSyntax.of(options);
  }

  get line(): number {
    return Math.max(1, this.#lines.number);
  }

  append(chunk: Uint8Array): void {
    this.#lines.append(chunk);
  }

  advance(): boolean {
    try {
      return this.#lines.advance();
    } catch (error) {
      throw this.#badLine(error);
    }
  }

  read(last: boolean): boolean {
    while (!this.#batch.isFull) {
      if (this.#readRows()) continue;
      const found = this.#nextLine(last);
      // No header is taken for an empty one.
      if (!found && !(this.#headerPending && this.#lines.ended)) return false;
      try {
        if (this.#headerPending) this.#readHeader();
        else this.#readRow();
      } catch (error) {
        throw withContext(error, this.#context());
      }
    }
    return true;
  }

  /** Reads whole lines in which all is plain; false if there is none. */
  #readRows(): boolean {
    const batch = this.#batch;
    const lines = this.#lines;
    const syntax = this.#syntax;
    const { columns, rows: first } = batch;
    const { newlineBytes } = lines;
    if (syntax === undefined || newlineBytes === 0 || this.#headerPending || columns.length === 0) return false;
    const start = lines.wholeStart;
    const arrived = lines.wholeEnd - start;
    if (arrived <= 0 || arrived > loopBytes(columns.length)) return false;
    const most = Math.min(batch.remainingRows, Math.ceil(arrived / (columns.length - 1 + newlineBytes)));
    // The line with which the batch has all of its bytes is not among them.
    const limit = start + Math.min(arrived, batch.remainingBytes);
    batch.begin(most);
    for (const column of columns) column.reserveBytes(arrived, first);
    syntax.begin(start, start + arrived);
    const { bytes, view } = lines;
    const stop = this.#loop(columns, syntax, bytes, view, start, limit, first, first + most, newlineBytes);
    const rows = progress.row - first;
    batch.keep(rows, stop - start - rows * newlineBytes);
    lines.skip(rows, stop);
    if (!this.#isLong && lines.number >= COMPILED_AFTER_ROWS) {
      this.#isLong = true;
      this.#loop = delimitedRowLoops.loopFor(columns, lines.number);
    }
    return rows > 0;
  }

  #nextLine(last: boolean): boolean {
    try {
      return this.#lines.next(last);
    } catch (error) {
      throw this.#badLine(error);
    }
  }

  /** A line that is bad itself is not shown. */
  #badLine(error: unknown): unknown {
    return withContext(error, `COPY ${this.#table}, line ${this.#lines.number}`);
  }

  #context(): string {
    const { bytes, lineStart, lineEnd, number } = this.#lines;
    const line = `COPY ${this.#table}, line ${number}`;
    if (this.#column < 0) return `${line}: ${shown(bytes, lineStart, lineEnd)}`;
    return `${line}, column ${this.#names[this.#column]}: ${this.#shownValue()}`;
  }

  /** The value that is being read. */
  #shownValue(): string {
    const { starts, ends, isUnescaped, unescaped } = this.#fields;
    const start = starts[this.#column]!;
    // FORCE_NOT_NULL has made a value of it.
    if (start === NULL_FIELD) return shown(this.#null, 0, this.#null.length);
    const source = isUnescaped[this.#column] ? unescaped : this.#lines.bytes;
    return shown(source, start, ends[this.#column]!);
  }

  #readRow(): void {
    const { bytes, lineStart, lineEnd } = this.#lines;
    const batch = this.#batch;
    const fields = this.#fields;
    const columnCount = this.#names.length;
    this.#column = -1;
    this.#split();
    if (fields.count > columnCount) throw badFormat('extra data after last expected column');
    batch.begin();
    const { rows, columns } = batch;
    for (let column = 0; column < columnCount; column++) {
      if (column >= fields.count) throw badFormat(`missing data for column "${this.#names[column]}"`);
      const start = fields.starts[column]!;
      const builder = columns[column]!;
      this.#column = column;
      try {
        if (start === NULL_FIELD) {
          if (this.#forceNotNull[column]) builder.setText(rows, this.#null, 0, this.#null.length);
          else builder.setNull(rows);
        } else {
          const source = fields.isUnescaped[column] ? fields.unescaped : bytes;
          const end = fields.ends[column]!;
          if (this.#forceNull[column] && isText(source, start, end, this.#null)) builder.setNull(rows);
          else builder.setText(rows, source, start, end);
        }
      } catch (error) {
        this.#skipRow(error);
        return;
      }
      this.#column = -1;
    }
    batch.keep(1, lineEnd - lineStart);
  }

  #split(): void {
    const { bytes, lineStart, lineEnd } = this.#lines;
    const fields = this.#fields;
    if (this.#names.length === 0) {
      fields.count = lineEnd > lineStart ? 1 : 0;
      return;
    }
    this.#splitter.split(bytes, lineStart, lineEnd, fields);
    if (this.#options.default === null) return;
    const column = fields.starts.subarray(0, Math.min(fields.count, fields.capacity)).indexOf(DEFAULT_FIELD);
    if (column < 0) return;
    const detail = `Column "${this.#names[column]}" has no default value.`;
    throw badFormat('unexpected default marker in COPY data', { detail });
  }

  /** Leaves the row out if ON_ERROR ignore allows it. */
  #skipRow(error: unknown): void {
    if (this.#options.onError === 'stop' || !isValueError(error)) throw error;
    this.#batch.drop();
    this.skippedRows++;
    this.#onSkippedRow?.({ line: this.line, column: this.#names[this.#column] ?? '', value: this.#shownValue() });
    const { rejectLimit } = this.#options;
    if (rejectLimit === 0 || this.skippedRows <= rejectLimit) return;
    throw new PgError({
      sqlstate: sqlstate.invalid_text_representation,
      message: `skipped more than REJECT_LIMIT (${rejectLimit}) rows due to data type incompatibility`,
    });
  }

  #readHeader(): void {
    this.#headerPending = false;
    this.#column = -1;
    if (this.#options.header !== 'match') return;
    const { bytes } = this.#lines;
    const fields = this.#fields;
    this.#split();
    const expected = this.#names.length;
    if (fields.count !== expected) {
      throw badFormat(`wrong number of fields in header line: got ${fields.count}, expected ${expected}`);
    }
    for (const [column, name] of this.#names.entries()) {
      const start = fields.starts[column]!;
      const source = fields.isUnescaped[column] ? fields.unescaped : bytes;
      const field = `column name mismatch in header line field ${column + 1}`;
      if (start === NULL_FIELD)
        throw badFormat(`${field}: got null value ("${this.#options.null}"), expected "${name}"`);
      const found = source.toString('utf8', start, fields.ends[column]!);
      if (found !== name) throw badFormat(`${field}: got "${found}", expected "${name}"`);
    }
  }
}
