import type { Struct } from 'apache-arrow';
import { buildColumn, type CellBuffers, type CellType } from './cell-type.js';
import { type Cells, describeCell, isKeyed, isNull } from './cells.js';

/** Structs: objects with the fields as keys, or arrays of the fields in order. */
export function structCells(type: Struct, fields: readonly CellType[]): CellType {
  const names = type.children.map(({ name }) => name);
  const hint = `Give an object with ${names.join(', ')}.`;
  const build = (cells: Cells): CellBuffers => {
    const children = fields.map((field, at) => {
      const name = names[at] ?? '';
      const values = cells.within(`in field "${name}"`);
      for (const [index, cell] of cells.values.entries()) {
        if (isNull(cell)) values.addFrom(cells, index, null);
        else if (Array.isArray(cell)) values.addFrom(cells, index, cell[at]);
        else if (isKeyed(cell)) values.addFrom(cells, index, cell[name]);
        else throw cells.error(index, describeCell(cell), hint);
      }
      return buildColumn(values, field);
    });
    return { children };
  };
  return { arrowType: type, build };
}
