import { type Column, NOT_STAGED } from './column.js';
import { offsetAt } from './row-sizes.js';
import { valueKind } from './value-kind.js';

/**
 * Long texts of a block of rows, copied at once to the end of the buffer that the rows are written to. From there each gets to
 * its row by `copyWithin`, which is the only quick copy that makes no object for each value (bench `streaming-speed`).
 */
export class Staging {
  readonly #columns: readonly Column[];

  constructor(columns: readonly Column[]) {
    this.#columns = columns.filter(({ kind }) => kind === valueKind.longBytes);
  }

  /** Whether no column has long texts. */
  get isEmpty(): boolean {
    return this.#columns.length === 0;
  }

  /** Bytes that the rows `firstRow` to `endRow` take at the end of the buffer. */
  bytes(firstRow: number, endRow: number): number {
    let bytes = 0;
    for (const column of this.#columns) bytes += offsetAt(column, endRow) - offsetAt(column, firstRow);
    return bytes;
  }

  /** Copies the texts of these rows; they are forgotten with the next block. */
  copy(firstRow: number, endRow: number, target: Uint8Array): void {
    let end = target.length;
    for (const column of this.#columns) {
      const from = offsetAt(column, firstRow);
      const to = offsetAt(column, endRow);
      end -= to - from;
      target.set(column.bytes.subarray(from, to), end);
      column.stagedAt = end - from;
    }
  }

  /** The next rows are written without. */
  forget(): void {
    for (const column of this.#columns) column.stagedAt = NOT_STAGED;
  }
}
