import { CopyDecoder, CopyEncoder, type CopyOptions, RowEncoder, resolveCopyOptions } from '@riffq/arrow-helpers';
import type { Format } from '@riffq/wire';
import type { RecordBatch, Schema } from 'apache-arrow';

const copyFormats = ['text', 'csv', 'binary'] as const;
export type CopyFormat = (typeof copyFormats)[number];

/** As the server has them. */
const chunkBytes = 256 * 1024;
/** A message of what libpq's clients send. */
const dataBytes = 64 * 1024;
const messageHeaderBytes = 5;

/** What is done with COPY data. */
export type CopyWay = 'encode' | 'decode';

/** Work on the same rows that can be done again and again: with COPY data, and with DataRows. */
export interface CopyPair {
  readonly way: CopyWay;
  readonly format: CopyFormat;
  copy(): void;
  rows(): void;
}

/** What turns rows into COPY's formats or these back into batches, each beside what turns them into DataRows. */
export function copyPairs(schema: Schema, batches: readonly RecordBatch[], ways: readonly CopyWay[]): CopyPair[] {
  return ways.flatMap((way) =>
    copyFormats.map((format) => {
      const copy = way === 'encode' ? copyEncoding(schema, batches, format) : copyDecoding(schema, batches, format);
      const formats = schema.fields.map((): Format => (format === 'binary' ? 'binary' : 'text'));
      return { way, format, copy, rows: () => encode(new RowEncoder(schema, formats), batches, ignore) };
    }),
  );
}

function copyEncoding(schema: Schema, batches: readonly RecordBatch[], format: CopyFormat): () => void {
  return () => encode(new CopyEncoder(schema, optionsOf(format, 'to')), batches, ignore);
}

function copyDecoding(schema: Schema, batches: readonly RecordBatch[], format: CopyFormat): () => void {
  const data = copyDataOf(schema, batches, format);
  return () => decode(schema, data, format);
}

function encode(encoder: RowEncoder, batches: readonly RecordBatch[], take: (chunk: Uint8Array) => void): void {
  const chunk = new Uint8Array(chunkBytes);
  for (const batch of batches) {
    encoder.setBatch(batch);
    while (encoder.remainingRows > 0) take(chunk.subarray(0, encoder.encode(chunk, 0, encoder.remainingRows)));
  }
}

function ignore(): void {}

function decode(schema: Schema, data: readonly Uint8Array[], format: CopyFormat): void {
  const decoder = new CopyDecoder(schema, optionsOf(format, 'from'), { table: 'synthetic' });
  let rows = 0;
  for (const chunk of data) for (const batch of decoder.push(chunk)) rows += batch.numRows;
  for (const batch of decoder.end()) rows += batch.numRows;
  if (rows === 0) throw new Error('the data was empty');
}

function optionsOf(format: CopyFormat, direction: 'from' | 'to'): CopyOptions {
  return resolveCopyOptions([{ name: 'format', value: format }], direction);
}

/** The rows as a client sends them: without regard to where they end. */
function copyDataOf(schema: Schema, batches: readonly RecordBatch[], format: CopyFormat): Uint8Array[] {
  const encoder = new CopyEncoder(schema, optionsOf(format, 'to'));
  const payloads: Uint8Array[] = [];
  encode(encoder, batches, (chunk) => payloads.push(...payloadsOf(Uint8Array.from(chunk))));
  payloads.push(...payloadsOf(encoder.trailer()));
  const all = Buffer.concat(payloads);
  const count = Math.ceil(all.length / dataBytes);
  return Array.from({ length: count }, (_, at) => all.subarray(at * dataBytes, (at + 1) * dataBytes));
}

/** The data in CopyData messages. */
function payloadsOf(messages: Uint8Array): Uint8Array[] {
  const view = new DataView(messages.buffer, messages.byteOffset, messages.byteLength);
  const payloads: Uint8Array[] = [];
  for (let at = 0; at < messages.length; ) {
    const end = at + 1 + view.getInt32(at + 1);
    payloads.push(messages.subarray(at + messageHeaderBytes, end));
    at = end;
  }
  return payloads;
}
