import { sqlstate } from '@riffq/wire';
import type { DataType, Dictionary } from 'apache-arrow';
import { Vector } from 'apache-arrow/vector';
import { buildColumn, type CellBuffers, type CellType } from './cell-type.js';
import { type Cells, isNull } from './cells.js';
import { narrowArray } from './number-cells.js';

/** Dictionaries: cells of the dictionary's own type; each batch has the values that occur in it, once. */
export function dictionaryCells(type: Dictionary<DataType>, value: CellType): CellType {
  const { bitWidth, isSigned } = type.indices;
  const most = 2 ** (isSigned ? bitWidth - 1 : bitWidth);
  const build = (cells: Cells): CellBuffers => {
    const positions = new Map<unknown, number>();
    const distinct = cells.within();
    const indices = narrowArray(type.indices, cells.values.length);
    for (const [index, cell] of cells.values.entries()) {
      if (isNull(cell)) continue;
      let position = positions.get(cell);
      if (position === undefined) {
        position = positions.size;
        positions.set(cell, position);
        distinct.addFrom(index, cell);
      }
      if (position >= most) {
        const hint = 'Declare indices of more bits, or give options.batchRows.';
        throw cells.error(index, `more than ${most} different values before it`, hint, sqlstate.program_limit_exceeded);
      }
      indices[index] = position;
    }
    return { values: indices, dictionary: new Vector([buildColumn(distinct, value)]) };
  };
  return {
    arrowType: type,
    ...(value.metadata === undefined ? {} : { metadata: value.metadata }),
    build,
  };
}
