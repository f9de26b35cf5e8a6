import type { Schema } from 'apache-arrow';
import { MESSAGE_HEADER_BYTES } from '../encode/row-frame.js';
import { RowEncoder } from '../row-encoder.js';
import type { TypeOptions } from '../type-options.js';
import { COPY_DATA, copyData } from './copy-data.js';
import { delimitedFields, headerLine } from './delimited-fields.js';
import type { CopyOptions, CopyTable } from './options/copy-options.js';
import { forcedColumns } from './options/forced-columns.js';
import { BINARY_HEADER, BINARY_TRAILER } from './syntax/binary-signature.js';
import { plainColumns } from './syntax/plain-column.js';

/**
 * Encodes record batches as CopyData messages, one for each row, as PostgreSQL's COPY TO STDOUT sends them. It is used as
 * the {@link RowEncoder} is, between {@link CopyEncoder.header} and {@link CopyEncoder.trailer}.
 *
 * @example
 * const encoder = new CopyEncoder(batch.schema, resolveCopyOptions([{ name: 'format', value: 'csv' }], 'to'));
 * socket.write(encoder.header());
 * encoder.setBatch(batch);
 * const chunk = new Uint8Array(65_536);
 * socket.write(chunk.subarray(0, encoder.encode(chunk, 0, encoder.remainingRows)));
 * socket.write(encoder.trailer());
 */
export class CopyEncoder extends RowEncoder {
  readonly #names: readonly string[];
  readonly #options: CopyOptions;
  /** What the message of the first row begins with: PostgreSQL sends the binary header so, and psycopg relies on it. */
  #pendingHeader: Uint8Array;

  /**
   * @param table - what is copied, if it is a table and no query
   * @throws PgError 42703 for a FORCE_QUOTE column that there is not, 42P10 for one that the table may have and COPY does
   * not give, 42701 for one that is named twice, 0A000 for a column type that has no encoder, 54011 for more than 32767 columns
   */
  constructor(schema: Schema, options: CopyOptions, typeOptions: Partial<TypeOptions> = {}, table?: CopyTable) {
    const plain = plainColumns(schema);
    const forced = forcedColumns('FORCE_QUOTE', options.forceQuote, schema.fields, table);
    super(
      schema,
      schema.fields.map(() => (options.format === 'binary' ? 'binary' : 'text')),
      { ...typeOptions, frame: { messageType: COPY_DATA, fields: delimitedFields(options, plain, forced) } },
    );
    this.#names = schema.fields.map(({ name }) => name);
    this.#options = options;
    this.#pendingHeader = options.format === 'binary' ? BINARY_HEADER : new Uint8Array(0);
  }

  /** The line of column names as CopyData, if HEADER asks for it; else no bytes. */
  header(): Uint8Array {
    const line = headerLine(this.#names, this.#options);
    return line.length === 0 ? line : copyData(line);
  }

  /** As {@link RowEncoder.encode}; the first row of binary brings the file's header with it. */
  override encode(target: Uint8Array, offset: number, maxRows: number): number {
    const header = this.#pendingHeader;
    if (header.length === 0) return super.encode(target, offset, maxRows);
    const start = offset + header.length;
    if (start > target.length) return offset;
    const end = super.encode(target, start, Math.min(maxRows, 1));
    if (end === start) return offset;
    // The row's own message header makes room for the file's.
    target[offset] = COPY_DATA;
    new DataView(target.buffer, target.byteOffset).setInt32(offset + 1, end - offset - 1);
    target.set(header, offset + MESSAGE_HEADER_BYTES);
    this.#pendingHeader = new Uint8Array(0);
    return super.encode(target, end, maxRows - 1);
  }

  /** As {@link RowEncoder.nextRowSize}. */
  override nextRowSize(): number {
    const size = super.nextRowSize();
    return size === 0 ? 0 : size + this.#pendingHeader.length;
  }

  /** What follows the last row: binary's end marker as CopyData (with its header, if there was no row); else no bytes. */
  trailer(): Uint8Array {
    if (this.#options.format !== 'binary') return new Uint8Array(0);
    return copyData(this.#pendingHeader, BINARY_TRAILER);
  }
}
