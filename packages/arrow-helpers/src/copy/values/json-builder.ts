import { PgError, sqlstate } from '@riffq/wire';
import { checkUtf8 } from './check-utf8.js';
import { ColumnBuilder } from './column-builder.js';
import { type JsonValue, parseJson } from './json-value.js';

/** Columns that are json for PostgreSQL: structs, maps and unions. */
export abstract class JsonBuilder extends ColumnBuilder {
  setText(row: number, bytes: Buffer, start: number, end: number): void {
    this.setDocument(row, parseJson(bytes.toString('utf8', start, end)));
  }

  setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    checkUtf8(bytes, start, end);
    this.setText(row, bytes, start, end);
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
