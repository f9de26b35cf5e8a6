import { CopyEncoder, type CopyOptions, columnType, RowEncoder } from '@riffq/arrow-helpers';
import type { FieldDescription } from '@riffq/wire';
import type { RecordBatch, Schema } from 'apache-arrow';
import { keepRest } from './keep-rest.js';
import type { CopyableRows, Format } from './row-stream.js';

/** Record batches, pulled one by one. */
export interface BatchSource {
  next(): IteratorResult<RecordBatch, unknown> | Promise<IteratorResult<RecordBatch, unknown>>;
  return?(): unknown;
}

/** The columns of an Arrow schema as RowDescription has them. */
export function describeSchema(schema: Schema): readonly FieldDescription[] {
  return schema.fields.map((field) => {
    const { typeOid, typeSize, typeModifier } = columnType(field);
    return { name: field.name, typeOid, typeSize, typeModifier };
  });
}

/** Arrow batches as DataRow messages. */
export class ArrowRows implements CopyableRows {
  readonly fields: readonly FieldDescription[];
  readonly tag: (count: number) => string;
  readonly #schema: Schema;
  #source: BatchSource;
  #first: RecordBatch | undefined;
  #encoder: RowEncoder | undefined;
  #formats: readonly Format[] = [];
  #batch: RecordBatch | undefined;
  #ended = false;

  constructor(schema: Schema, source: BatchSource, tag: (count: number) => string, first?: RecordBatch) {
    this.fields = describeSchema(schema);
    this.tag = tag;
    this.#schema = schema;
    this.#source = source;
    this.#first = first;
  }

  start(formats: readonly Format[]): void {
    if (this.#encoder !== undefined && formats.every((format, at) => format === this.#formats[at])) return;
    const left = this.available;
    this.#encoder = new RowEncoder(this.#schema, formats);
    this.#formats = formats;
    if (left > 0 && this.#batch !== undefined) this.#encoder.setBatch(this.#batch.slice(this.#batch.numRows - left));
  }

  startCopy(options: CopyOptions): CopyEncoder {
    const encoder = new CopyEncoder(this.#schema, options);
    this.#encoder = encoder;
    return encoder;
  }

  get available(): number {
    return this.#encoder?.remainingRows ?? 0;
  }

  pull(): boolean | Promise<boolean> {
    if (this.#first !== undefined) {
      const first = this.#first;
      this.#first = undefined;
      return this.#accept({ done: false, value: first });
    }
    if (this.#ended) return false;
    const next = this.#source.next();
    return 'then' in next ? next.then((result) => this.#accept(result)) : this.#accept(next);
  }

  fill(target: Uint8Array<ArrayBuffer>, offset: number, maxRows: number): number {
    return this.#encoder?.encode(target, offset, maxRows) ?? offset;
  }

  nextRowSize(): number {
    return this.#encoder?.nextRowSize() ?? 0;
  }

  async hold(limit: number): Promise<void> {
    if (!this.#ended) this.#source = await keepRest(this.#source, (batch) => batch.data.byteLength, limit);
  }

  async close(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.#source.return?.();
  }

  #accept(result: IteratorResult<RecordBatch, unknown>): boolean {
    if (result.done) {
      this.#ended = true;
      this.#batch = undefined;
      return false;
    }
    this.#batch = result.value;
    this.#encoder?.setBatch(result.value);
    return true;
  }
}
