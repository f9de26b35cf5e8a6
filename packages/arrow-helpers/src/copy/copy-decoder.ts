import { PgError, sqlstate } from '@riffq/wire';
import type { RecordBatch, Schema } from 'apache-arrow';
import type { CopyOptions } from './options/copy-options.js';
import { BatchCollector } from './read/batch-collector.js';
import { BinaryCopyReader } from './read/binary-copy-reader.js';
import type { CopyReader, SkippedRow } from './read/copy-reader.js';
import { MAXIMUM_BYTES } from './read/data-buffer.js';
import { LineCopyReader } from './read/line-copy-reader.js';
import type { BuilderOptions } from './values/builder-options.js';

const DEFAULT_BATCH_ROWS = 8192;

/** What a {@link CopyDecoder} is told beside the statement's options. */
export interface CopyDecoderOptions extends BuilderOptions {
  /** The table's name without schema, for the CONTEXT of errors. */
  readonly table: string;
  /** The most rows that a batch has. @defaultValue 8192 */
  readonly batchRows?: number;
  /** The most bytes that a line has, or in binary a field. @defaultValue 1073741823, which is PostgreSQL's own limit */
  readonly lineBytes?: number;
  /** Is told of every row that ON_ERROR ignore leaves out. */
  readonly onSkippedRow?: (row: SkippedRow) => void;
  /** Whether the schema has all columns of the table, so that others are unknown and not only left out. @defaultValue false */
  readonly isWholeTable?: boolean;
}

/**
 * Decodes the data of COPY FROM STDIN into record batches. Chunks may be cut anywhere; batches are cut by rows and bytes
 * alone, so that they and errors are the same however the chunks were.
 *
 * Values are read by their column's Arrow type with PostgreSQL's input syntax, dates and times in every style that PostgreSQL
 * prints and in ISO 8601.
 *
 * @example
 * const decoder = new CopyDecoder(schema, resolveCopyOptions([{ name: 'format', value: 'csv' }], 'from'), { table: 'flights' });
 * for (const chunk of chunks) for (const batch of decoder.push(chunk)) insert(batch);
 * for (const batch of decoder.end()) insert(batch);
 */
export class CopyDecoder {
  readonly #batch: BatchCollector;
  readonly #reader: CopyReader;

  /**
   * @param schema - the columns in the order of the data
   * @throws PgError 0A000 for a column type that data is not read into, 42P10 for a FORCE_NULL or FORCE_NOT_NULL column
   * that the schema does not have, 22023 for a `batchRows` that is no whole number above 0
   */
  constructor(schema: Schema, options: CopyOptions, decoderOptions: CopyDecoderOptions) {
    const { table, batchRows = DEFAULT_BATCH_ROWS, lineBytes = MAXIMUM_BYTES } = decoderOptions;
    if (!Number.isInteger(batchRows) || batchRows < 1) {
      throw new PgError({
        sqlstate: sqlstate.invalid_parameter_value,
        message: `batchRows must be a whole number above 0, not ${batchRows}`,
      });
    }
    this.#batch = new BatchCollector(schema, batchRows, decoderOptions);
    this.#reader =
      options.format === 'binary'
        ? new BinaryCopyReader(schema, this.#batch, table, lineBytes)
        : new LineCopyReader(schema, options, this.#batch, { ...decoderOptions, lineBytes });
  }

  /** The line (in binary, the row) that is being read, from 1: for the CONTEXT of what goes wrong around the data. */
  get line(): number {
    return this.#reader.line;
  }

  /** Rows left out so far because of ON_ERROR ignore, about which the client gets a NOTICE at the end. */
  get skippedRows(): number {
    return this.#reader.skippedRows;
  }

  /**
   * Takes a chunk of data and gives the batches that became full. The chunk is read as the batches are asked for: iterate to
   * the end, and change it no sooner.
   *
   * @throws PgError with PostgreSQL's message, SQLSTATE and CONTEXT for data that is wrong
   */
  *push(chunk: Uint8Array): Generator<RecordBatch, void, undefined> {
    this.#reader.append(chunk);
    while (this.#reader.advance()) while (this.#reader.read(false)) yield this.#batch.take();
  }

  /**
   * Gives what is left when no more data comes.
   *
   * @throws PgError as {@link CopyDecoder.push}
   */
  *end(): Generator<RecordBatch, void, undefined> {
    while (this.#reader.read(true)) yield this.#batch.take();
    if (this.#batch.rows > 0) yield this.#batch.take();
  }
}
