import type { Column } from './column.js';
import { offsetAt } from './row-sizes.js';
import type { SpecialBytes } from './special-bytes.js';

/** So many rows are looked at together: native searches are short enough then to forget what it takes to begin one. */
const AHEAD_ROWS = 2048;
/** More bytes than a processor keeps at hand are looked at shortly before they are copied. */
const AHEAD_BYTES = 65_536;

/** Tells of rows, before they are written one after another, whether a column's values have special bytes among them. */
export class LookAhead {
  #end = 0;
  #isClean = false;

  /** @param column - whose values lie one after another */
  constructor(
    private readonly column: Column,
    private readonly special: SpecialBytes,
  ) {}

  /** Whether there is none in the rows `firstRow` to `endRow`; false too if there may be some in rows behind. */
  isClean(firstRow: number, endRow: number): boolean {
    if (endRow > this.#end) this.#look(firstRow, endRow);
    return this.#isClean;
  }

  #look(firstRow: number, endRow: number): void {
    const { column } = this;
    const from = offsetAt(column, firstRow);
    const ahead = Math.max(endRow, firstRow + AHEAD_ROWS);
    const to = offsetAt(column, ahead);
    const isNear = to - from <= AHEAD_BYTES;
    this.#end = isNear ? ahead : endRow;
    this.#isClean = !this.special.areIn(column.bytes, from, isNear ? to : offsetAt(column, endRow));
  }
}
