import { type PgError, sqlstate } from '@riffq/wire';
import type { RecordBatch, Schema } from 'apache-arrow';
import { maximumDimensions } from '../array-input/array-error.js';
import { makeRecordBatch } from '../record-batch.js';
import { defaultDateTimeContext, stoppedClock } from '../text-values/date-time-context.js';
import { buildColumn } from './cell-type.js';
import { Cells, describeCell, isBytes, isNull } from './cells.js';
import { type Column, schemaOf } from './columns.js';
import { invalidInput } from './invalid-input.js';

/** What a cell of a number or date takes, more or less. */
const PLAIN_CELL_BYTES = 8;

/** Collects rows by column. */
export class BatchBuilder {
  rows = 0;
  /** About as many as the rows since the last `take` hold. */
  bytes = 0;
  readonly schema: Schema;
  #rowsBefore = 0;
  readonly #context = defaultDateTimeContext(stoppedClock());
  #cells: readonly Cells[] = [];

  constructor(private readonly columns: readonly Column[]) {
    this.schema = schemaOf(columns);
    this.#start();
  }

  add(row: unknown): void {
    const columns = this.#cells;
    if (!Array.isArray(row) || row.length !== columns.length) throw this.#badRow(row);
    for (const [index, { values }] of columns.entries()) {
      const cell: unknown = row[index];
      values.push(cell);
      this.bytes += sizeOf(cell);
    }
    this.rows += 1;
  }

  /** The rows since the last call. */
  take(): RecordBatch {
    const children = this.#cells.map((cells, index) => {
      const { cells: type, field } = this.columns[index]!;
      const absent = field?.nullable === false ? cells.values.findIndex(isNull) : -1;
      if (absent >= 0) {
        throw cells.error(absent, 'no value', 'The field is not nullable.', sqlstate.null_value_not_allowed);
      }
      return buildColumn(cells, type);
    });
    const batch = makeRecordBatch(this.schema, this.rows, children);
    this.#rowsBefore += this.rows;
    this.#start();
    return batch;
  }

  #start(): void {
    this.rows = 0;
    this.bytes = 0;
    this.#cells = this.columns.map((column) => new Cells(column, this.#rowsBefore + 1, this.#context));
  }

  #badRow(row: unknown): PgError {
    const number = this.#rowsBefore + this.rows + 1;
    const expected = this.columns.length;
    if (!Array.isArray(row)) {
      const hint = 'Give each row as an array of its cells; objects go without a schema: toArrow(objects).';
      return invalidInput(`row ${number} is ${describeCell(row)} instead of an array of ${countCells(expected)}`, hint);
    }
    const last = this.columns[row.length];
    if (last === undefined) {
      return invalidInput(
        `row ${number} has ${countCells(row.length)} instead of ${expected}: there is no column for ${describeCell(row[expected])}`,
        'Give as many cells as the schema has columns.',
      );
    }
    const { name, type } = last;
    return invalidInput(
      `row ${number} has ${countCells(row.length)} instead of ${expected}: column "${name}" of type ${type} has none`,
      'Give null for a cell without a value.',
    );
  }
}

function countCells(count: number): string {
  return count === 1 ? '1 cell' : `${count} cells`;
}

/** About how many bytes a cell takes, as far as it is an array that PostgreSQL can have. */
export function sizeOf(cell: unknown, depth = 0): number {
  if (typeof cell === 'string' || isBytes(cell)) return cell.length;
  if (Array.isArray(cell) && depth < maximumDimensions) {
    return cell.reduce<number>((sum, element) => sum + sizeOf(element, depth + 1), PLAIN_CELL_BYTES);
  }
  return PLAIN_CELL_BYTES;
}
