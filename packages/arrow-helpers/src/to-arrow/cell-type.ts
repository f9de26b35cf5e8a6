import { PgError, sqlstate } from '@riffq/wire';
import { BufferType, Data, type DataType } from 'apache-arrow';
import type { ColumnDescription } from '../schema-description.js';

/** How cells of one type become an Arrow column. */
export interface CellType {
  readonly arrowType: DataType;
  /** The values and offsets of a column; the cells that are null or undefined count as zero. */
  readonly build: (cells: Cells) => CellBuffers;
}

/** The buffers of a column beside its validity. */
export interface CellBuffers {
  readonly values: ArrayBufferView;
  readonly offsets?: Int32Array;
}

/** The cells of one column of a batch. */
export class Cells {
  readonly values: unknown[] = [];

  /** @param firstRow - the number of the first row, from 1 */
  constructor(
    private readonly column: ColumnDescription,
    private readonly firstRow: number,
  ) {}

  /** The error for the cell at `index`: what it holds, and what the type wants. */
  error(index: number, found: string, hint: string, state: string = sqlstate.datatype_mismatch): PgError {
    const { name, type } = this.column;
    return new PgError({
      sqlstate: state,
      message: `column "${name}" is of type ${type} but row ${this.firstRow + index} has ${found}`,
      hint,
    });
  }
}

/** Makes the column of an Arrow batch. */
export function buildColumn(cells: Cells, { arrowType, build }: CellType): Data {
  const { values, offsets } = build(cells);
  const length = cells.values.length;
  let validity = new Uint8Array(0);
  let nullCount = 0;
  for (const [index, cell] of cells.values.entries()) {
    if (cell !== null && cell !== undefined) continue;
    if (nullCount === 0) validity = new Uint8Array((length + 7) >> 3).fill(0xff);
    nullCount += 1;
    validity[index >> 3]! &= ~(1 << (index & 7));
  }
  const buffers = { [BufferType.DATA]: values, [BufferType.VALIDITY]: validity };
  return offsets === undefined
    ? new Data<DataType>(arrowType, 0, length, nullCount, buffers)
    : new Data<DataType>(arrowType, 0, length, nullCount, { ...buffers, [BufferType.OFFSET]: offsets });
}

/** What a value is, for error messages. */
export function describeCell(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid Date' : 'a Date';
  if (value instanceof Uint8Array) return 'bytes';
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return `the number ${value}`;
    return Number.isInteger(value) ? 'a number' : 'a number that is not whole';
  }
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
