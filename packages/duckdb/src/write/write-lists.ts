import type { Vector } from '@duckdb/node-bindings';
import { RowEncoder } from '@riffq/arrow-helpers';
import { type Data, Field, makeData, RecordBatch, Schema, Struct, Utf8 } from 'apache-arrow';
import { writeStrings } from './write-strings.js';

/** Where a DataRow of one field has the field's length, and the field. */
const lengthAt = 7;
const fieldAt = 11;

/** Lists as JSON, which DuckDB's casts read back. */
export function writeLists(vector: Vector, data: Data, start: number, count: number): void {
  const schema = new Schema([new Field('list', data.type, true, new Map([['PG:type', 'json']]))]);
  const struct = makeData({ type: new Struct(schema.fields), length: count, children: [data.slice(start, count)] });
  const encoder = new RowEncoder(schema, ['text']);
  encoder.setBatch(new RecordBatch(schema, struct));
  const nullBitmap = new Uint8Array((count + 7) >> 3);
  const valueOffsets = new Int32Array(count + 1);
  const texts: Uint8Array[] = [];
  for (let row = 0; row < count; row += 1) {
    const bytes = Buffer.alloc(encoder.nextRowSize());
    const end = encoder.encode(bytes, 0, 1);
    const isNull = bytes.readInt32BE(lengthAt) < 0;
    if (!isNull) {
      nullBitmap[row >> 3]! |= 1 << (row & 7);
      texts.push(bytes.subarray(fieldAt, end));
    }
    valueOffsets[row + 1] = (valueOffsets[row] ?? 0) + (isNull ? 0 : end - fieldAt);
  }
  const strings = { type: new Utf8(), length: count, nullBitmap, valueOffsets, data: Buffer.concat(texts) };
  writeStrings(vector, makeData(strings), 0, count);
}
