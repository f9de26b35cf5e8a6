import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { Schema } from 'apache-arrow';
import { makeData } from 'apache-arrow/data';
import { RecordBatch } from 'apache-arrow/recordbatch';
import { Struct } from 'apache-arrow/type';
import type { ColumnReader } from './column-reader.js';

/** One chunk (at most 2048 rows) as one record batch with memory of its own: the chunk may go at once. */
export function chunkToBatch(chunk: DuckDBDataChunk, schema: Schema, readers: readonly ColumnReader[]): RecordBatch {
  const children = readers.map((reader, column) => reader.read(chunk, column));
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: chunk.rowCount, nullCount: 0, children }),
  );
}
