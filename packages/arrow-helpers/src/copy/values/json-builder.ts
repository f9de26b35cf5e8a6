import { PgError, sqlstate } from '@riffq/wire';
import type { DataType } from 'apache-arrow';
import { type JsonValue, parseJson } from '../../text-values/json-value.js';
import { checkUtf8 } from './check-utf8.js';
import { ColumnBuilder } from './column-builder.js';
import { skipJsonbVersion } from './jsonb-version.js';

/** Columns that are json or jsonb for PostgreSQL: structs, maps and unions. */
export abstract class JsonBuilder extends ColumnBuilder {
  readonly #isJsonb: boolean;

  constructor(type: DataType, isJsonb: boolean) {
    super(type);
    this.#isJsonb = isJsonb;
  }

  setText(row: number, bytes: Buffer, start: number, end: number): void {
    this.setDocument(row, parseJson(bytes.toString('utf8', start, end)));
  }

  setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    const from = this.#isJsonb ? skipJsonbVersion(bytes, start, end) : start;
    checkUtf8(bytes, from, end);
    this.setText(row, bytes, from, end);
  }

  /** Reads a whole value of COPY, which may be JSON's null: that is no row's NULL. */
  protected setDocument(row: number, value: JsonValue): void {
    if (value.kind === 'null') throw this.wrongJson(value);
    this.setJson(row, value);
  }

  protected wrongJson({ kind }: JsonValue): PgError {
    const found = kind === 'scalar' ? 'a string, number or truth value' : kind === 'null' ? 'null' : `an ${kind}`;
    return new PgError({
      sqlstate: sqlstate.invalid_text_representation,
      message: `the JSON has ${found} where the column's type is ${this.type}`,
    });
  }
}
