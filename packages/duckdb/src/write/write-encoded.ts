import type { Vector } from '@duckdb/node-bindings';
import { RowEncoder } from '@riffq/arrow-helpers';
import type { Data } from 'apache-arrow';
import { makeData } from 'apache-arrow/data';
import { RecordBatch } from 'apache-arrow/recordbatch';
import { Field, Schema } from 'apache-arrow/schema';
import { Binary, Struct, Utf8 } from 'apache-arrow/type';
import { writeBinary, writeStrings } from './write-strings.js';

/** Where a DataRow of one field has the field's length, and the field. */
const lengthAt = 7;
const fieldAt = 11;

const json = new Map([['PG:type', 'json']]);

/** Lists as JSON, which DuckDB's casts read back. */
export function writeLists(vector: Vector, data: Data, start: number, count: number): void {
  const field = new Field('list', data.type, true, json);
  writeStrings(
    vector,
    makeData({ type: new Utf8(), length: count, ...encoded(field, data, start, count, 'text') }),
    0,
    count,
  );
}

/** What has no vector of its own kind as PostgreSQL's text, which DuckDB's casts read: intervals, structs, strings found by views. */
export function writeTexts(vector: Vector, data: Data, start: number, count: number): void {
  const field = new Field('text', data.type, true);
  writeStrings(
    vector,
    makeData({ type: new Utf8(), length: count, ...encoded(field, data, start, count, 'text') }),
    0,
    count,
  );
}

/** Bytes that are found by views. */
export function writeViewedBytes(vector: Vector, data: Data, start: number, count: number): void {
  const field = new Field('bytes', data.type, true);
  const found = encoded(field, data, start, count, 'binary');
  writeBinary(vector, makeData({ type: new Binary(), length: count, ...found }), 0, count);
}

/** The buffers of a column of what the values are for PostgreSQL. */
function encoded(field: Field, data: Data, start: number, count: number, format: 'text' | 'binary') {
  const schema = new Schema([field]);
  const struct = makeData({ type: new Struct(schema.fields), length: count, children: [data.slice(start, count)] });
  const encoder = new RowEncoder(schema, [format]);
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
  return { nullBitmap, valueOffsets, data: new Uint8Array(Buffer.concat(texts)) };
}
