import { PgError, sqlstate } from '@riffq/wire';
import type { DataType, Null } from 'apache-arrow';
import { Data } from 'apache-arrow/data';
import { type ColumnBuffers, ColumnBuilder } from './column-builder.js';

/** Null, which has no values: the column takes NULL alone. */
export class NullBuilder extends ColumnBuilder {
  constructor(type: Null) {
    super(type);
  }

  setText(_row: number, bytes: Buffer, start: number, end: number): void {
    throw noValue(sqlstate.invalid_text_representation, `"${bytes.toString('utf8', start, end)}"`);
  }

  setBinary(): void {
    throw noValue(sqlstate.invalid_binary_representation, 'a value');
  }

  override finish(rows: number): Data {
    super.finish(rows);
    return new Data<DataType>(this.type, 0, rows, rows);
  }

  protected resize(): void {}

  protected take(): ColumnBuffers {
    return {};
  }
}

function noValue(state: string, found: string): PgError {
  return new PgError({
    sqlstate: state,
    message: `${found} in a column of the Arrow type Null`,
    hint: 'The column takes NULL alone.',
  });
}
