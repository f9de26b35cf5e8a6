import { PgError, sqlstate } from '@riffq/wire';
import type { DateTimeContext } from '../text-values/date-time-context.js';

/** The cells of one column of a batch, or of what its lists and structs hold. */
export class Cells {
  readonly values: unknown[] = [];

  /**
   * @param column - its name, and its type as the caller wrote it
   * @param firstRow - the number of the first row, from 1
   * @param context - what dates and times in them leave to the session
   * @param place - where in the column's cells these are, for errors
   * @param rows - filled with the row of each cell, where cells and rows do not go side by side
   */
  constructor(
    private readonly column: { readonly name: string; readonly type: string },
    private readonly firstRow: number,
    readonly context: DateTimeContext,
    private readonly place = '',
    private readonly rows: number[] | undefined = undefined,
  ) {}

  /** Cells to be filled with what these hold, in a place of theirs or instead of them. */
  within(place = this.place): Cells {
    return new Cells(this.column, this.firstRow, this.context, place, []);
  }

  /** Adds a cell that comes out of the cell at `index` of `outer`. */
  addFrom(outer: Cells, index: number, value: unknown): void {
    this.values.push(value);
    this.rows?.push(outer.rowOf(index));
  }

  rowOf(index: number): number {
    return this.rows?.[index] ?? this.firstRow + index;
  }

  /** The error for the cell at `index`: what it holds, and what the type wants. */
  error(index: number, found: string, hint: string, state: string = sqlstate.datatype_mismatch): PgError {
    const { name, type } = this.column;
    const where = this.place === '' ? '' : ` ${this.place}`;
    return new PgError({
      sqlstate: state,
      message: `column "${name}" is of type ${type} but row ${this.rowOf(index)} has ${found}${where}`,
      hint,
    });
  }
}

/** The error for NULL where the field that `place` names takes none. */
export function notNullable(cells: Cells, index: number, place: string): PgError {
  return cells.error(
    index,
    `no value ${place}`,
    'The field is not nullable: give a value, or make the field with new Field(name, type, true).',
    sqlstate.null_value_not_allowed,
  );
}

/** True for the cells that are NULL. */
export function isNull(cell: unknown): cell is null | undefined {
  return cell === null || cell === undefined;
}

/** What a value is, for error messages. */
export function describeCell(value: unknown): string {
  if (isNull(value)) return 'no value';
  if (Array.isArray(value)) return 'an array';
  if (isDate(value)) return Number.isNaN(value.getTime()) ? 'an invalid Date' : 'a Date';
  if (isBytes(value)) return 'bytes';
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return `the number ${value}`;
    return Number.isInteger(value) ? 'a number' : 'a number that is not whole';
  }
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Whether a value is a Date, of this realm or another (a vm, a worker of a test). */
export function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === '[object Date]';
}

/** Whether a value is bytes: a Uint8Array of this realm or another. */
export function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]';
}

const withoutKeys = /^\[object (Date|Map|Set|Promise|RegExp|ArrayBuffer|Number|BigInt|String|Boolean|Symbol)\]$/;

/** Whether a value is an object with keys, and no array, Date, bytes or the like. */
export function isKeyed(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) return false;
  return !withoutKeys.test(Object.prototype.toString.call(value));
}
