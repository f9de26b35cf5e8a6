import type { DelimitedFields } from '../encode/row-frame.js';
import { copyData } from './copy-data.js';
import { delimitedFields, delimitedLine, headerLine } from './delimited-fields.js';
import type { CopyOptions, CopyTable } from './options/copy-options.js';
import { forcedColumns } from './options/forced-columns.js';
import { BINARY_HEADER, BINARY_TRAILER } from './syntax/binary-signature.js';

const noBytes = new Uint8Array(0);

/**
 * Makes CopyData messages, one for each row, of values that are PostgreSQL's text or binary already: what `CopyEncoder` is
 * for record batches.
 *
 * @example
 * const encoder = new CopyRowEncoder([{ name: 'id' }], resolveCopyOptions([], 'to'));
 * socket.write(Buffer.concat([encoder.header(), encoder.encode([Buffer.from('1')]), encoder.trailer()]));
 */
export class CopyRowEncoder {
  readonly #names: readonly string[];
  readonly #options: CopyOptions;
  readonly #fields: DelimitedFields | null;
  /** What the message of the first row begins with. */
  #pendingHeader: Uint8Array;

  /**
   * @param table - what is copied, if it is a table and no query
   * @throws PgError 42703 for a FORCE_QUOTE column that there is not, 42P10 for one that the table may have and COPY does
   * not give, 42701 for one that is named twice
   */
  constructor(columns: readonly { readonly name: string }[], options: CopyOptions, table?: CopyTable) {
    this.#names = columns.map(({ name }) => name);
    this.#options = options;
    const plain = columns.map(() => false);
    const forced = forcedColumns('FORCE_QUOTE', options.forceQuote, columns, table);
    this.#fields = delimitedFields(options, plain, forced);
    this.#pendingHeader = options.format === 'binary' ? BINARY_HEADER : noBytes;
  }

  /** The line of column names as CopyData, if HEADER asks for it; else no bytes. */
  header(): Uint8Array {
    const line = headerLine(this.#names, this.#options);
    return line.length === 0 ? line : copyData(line);
  }

  /** One row; its values are text, or binary where the options ask for that. */
  encode(values: readonly (Uint8Array | null)[]): Uint8Array {
    if (this.#fields !== null) return copyData(delimitedLine(this.#fields, values));
    const header = this.#pendingHeader;
    this.#pendingHeader = noBytes;
    return copyData(header, ...binaryRow(values));
  }

  /** What follows the last row: binary's end marker as CopyData (with its header, if there was no row); else no bytes. */
  trailer(): Uint8Array {
    return this.#fields === null ? copyData(this.#pendingHeader, BINARY_TRAILER) : noBytes;
  }
}

function binaryRow(values: readonly (Uint8Array | null)[]): readonly Uint8Array[] {
  const count = Buffer.alloc(2);
  count.writeInt16BE(values.length);
  const parts: Uint8Array[] = [count];
  for (const value of values) {
    const length = Buffer.alloc(4);
    length.writeInt32BE(value?.length ?? -1);
    parts.push(length, value ?? noBytes);
  }
  return parts;
}
