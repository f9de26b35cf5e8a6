import type { RecordBatch, Schema } from 'apache-arrow';
import { makeRecordBatch } from '../../record-batch.js';
import { stoppedClock } from '../../text-values/date-time-context.js';
import type { BuilderOptions } from '../values/builder-options.js';
import type { ColumnBuilder } from '../values/column-builder.js';
import { makeColumnBuilder } from '../values/make-column-builder.js';

/** So many bytes of COPY data make a batch, however few rows they are. */
const BATCH_BYTES = 8 * 1024 * 1024;

/** The rows of the batch that is being read. */
export class BatchCollector {
  readonly columns: readonly ColumnBuilder[];
  readonly #schema: Schema;
  readonly #batchRows: number;
  rows = 0;
  #bytes = 0;

  constructor(schema: Schema, batchRows: number, options: BuilderOptions) {
    this.#schema = schema;
    this.#batchRows = batchRows;
    const clock = stoppedClock();
    this.columns = schema.fields.map((field) => makeColumnBuilder(field, options, clock));
  }

  /** Whether the batch should be taken before another row is read. */
  get isFull(): boolean {
    return this.rows >= this.#batchRows || this.#bytes >= BATCH_BYTES;
  }

  /** Rows that the batch still takes. */
  get remainingRows(): number {
    return this.#batchRows - this.rows;
  }

  /** Bytes that the batch still takes. */
  get remainingBytes(): number {
    return BATCH_BYTES - this.#bytes;
  }

  /** Makes room for a row, or so many of them. */
  begin(rows = 1): void {
    for (const column of this.columns) column.reserve(this.rows + rows - 1);
  }

  /** Keeps rows, which were `bytes` long. */
  keep(rows: number, bytes: number): void {
    this.rows += rows;
    this.#bytes += bytes;
  }

  /** Gives up the row. */
  drop(): void {
    for (const column of this.columns) column.clear(this.rows);
  }

  /** The batch; a new one begins. */
  take(): RecordBatch {
    const children = this.columns.map((column) => column.finish(this.rows));
    const batch = makeRecordBatch(this.#schema, this.rows, children);
    this.rows = 0;
    this.#bytes = 0;
    return batch;
  }
}
