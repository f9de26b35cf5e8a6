import { Bool } from 'apache-arrow/type';
import type { CellType } from './cell-type.js';
import { type Cells, describeCell, isNull } from './cells.js';

/** bool: true and false, and nothing that only looks like them. */
export const boolCells: CellType = { arrowType: new Bool(), build: buildBool };

function buildBool(cells: Cells): { values: Uint8Array } {
  const values = new Uint8Array((cells.values.length + 7) >> 3);
  for (const [index, cell] of cells.values.entries()) {
    if (isNull(cell)) continue;
    if (typeof cell !== 'boolean') throw cells.error(index, describeCell(cell), 'Give true or false.');
    if (cell) values[index >> 3]! |= 1 << (index & 7);
  }
  return { values };
}
