import { GeneratedFunctions } from '../../generated-functions.js';
import type { ColumnBuilder } from '../values/column-builder.js';
import { progress } from './loop-progress.js';

/** A loop of its own is worth it for a COPY of so many rows. */
export const COMPILED_AFTER_ROWS = 10_000;
/** With more columns a function is too long for V8 to optimise. */
const MOST_COLUMNS = 64;

/** A loop reads no more at once, so that no column needs room for much more than it gets: long values go the ordinary way. */
const MOST_BYTES = 256 * 1024;
/** The same of all columns. */
const MOST_ROOM = 8 * 1024 * 1024;

/** How many bytes a loop may read at once. */
export function loopBytes(columnCount: number): number {
  return Math.min(MOST_BYTES, Math.floor(MOST_ROOM / columnCount));
}

/** What a generated loop does for NULL. */
export function nullStatements(source: string | undefined): string {
  return source === undefined ? 'c.setNull(row);' : `n[row >> 3] &= ~(1 << (row & 7)); c.hasNulls = true; ${source}`;
}

/** Classes of columns and sources of theirs, in the order in which they were met. */
const met = new Map<unknown, number>();

/** A row loop for all columns, and those generated for the columns of long COPYs (decision 15). */
export class RowLoops<Loop> {
  readonly #general: Loop;
  readonly #fieldSource: (column: ColumnBuilder, columnNumber: number, columns: readonly ColumnBuilder[]) => string;
  readonly #loopSource: (fields: readonly string[], columns: readonly ColumnBuilder[]) => string;
  readonly #names: Readonly<Record<string, unknown>>;
  readonly #functions = new GeneratedFunctions<Loop>();

  /**
   * @param fieldSource - what reads a field: statements
   * @param loopSource - the body of a function that returns the loop around these
   * @param names - what they can call, beside `progress`
   */
  constructor(
    general: Loop,
    fieldSource: (column: ColumnBuilder, columnNumber: number, columns: readonly ColumnBuilder[]) => string,
    loopSource: (fields: readonly string[], columns: readonly ColumnBuilder[]) => string,
    names: Readonly<Record<string, unknown>>,
  ) {
    this.#general = general;
    this.#fieldSource = fieldSource;
    this.#loopSource = loopSource;
    this.#names = { progress, ...names };
  }

  /** The loop for these columns, of which so many rows have been read. */
  loopFor(columns: readonly ColumnBuilder[], rows: number): Loop {
    if (columns.length > MOST_COLUMNS) return this.#general;
    const key = columns.map(keyOf).join();
    if (rows < COMPILED_AFTER_ROWS) return this.#functions.known(key) ?? this.#general;
    const source = (): string => this.#loopSource(columns.map(this.#fieldSource), columns);
    return this.#functions.make(key, source, this.#names) ?? this.#general;
  }
}

/** Columns of the same class are read by the same functions; what a loop has of its own for them is one of few sources. */
function keyOf(column: ColumnBuilder): string {
  const { textSource, binarySource, nullSource } = column;
  return [column.constructor, textSource, binarySource, nullSource].map(numberOf).join(' ');
}

function numberOf(thing: unknown): number {
  const known = met.get(thing);
  if (known !== undefined) return known;
  met.set(thing, met.size);
  return met.size - 1;
}
