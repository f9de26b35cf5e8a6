import { type Format, PgError, sqlstate } from '@riffq/wire';
import type { Data, RecordBatch, Schema } from 'apache-arrow';
import { checkBatchSchema } from './check-batch-schema.js';
import { damageReport } from './damage-report.js';
import type { Column } from './encode/column.js';
import { CompiledRows, type RowLoop } from './encode/compiled-rows.js';
import { encodeRows } from './encode/encode-rows.js';
import { planColumn } from './encode/plan-column.js';
import { dataRowFrame, type RowFrame } from './encode/row-frame.js';
import { RowSizes } from './encode/row-sizes.js';
import { Staging } from './encode/staging.js';
import type { ValueEncoding } from './encode/value-encoding.js';
import { encodingOf, schemaEncodings } from './schema-encodings.js';
import { defaultTypeOptions, type TypeOptions } from './type-options.js';
import { UnsendableValue } from './unsendable-value.js';

/** Rows that are sized and encoded at once: few enough that the end of a buffer is used, many enough to forget the cost. */
const BLOCK_ROWS = 128;
/** A result of fewer rows is encoded before a loop of its own would be warm. */
const COMPILED_AFTER_ROWS = 10_000;
/** A batch of fewer rows is encoded before a loop of its own would be found. */
const FEWEST_COMPILED_ROWS = 64;
/** PostgreSQL's own limit of a message (MaxAllocSize). */
const MAXIMUM_ROW_BYTES = 0x3fff_ffff;
const noRows = new RowSizes([], dataRowFrame);
/** The columns of a batch in buffers up to this size are kept for when it comes again, as that of a constant table does. */
const LARGEST_KEPT_BYTES = 16 * 1024;
const noStaging = new Staging([]);
/** What a {@link RowEncoder} is told beside schema and formats. */
export interface RowEncoderOptions extends Partial<TypeOptions> {
  /** What stands around the values: DataRow, unless another encoder builds on this one. */
  readonly frame?: RowFrame;
  /** Rows of the same result that another encoder has written, which errors count. @defaultValue 0 */
  readonly rowsBefore?: number;
}

/** A DataRow counts its columns in 16 bits. */
const MAXIMUM_COLUMNS = 0x7fff;

/**
 * Encodes record batches as DataRow messages
 * (https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-DATAROW), straight from the
 * Arrow buffers into the caller's buffer. One encoder serves one result: all its batches, one after another.
 *
 * Text is what PostgreSQL prints, under the `settings` given or else with DateStyle ISO, TimeZone UTC, bytea_output hex and
 * extra_float_digits 1; binary is what its send functions write. Nanoseconds are rounded to the nearest microsecond.
 *
 * @example
 * const encoder = new RowEncoder(table.schema, table.schema.fields.map(() => 'text'));
 * for (const batch of table.batches) {
 *   encoder.setBatch(batch);
 *   while (encoder.remainingRows > 0) {
 *     const chunk = new Uint8Array(Math.max(65_536, encoder.nextRowSize()));
 *     socket.write(chunk.subarray(0, encoder.encode(chunk, 0, encoder.remainingRows)));
 *   }
 * }
 */
export class RowEncoder {
  readonly #schema: Schema;
  readonly #encodings: readonly ValueEncoding[];
  readonly #options: TypeOptions;
  readonly #formats: readonly Format[];
  readonly #frame: RowFrame;
  readonly #compiled: CompiledRows;
  readonly #rowsBefore: number;
  #batchNumber = 0;
  /** The batch of the columns, if it is small. */
  #batch: RecordBatch | undefined;
  /** What the columns are of. */
  #data: readonly Data[] = [];
  #columns: readonly Column[] = [];
  #sizes = noRows;
  #staging = noStaging;
  /** The batch's own, once it is worth it. */
  #loop: RowLoop | undefined;
  #row = 0;
  #rows = 0;
  #encodedRows = 0;

  /**
   * @param formats - one per column
   * @throws PgError 0A000 for a column type that has no encoder, 42846 for one that cannot be sent as its metadata declares,
   * 54011 for more than 32767 columns
   */
  constructor(schema: Schema, formats: readonly Format[], options: RowEncoderOptions = {}) {
    if (schema.fields.length > MAXIMUM_COLUMNS) {
      throw new PgError({
        sqlstate: sqlstate.too_many_columns,
        message: `a result can have at most ${MAXIMUM_COLUMNS} columns`,
      });
    }
    this.#schema = schema;
    this.#options = { settings: options.settings ?? defaultTypeOptions.settings };
    this.#formats = formats;
    this.#frame = options.frame ?? dataRowFrame;
    this.#compiled = new CompiledRows(this.#frame);
    this.#rowsBefore = options.rowsBefore ?? 0;
    this.#encodings = schemaEncodings(schema, formats, this.#options);
  }

  /** Rows of the current batch that are not encoded yet. */
  get remainingRows(): number {
    return this.#rows - this.#row;
  }

  /** An upper bound of the bytes of those rows. */
  get remainingSize(): number {
    return this.#sizes.bound(this.#row, this.#rows);
  }

  /** Rows of the result encoded so far, over all batches. */
  get encodedRows(): number {
    return this.#rowsBefore + this.#encodedRows;
  }

  /**
   * Turns to the next batch; what was left of the one before is given up.
   *
   * @throws PgError XX000 if a column's name or PostgreSQL type is not what the result's schema says, naming batch and column;
   * XX001 for data whose buffers do not fit each other
   */
  setBatch(batch: RecordBatch): void {
    this.#batchNumber += 1;
    if (batch !== this.#batch) this.#planBatch(batch);
    this.#row = 0;
    this.#rows = batch.numRows;
    this.#loop = this.#findLoop();
  }

  /** Begins another result of the same columns: its rows and batches are counted from one again. */
  restart(): void {
    this.#batchNumber = 0;
    this.#encodedRows = 0;
    this.#row = 0;
    this.#rows = 0;
    this.#loop = undefined;
    if (this.#batch !== undefined) return;
    this.#data = [];
    this.#columns = [];
    this.#sizes = noRows;
    this.#staging = noStaging;
  }

  /**
   * Writes as many whole rows as fit into `target` from `offset` on, at most `maxRows`, and returns the position after them:
   * `offset` itself when not even the next row fits (see {@link nextRowSize}) or none is left. What was in `target` behind that
   * position may be overwritten.
   *
   * @throws PgError 22008 for a date or time that PostgreSQL has not, 22003 for a number that the column's type has not, 2202E
   * for lists that are no array, naming column and row; the rows before it have been given out by then
   */
  encode(target: Uint8Array, offset: number, maxRows: number): number {
    // Views of the encoder's own, so that the row loop never sees a subclass such as Buffer.
    const plain = target.constructor === Uint8Array;
    const bytes = plain ? target : new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
    const view = viewOf(target);
    const endRow = this.#row + Math.min(maxRows, this.remainingRows);
    let position = offset;
    while (this.#row < endRow) {
      const room = Math.min(bytes.length - position, MAXIMUM_ROW_BYTES);
      let rows = Math.min(BLOCK_ROWS, endRow - this.#row);
      while (rows > 0 && this.#sizes.bound(this.#row, this.#row + rows) > room) rows >>= 1;
      if (rows === 0) break;
      rows = this.#stage(rows, bytes, room);
      try {
        position = this.#encodeBlock(rows, bytes, view, position);
      } catch (error) {
        return this.#encodeUntilError(error, bytes, view, offset, position);
      }
      this.#row += rows;
      this.#encodedRows += rows;
    }
    if (this.#loop === undefined && this.#encodedRows >= COMPILED_AFTER_ROWS) this.#loop = this.#findLoop();
    return position;
  }

  /**
   * An upper bound of the bytes of the next row, 0 if none is left.
   *
   * @throws PgError 54000 if the row may be longer than a message can be (1 GiB)
   */
  nextRowSize(): number {
    if (this.remainingRows === 0) return 0;
    const size = this.#sizes.bound(this.#row, this.#row + 1);
    if (size <= MAXIMUM_ROW_BYTES) return size;
    throw new PgError({
      sqlstate: sqlstate.program_limit_exceeded,
      message: `row ${this.encodedRows + 1} is too large to be sent`,
      detail: `It may take ${size} bytes; the limit is ${MAXIMUM_ROW_BYTES}.`,
    });
  }

  /** Copies the long texts of as many of these rows as there is room for; returns how many, all if there are none. */
  #stage(rows: number, bytes: Uint8Array, room: number): number {
    const staging = this.#staging;
    if (staging.isEmpty) return rows;
    const first = this.#row;
    for (let staged = rows; staged > 0; staged >>= 1) {
      if (this.#sizes.bound(first, first + staged) + staging.bytes(first, first + staged) > room) continue;
      staging.copy(first, first + staged, bytes);
      return staged;
    }
    // The last row of a buffer, or one that is as long as it.
    staging.forget();
    return rows;
  }

  #encodeBlock(rows: number, bytes: Uint8Array, view: DataView, position: number): number {
    const endRow = this.#row + rows;
    if (this.#loop !== undefined) return this.#loop(this.#row, endRow, bytes, view, position);
    return encodeRows(this.#columns, this.#frame, this.#row, endRow, bytes, view, position);
  }

  #findLoop(): RowLoop | undefined {
    if (this.remainingRows < FEWEST_COMPILED_ROWS) return undefined;
    return this.#compiled.loop(this.#columns, { known: this.#encodedRows < COMPILED_AFTER_ROWS });
  }

  #planBatch(batch: RecordBatch): void {
    checkBatchSchema(batch, this.#batchNumber, this.#schema);
    this.#data = batch.data.children;
    this.#columns = this.#data.map((data, index) => this.#planColumn(data, index));
    this.#sizes = new RowSizes(this.#columns, this.#frame);
    this.#staging = new Staging(this.#columns);
    this.#batch = this.#columns.every(isSmall) ? batch : undefined;
  }

  #planColumn(data: Data, index: number): Column {
    const { name, type: expected, metadata } = this.#schema.fields[index]!;
    const known = data.type === expected ? this.#encodings[index] : undefined;
    const encoding = known ?? encodingOf({ name, type: data.type, metadata }, this.#formats[index], this.#options);
    try {
      return planColumn(data, encoding);
    } catch (error) {
      throw damageReport(error, [{ name, data }], data.length, this.encodedRows);
    }
  }

  /**
   * After an error in a block of rows that begins at `position`: writes the good rows before the bad one, or, when there are
   * none since `offset`, throws what the client is told.
   */
  #encodeUntilError(error: unknown, bytes: Uint8Array, view: DataView, offset: number, position: number): number {
    if (!(error instanceof UnsendableValue)) {
      const columns = this.#data.map((data, index) => ({ name: this.#schema.fields[index]!.name, data }));
      throw damageReport(error, columns, this.#rows, this.encodedRows);
    }
    this.#staging.forget();
    let end = position;
    for (;;) {
      try {
        end = encodeRows(this.#columns, this.#frame, this.#row, this.#row + 1, bytes, view, end);
      } catch {
        if (end > offset) return end;
        throw this.#unsendable(error, bytes, view, end);
      }
      this.#row += 1;
      this.#encodedRows += 1;
    }
  }

  /** Names the column by encoding the row's columns one by one. */
  #unsendable(error: UnsendableValue, bytes: Uint8Array, view: DataView, position: number): PgError {
    const column = this.#columns.findIndex((candidate) => {
      try {
        encodeRows([candidate], this.#frame, this.#row, this.#row + 1, bytes, view, position);
        return false;
      } catch {
        return true;
      }
    });
    return new PgError({
      sqlstate: error.sqlstate,
      message: `${error.message} in column "${this.#schema.fields[column]?.name}", row ${this.encodedRows + 1}`,
      ...(error.detail === undefined ? {} : { detail: error.detail }),
      hint: error.hint,
    });
  }
}

/** Whoever sends many small results writes them into the same buffer. */
let lastTarget: Uint8Array = new Uint8Array();
let lastView: DataView = new DataView(lastTarget.buffer);

function viewOf(target: Uint8Array): DataView {
  if (target === lastTarget) return lastView;
  const view = new DataView(target.buffer, target.byteOffset, target.byteLength);
  if (target.byteLength <= LARGEST_KEPT_BYTES) {
    lastTarget = target;
    lastView = view;
  }
  return view;
}

/** Neither its values nor what they are a part of would keep much memory; what a writer holds is not known. */
function isSmall({ view, offsets, validity, indices, writer }: Column): boolean {
  const kept = view.buffer.byteLength + offsets.buffer.byteLength + (validity?.buffer.byteLength ?? 0);
  return writer === null && indices === null && kept <= LARGEST_KEPT_BYTES;
}
