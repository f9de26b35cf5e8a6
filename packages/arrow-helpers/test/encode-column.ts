import { type Data, Field, makeData, RecordBatch, Schema, Struct, Vector } from 'apache-arrow';
import { arrowBatch } from '../src/arrow-batch.js';
import { encodeBatches } from './data-rows.js';

/** What a field says beside its type. */
export type Metadata = ReadonlyMap<string, string>;

/** A batch of one column called `x`. */
export function oneColumn(data: Data, metadata?: Metadata): RecordBatch {
  const schema = new Schema([new Field('x', data.type, true, metadata && new Map(metadata))]);
  const struct = new Struct(schema.fields);
  return new RecordBatch(schema, makeData({ type: struct, length: data.length, children: [data] }));
}

/** The texts of a column, in a session of some settings. */
export function encodeText(
  data: Data,
  metadata?: Metadata,
  session: Readonly<Record<string, string>> = {},
): (string | null)[] {
  return encoded(data, 'text', metadata, session).map((field) => field?.toString('utf8') ?? null);
}

/** The binary forms of a column, in hex. */
export function encodeBinary(
  data: Data,
  metadata?: Metadata,
  session: Readonly<Record<string, string>> = {},
): (string | null)[] {
  return encoded(data, 'binary', metadata, session).map((field) => field?.toString('hex') ?? null);
}

function encoded(
  data: Data,
  format: 'text' | 'binary',
  metadata: Metadata | undefined,
  session: Readonly<Record<string, string>>,
): (Buffer | null)[] {
  const batch = oneColumn(data, metadata);
  return encodeBatches(batch.schema, [batch], [format], { session }).map(([field]) => field ?? null);
}

/** A batch of named columns. */
export function batchOf(columns: Readonly<Record<string, Data>>): RecordBatch {
  const entries = Object.entries(columns);
  const vectors = entries.map(([, data]) => new Vector([data]));
  return arrowBatch(
    vectors,
    entries.map(([name]) => name),
  );
}
