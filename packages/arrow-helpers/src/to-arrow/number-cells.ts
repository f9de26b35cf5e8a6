import { sqlstate } from '@riffq/wire';
import { Float64, Int64 } from 'apache-arrow';
import { type Cells, type CellType, describeCell } from './cell-type.js';

/** int: whole numbers and bigints of at most 64 bits. */
export const intCells: CellType = { arrowType: new Int64(), build: buildInt };

/** float: numbers, and bigints that a double holds exactly. */
export const floatCells: CellType = { arrowType: new Float64(), build: buildFloat };

function buildInt(cells: Cells): { values: BigInt64Array } {
  const values = new BigInt64Array(cells.values.length);
  const halves = new Int32Array(values.buffer);
  for (const [index, cell] of cells.values.entries()) {
    if (cell === null || cell === undefined) continue;
    if (typeof cell === 'number') {
      if (!Number.isSafeInteger(cell)) throw intError(cells, index, cell);
      const high = Math.floor(cell / 0x1_0000_0000);
      halves[index * 2] = cell - high * 0x1_0000_0000;
      halves[index * 2 + 1] = high;
    } else if (typeof cell === 'bigint') {
      values[index] = cell;
      if (values[index] !== cell) {
        const state = sqlstate.numeric_value_out_of_range;
        throw cells.error(index, 'a bigint of more than 64 bits', 'Give a value from -2^63 to 2^63 - 1.', state);
      }
    } else {
      throw intError(cells, index, cell);
    }
  }
  return { values };
}

function intError(cells: Cells, index: number, cell: unknown): Error {
  if (Number.isInteger(cell)) {
    const state = sqlstate.numeric_value_out_of_range;
    return cells.error(index, 'a number beyond 2^53, which has lost digits', 'Give a bigint.', state);
  }
  return cells.error(index, describeCell(cell), 'Give a whole number or a bigint.');
}

function buildFloat(cells: Cells): { values: Float64Array } {
  const values = new Float64Array(cells.values.length);
  for (const [index, cell] of cells.values.entries()) {
    if (cell === null || cell === undefined) continue;
    if (typeof cell === 'number') {
      values[index] = cell;
    } else if (typeof cell === 'bigint') {
      const value = Number(cell);
      if (!Number.isFinite(value) || BigInt(value) !== cell) {
        const state = sqlstate.numeric_value_out_of_range;
        throw cells.error(index, 'a bigint that a float cannot hold exactly', 'Convert it with Number().', state);
      }
      values[index] = value;
    } else {
      throw cells.error(index, describeCell(cell), 'Give a number.');
    }
  }
  return { values };
}
