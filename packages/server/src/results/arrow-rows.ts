import {
  CopyEncoder,
  type CopyOptions,
  type CopyTable,
  columnType,
  type OutputSettings,
  RowEncoder,
} from '@riffq/arrow-helpers';
import type { FieldDescription } from '@riffq/wire';
import type { RecordBatch } from 'apache-arrow';
import { Schema } from 'apache-arrow/schema';
import { type ItemSource, PulledSource } from './pulled-source.js';
import type { CopyableRows, Format } from './row-stream.js';

/** Found out once for a schema, however many results have it. */
const described = new WeakMap<Schema, readonly FieldDescription[]>();

/** The columns of an Arrow schema as RowDescription has them. */
export function describeSchema(schema: Schema): readonly FieldDescription[] {
  const known = described.get(schema);
  if (known !== undefined) return known;
  const fields = schema.fields.map((field) => {
    const { typeOid, typeSize, typeModifier, tableOid, columnNumber } = columnType(field);
    return { name: field.name, typeOid, typeSize, typeModifier, tableOid, columnNumber };
  });
  described.set(schema, fields);
  return fields;
}

/** apache-arrow has null for the empty name of a column that it read of IPC bytes. */
function withNames(schema: Schema): Schema {
  if (schema.fields.every(({ name }) => name !== null)) return schema;
  const fields = schema.fields.map((field) => field.clone({ name: field.name ?? '' }));
  return new Schema(fields, schema.metadata);
}

/** Arrow batches as DataRow messages. */
export class ArrowRows implements CopyableRows {
  readonly fields: readonly FieldDescription[];
  readonly tag: (count: number) => string;
  readonly #schema: Schema;
  /** Its item is the batch that the encoder is at. */
  readonly #source: PulledSource<RecordBatch>;
  #encoder: RowEncoder | undefined;
  #formats: readonly Format[] = [];
  #settings: OutputSettings | undefined;

  constructor(given: Schema, source: ItemSource<RecordBatch>, tag: (count: number) => string) {
    const schema = withNames(given);
    this.fields = describeSchema(schema);
    this.tag = tag;
    this.#schema = schema;
    this.#source = new PulledSource(source, (batch) => this.#encoder?.setBatch(batch));
  }

  start(formats: readonly Format[], settings: OutputSettings): void {
    const isSame = settings === this.#settings && formats.every((format, at) => format === this.#formats[at]);
    if (this.#encoder !== undefined && isSame) return;
    const left = this.available;
    this.#encoder = new RowEncoder(this.#schema, formats, {
      settings,
      rowsBefore: this.#encoder?.encodedRows ?? 0,
    });
    this.#formats = formats;
    this.#settings = settings;
    const batch = this.#source.item?.value;
    if (left > 0 && batch !== undefined) this.#encoder.setBatch(batch.slice(batch.numRows - left));
  }

  startCopy(options: CopyOptions, settings: OutputSettings, table?: CopyTable): CopyEncoder {
    const encoder = new CopyEncoder(this.#schema, options, { settings }, table);
    this.#encoder = encoder;
    return encoder;
  }

  get available(): number {
    return this.#encoder?.remainingRows ?? 0;
  }

  pull(): boolean | Promise<boolean> {
    return this.#source.pull();
  }

  fill(target: Uint8Array<ArrayBuffer>, offset: number, maxRows: number): number {
    return this.#encoder?.encode(target, offset, maxRows) ?? offset;
  }

  nextRowSize(): number {
    return this.#encoder?.nextRowSize() ?? 0;
  }

  hold(limit: number): Promise<number> {
    return this.#source.hold((batch) => batch.data.byteLength, limit);
  }

  close(): Promise<void> {
    return this.#source.close();
  }
}
