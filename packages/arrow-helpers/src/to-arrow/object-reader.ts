import { PgError, sqlstate } from '@riffq/wire';
import { describeCell, isKeyed } from './cells.js';
import type { InferredColumn } from './infer-columns.js';
import { invalidInput } from './invalid-input.js';
import type { ObjectRow } from './object-row.js';

/**
 * An object with keys for columns: any but arrays, dates, bytes and the like.
 *
 * @throws PgError 22023 for what is none
 */
export function objectRow(value: unknown, index: number): ObjectRow {
  if (isKeyed(value)) return value;
  throw invalidInput(
    `row ${index + 1} is ${describeCell(value)} instead of an object`,
    'Give objects with a key for each column, or a schema and arrays.',
  );
}

/** Makes rows of cells out of objects, one after another. */
export class ObjectReader {
  readonly #columns: readonly InferredColumn[];
  readonly #names: ReadonlySet<string>;
  #rows = 0;

  constructor(columns: readonly InferredColumn[]) {
    this.#columns = columns;
    this.#names = new Set(columns.map(({ name }) => name));
  }

  /** @throws PgError 42703 for a key that is no column */
  read(value: unknown): readonly unknown[] {
    const row = objectRow(value, this.#rows);
    this.#rows += 1;
    const unknown = Object.keys(row).find((name) => !this.#names.has(name));
    if (unknown === undefined) return this.#columns.map(({ name }) => row[name]);
    throw new PgError({
      sqlstate: sqlstate.undefined_column,
      message: `row ${this.#rows} has the key "${unknown}", which the rows of the first batch do not have`,
      hint: 'Give a schema, or a larger batchRows.',
    });
  }
}
