import type { Struct } from 'apache-arrow';
import { buildColumn, type CellBuffers, type CellType } from './cell-type.js';
import { type Cells, describeCell, isKeyed, isNull, notNullable } from './cells.js';

/** Structs: objects with the fields as keys, or arrays of the fields in order. */
export function structCells(type: Struct, fields: readonly CellType[]): CellType {
  const { children: members } = type;
  const names = members.map(({ name }) => name);
  const hint = `Give an object with ${names.join(', ')}.`;
  const known = new Set(names);
  const build = (cells: Cells): CellBuffers => {
    const children = fields.map((field, at) => {
      const name = names[at] ?? '';
      const values = cells.within({ kind: 'member', name });
      for (const [index, cell] of cells.values.entries()) {
        if (isNull(cell)) {
          values.addFrom(index, null);
          continue;
        }
        if (!Array.isArray(cell) && !isKeyed(cell)) throw cells.error(index, describeCell(cell), hint);
        if (at === 0 && !Array.isArray(cell)) refuseUnknownKey(cells, index, cell, known, hint);
        const value: unknown = Array.isArray(cell) ? cell[at] : cell[name];
        values.addFrom(index, value);
        if (isNull(value) && members[at]?.nullable === false) throw notNullable(values, index);
      }
      return buildColumn(values, field);
    });
    return { children };
  };
  return { arrowType: type, build };
}

/** A key that is misspelt would be lost without a word. */
function refuseUnknownKey(cells: Cells, index: number, cell: object, known: ReadonlySet<string>, hint: string): void {
  const unknown = Object.keys(cell).find((key) => !known.has(key));
  if (unknown !== undefined) throw cells.error(index, `an object with the unknown key "${unknown}"`, hint);
}
