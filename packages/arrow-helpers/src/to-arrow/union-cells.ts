import type { Union } from 'apache-arrow';
import { UnionMode } from 'apache-arrow/enum';
import { buildColumn, type CellBuffers, type CellType } from './cell-type.js';
import { type Cells, describeCell, isKeyed, isNull, notNullable } from './cells.js';

/** Unions: objects of one member, which is named for the alternative. A union has no NULL but those of its alternatives. */
export function unionCells(type: Union, alternatives: readonly CellType[]): CellType {
  const names = type.children.map(({ name }) => name);
  const nullable = type.children.findIndex((child) => child.nullable);
  const isDense = type.mode === UnionMode.Dense;
  const hint = `Give an object of one member, called ${names.join(' or ')}.`;

  const chosen = (cells: Cells, index: number, cell: unknown): { readonly child: number; readonly value: unknown } => {
    if (isNull(cell)) {
      if (nullable >= 0) return { child: nullable, value: null };
      throw notNullable(cells, index, ' in any alternative');
    }
    if (!isKeyed(cell)) throw cells.error(index, describeCell(cell), hint);
    const [[name, value] = [], ...others] = Object.entries(cell);
    const child = name === undefined ? -1 : names.indexOf(name);
    if (child < 0 || others.length > 0) throw cells.error(index, 'an object of other members', hint);
    return { child, value };
  };

  const build = (cells: Cells): CellBuffers => {
    const { length } = cells.values;
    const [typeIds, offsets] = [new Int8Array(length), new Int32Array(length)];
    const columns = names.map((name) => cells.within({ kind: 'member', name }));
    for (const [index, cell] of cells.values.entries()) {
      const { child, value } = chosen(cells, index, cell);
      typeIds[index] = type.typeIds[child] ?? child;
      offsets[index] = columns[child]?.values.length ?? 0;
      for (const [at, column] of columns.entries()) {
        if (at === child) column.addFrom(index, value);
        else if (!isDense) column.addFrom(index, null);
      }
      const chosenColumn = columns[child];
      if (isNull(value) && type.children[child]?.nullable !== true && chosenColumn !== undefined) {
        throw notNullable(chosenColumn, chosenColumn.values.length - 1);
      }
    }
    const children = alternatives.map((alternative, at) => buildColumn(columns[at] ?? cells, alternative));
    return isDense ? { typeIds, offsets, children } : { typeIds, children };
  };
  return { arrowType: type, build };
}
