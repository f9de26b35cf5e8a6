import { encodeBackendMessage, type FieldDescription, FrameWriter, PgError, sqlstate, typeOid } from '@riffq/wire';
import type { EncodedRows } from '../query-result.js';
import { openIterator } from './open-iterator.js';
import type { Format, RowStream } from './row-stream.js';

/** Types whose binary format is their text. */
const sameInBothFormats: ReadonlySet<number> = new Set([
  typeOid.text,
  typeOid.varchar,
  typeOid.bpchar,
  typeOid.name,
  typeOid.json,
  typeOid.xml,
  typeOid.unknown,
  typeOid.void,
]);

type Values = readonly (Uint8Array | string | null)[];

/** Values that already are PostgreSQL text or binary as DataRow messages; they go out in the format they are in. */
export class EncodedRowStream implements RowStream {
  readonly fields: readonly FieldDescription[];
  readonly tag: (count: number) => string;
  readonly #source: Iterator<Values> | AsyncIterator<Values>;
  readonly #writer = new FrameWriter();
  #row: Uint8Array | undefined;
  #ended = false;

  constructor(result: EncodedRows) {
    this.fields = result.fields;
    const tag = result.tag ?? ((count: number) => `SELECT ${count}`);
    this.tag = typeof tag === 'string' ? () => tag : tag;
    this.#source = openIterator(result.rows);
  }

  start(formats: readonly Format[]): void {
    const other = this.fields.findIndex(
      (field, column) => (field.format ?? 'text') !== formats[column] && !sameInBothFormats.has(field.typeOid),
    );
    const field = this.fields[other];
    if (field === undefined) return;
    throw new PgError({
      sqlstate: sqlstate.feature_not_supported,
      message: `column "${field.name}" is available in ${field.format ?? 'text'} format only`,
      hint: `Ask for ${field.format ?? 'text'} results in Bind.`,
    });
  }

  get available(): number {
    return this.#row === undefined ? 0 : 1;
  }

  pull(): boolean | Promise<boolean> {
    if (this.#ended) return false;
    const next = this.#source.next();
    return 'then' in next ? next.then((result) => this.#accept(result)) : this.#accept(next);
  }

  fill(target: Uint8Array<ArrayBuffer>, offset: number, maxRows: number): number {
    const row = this.#row;
    if (row === undefined || maxRows === 0 || offset + row.length > target.length) return offset;
    target.set(row, offset);
    this.#row = undefined;
    return offset + row.length;
  }

  nextRowSize(): number {
    return this.#row?.length ?? 0;
  }

  async close(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.#source.return?.();
  }

  #accept(result: IteratorResult<Values, unknown>): boolean {
    if (result.done) {
      this.#ended = true;
      return false;
    }
    if (result.value.length !== this.fields.length) {
      throw new PgError({
        sqlstate: sqlstate.internal_error,
        message: `encodedRows gave a row of ${result.value.length} values for ${this.fields.length} columns`,
      });
    }
    encodeBackendMessage(this.#writer, { type: 'DataRow', values: result.value });
    this.#row = this.#writer.take();
    return true;
  }
}
