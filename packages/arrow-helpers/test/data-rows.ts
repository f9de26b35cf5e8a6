import type { Format } from '@riffq/wire';
import type { RecordBatch, Schema } from 'apache-arrow';
import { outputSettings } from '../src/output-settings.js';
import { RowEncoder } from '../src/row-encoder.js';

/** The fields of one row as they came over the wire. */
export type Row = readonly (Buffer | null)[];

/** Reads DataRow messages, by the manual and without the code under test. */
export function readDataRows(bytes: Uint8Array): Row[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rows: Row[] = [];
  let at = 0;
  while (at < buffer.length) {
    if (buffer[at] !== 0x44) throw new Error(`byte ${at} is not the start of a DataRow`);
    const end = at + 1 + buffer.readInt32BE(at + 1);
    const fields: (Buffer | null)[] = [];
    let field = at + 7;
    for (let column = buffer.readInt16BE(at + 5); column > 0; column--) {
      const length = buffer.readInt32BE(field);
      if (length < -1 || field + 4 + length > end) throw new Error(`bad field length ${length} at byte ${field}`);
      fields.push(length === -1 ? null : Buffer.from(buffer.subarray(field + 4, field + 4 + length)));
      field += 4 + Math.max(length, 0);
    }
    if (field !== end) throw new Error(`the DataRow at byte ${at} ends at ${field} instead of ${end}`);
    rows.push(fields);
    at = end;
  }
  return rows;
}

interface EncodeOptions {
  readonly bufferBytes?: number;
  readonly maxRows?: number;
  /** The session's settings. */
  readonly session?: Readonly<Record<string, string>>;
}

/** Encodes batches through a buffer of `bufferBytes`, which grows only when a single row does not fit, and reads them back. */
export function encodeBatches(
  schema: Schema,
  batches: readonly RecordBatch[],
  formats: readonly Format[],
  { bufferBytes = 65_536, maxRows = 1_000_000, session = {} }: EncodeOptions = {},
): Row[] {
  const encoder = new RowEncoder(schema, formats, { settings: outputSettings((name) => session[name]) });
  const rows: Row[] = [];
  for (const batch of batches) {
    encoder.setBatch(batch);
    while (encoder.remainingRows > 0) {
      // The bytes around the part that may be written must stay as they are.
      const buffer = Buffer.alloc(bufferBytes + 16, 0xee);
      let target = buffer.subarray(0, bufferBytes + 8);
      let end = encoder.encode(target, 8, maxRows);
      if (end === 8) {
        target = Buffer.alloc(encoder.nextRowSize() + 8, 0xee);
        end = encoder.encode(target, 8, maxRows);
      }
      const untouched = [...target.subarray(0, 8), ...buffer.subarray(bufferBytes + 8)];
      if (untouched.some((byte) => byte !== 0xee)) throw new Error('wrote outside of its part of the buffer');
      rows.push(...readDataRows(target.subarray(8, end)));
    }
  }
  return rows;
}
