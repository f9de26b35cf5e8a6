import type { Data, FixedSizeList, LargeList, List } from 'apache-arrow';
import { DataType } from 'apache-arrow/type';
import { buildColumn, type CellBuffers, type CellType } from './cell-type.js';
import { type Cells, describeCell, isNull, isTypedArray, notNullable } from './cells.js';
import { endsOf } from './value-ends.js';

const HINT = "Give an array: Arrow's lists count from 0, and PostgreSQL's array literals are not read.";

/** Lists: arrays, typed arrays of numbers too, whose elements are cells of the list's own type. */
export function listCells(type: List | LargeList, element: CellType): CellType {
  const wide = DataType.isLargeList(type);
  const build = (cells: Cells): CellBuffers => {
    const offsets = endsOf(cells, wide, (_, index, cell) => elementsOf(cells, index, cell).length);
    return { offsets, children: [buildElements(cells, element, type.children[0]?.nullable)] };
  };
  return { arrowType: type, build };
}

/** Lists that all have the same number of elements. */
export function fixedSizeListCells(type: FixedSizeList, element: CellType): CellType {
  const { listSize } = type;
  const build = (cells: Cells): CellBuffers => {
    const absent: readonly null[] = new Array(listSize).fill(null);
    for (const [index, cell] of cells.values.entries()) {
      const { length } = isNull(cell) ? absent : elementsOf(cells, index, cell);
      if (length !== listSize) throw cells.error(index, `an array of ${length}`, `Give an array of ${listSize}.`);
    }
    return { children: [buildElements(cells, element, type.children[0]?.nullable, absent)] };
  };
  return { arrowType: type, build };
}

/** @param absent - what stands for a list that is NULL */
function buildElements(cells: Cells, element: CellType, nullable = true, absent: readonly null[] = []): Data {
  const elements = cells.within({ kind: 'element' });
  for (const [index, cell] of cells.values.entries()) {
    const values = isNull(cell) ? absent : elementsOf(cells, index, cell);
    for (let at = 0; at < values.length; at += 1) {
      elements.addFrom(index, values[at]);
      if (!nullable && isNull(values[at]) && !isNull(cell)) throw notNullable(elements, elements.values.length - 1);
    }
  }
  return buildColumn(elements, element);
}

function elementsOf(cells: Cells, index: number, cell: unknown): ArrayLike<unknown> {
  if (Array.isArray(cell)) return cell;
  if (isTypedArray(cell)) return cell;
  throw cells.error(index, describeCell(cell), HINT);
}
