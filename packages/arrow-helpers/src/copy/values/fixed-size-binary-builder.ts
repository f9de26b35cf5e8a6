import { PgError, sqlstate } from '@riffq/wire';
import type { FixedSizeBinary } from 'apache-arrow';
import { FixedWidthBuilder } from './fixed-width-builder.js';
import { readBytea } from './read-bytea.js';

/** bytea of one length. */
export class FixedSizeBinaryBuilder extends FixedWidthBuilder {
  constructor(type: FixedSizeBinary) {
    super(type, type.byteWidth);
  }

  setText(row: number, bytes: Buffer, start: number, end: number): void {
    const value = Buffer.allocUnsafe(end - start);
    this.setBinary(row, value, 0, readBytea(value, 0, bytes, start, end));
  }

  setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    if (end - start !== this.bytes) {
      throw new PgError({
        sqlstate: sqlstate.string_data_length_mismatch,
        message: `bytea length ${end - start} does not match the column's ${this.bytes}`,
      });
    }
    this.setBytes(row, bytes, start);
  }
}
