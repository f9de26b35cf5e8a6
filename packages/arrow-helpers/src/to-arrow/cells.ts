import { PgError, sqlstate } from '@riffq/wire';
import type { DateTimeContext } from '../text-values/date-time-context.js';

/** Where in the value around it a cell is: a member by its name, an element, or a map's value by the key that it has in `keys`. */
export type Place =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'element' | 'key' }
  | { readonly kind: 'value'; readonly keys: Cells };

/** What cells are within, and by cell the index of the one that it came out of. */
interface Surroundings {
  readonly cells: Cells;
  readonly place: Place | undefined;
  readonly indexes: number[];
}

/** The cells of one column of a batch, or of what its lists and structs hold. */
export class Cells {
  readonly values: unknown[] = [];

  /**
   * @param column - its name, and its type as the caller wrote it
   * @param firstRow - the number of the first row, from 1
   * @param context - what dates and times in them leave to the session
   */
  constructor(
    private readonly column: { readonly name: string; readonly type: string },
    private readonly firstRow: number,
    readonly context: DateTimeContext,
    private readonly around?: Surroundings,
  ) {}

  /** Cells to be filled with what these hold, in a place of theirs or instead of them. */
  within(place?: Place): Cells {
    return new Cells(this.column, this.firstRow, this.context, { cells: this, place, indexes: [] });
  }

  /** Adds a cell that comes out of the cell at `index` of those around. */
  addFrom(index: number, value: unknown): void {
    this.values.push(value);
    this.around?.indexes.push(index);
  }

  /** The error for the cell at `index`: what it holds, perhaps at a path within it, and what the type wants. */
  error(index: number, found: string, hint: string, state: string = sqlstate.datatype_mismatch, within = ''): PgError {
    const { name, type } = this.column;
    const path = this.#pathOf(index) + within;
    const where = path === '' ? '' : ` at ${path}`;
    return new PgError({
      sqlstate: state,
      message: `column "${name}" is of type ${type} but row ${this.#rowOf(index)} has ${found}${where}`,
      hint,
    });
  }

  #rowOf(index: number): number {
    if (this.around === undefined) return this.firstRow + index;
    const { cells, indexes } = this.around;
    return cells.#rowOf(indexes[index]!);
  }

  /** Where in the row's value the cell is, as JavaScript writes it: `[2].name`. */
  #pathOf(index: number): string {
    if (this.around === undefined) return '';
    const { cells, place, indexes } = this.around;
    const outer = indexes[index]!;
    const path = cells.#pathOf(outer);
    switch (place?.kind) {
      case undefined:
        return path;
      case 'member':
        return path + memberPath(place.name);
      case 'value':
        return path + memberPath(String(place.keys.values[index]));
      default: {
        const position = index - indexes.indexOf(outer);
        return place?.kind === 'key' ? `the key ${position} of ${path || 'the map'}` : `${path}[${position}]`;
      }
    }
  }
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** A member as JavaScript writes it behind its object. */
export function memberPath(name: string): string {
  return IDENTIFIER.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** The error for NULL where the field takes none; `alternatives` are those of a union, which has no NULL of its own. */
export function notNullable(cells: Cells, index: number, alternatives = ''): PgError {
  return cells.error(
    index,
    `no value${alternatives}`,
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
  return typeof value === 'object' ? describeObject(value) : `a ${typeof value}`;
}

function describeObject(value: object | null): string {
  const [, kind = 'Object'] = /^\[object (\w+)\]$/.exec(Object.prototype.toString.call(value)) ?? [];
  if (kind === 'Object') return 'an object';
  return /^(?:[AEIO]|U(?!int))/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

/** Whether a value is a Date, of this realm or another (a vm, a worker of a test). */
export function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === '[object Date]';
}

/** Whether a value is bytes: a Uint8Array of this realm or another. */
export function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]';
}

/** Whether a value is an array of numbers or bigints in memory: bytes too, but no DataView. */
export function isTypedArray(value: unknown): value is ArrayLike<number | bigint> & ArrayBufferView {
  return ArrayBuffer.isView(value) && 'length' in value;
}

/** Whether a value is a Map, of this realm or another. */
export function isMap(value: unknown): value is ReadonlyMap<unknown, unknown> {
  return Object.prototype.toString.call(value) === '[object Map]';
}

const withoutKeys = /^\[object (Date|Map|Set|Promise|RegExp|ArrayBuffer|Number|BigInt|String|Boolean|Symbol)\]$/;

/** Whether a value is an object with keys, and no array, Date, bytes or the like. */
export function isKeyed(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) return false;
  return !withoutKeys.test(Object.prototype.toString.call(value));
}
