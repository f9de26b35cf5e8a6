import type { Map_ } from 'apache-arrow';
import { Data } from 'apache-arrow/data';
import { Struct } from 'apache-arrow/type';
import { buildColumn, type CellBuffers, type CellType } from './cell-type.js';
import { type Cells, describeCell, isKeyed, isMap, isNull, notNullable } from './cells.js';
import { endsOf } from './value-ends.js';

/** Maps: a Map, an array of [key, value], or an object for keys that are strings. */
export function mapCells(type: Map_, key: CellType, value: CellType): CellType {
  const entries = new Struct(type.children[0]?.type.children ?? []);
  const nullable = entries.children[1]?.nullable ?? true;
  const build = (cells: Cells): CellBuffers => {
    const offsets = endsOf(cells, false, (_, index, cell) => pairsOf(cells, index, cell).length);
    const keys = cells.within({ kind: 'key' });
    const values = cells.within({ kind: 'value', keys });
    for (const [index, cell] of cells.values.entries()) {
      if (isNull(cell)) continue;
      for (const pair of pairsOf(cells, index, cell)) {
        if (!Array.isArray(pair) || isNull(pair[0])) throw cells.error(index, 'an entry without a key', HINT);
        keys.addFrom(index, pair[0]);
        values.addFrom(index, pair[1]);
        if (!nullable && isNull(pair[1])) throw notNullable(values, values.values.length - 1);
      }
    }
    const children = [buildColumn(keys, key), buildColumn(values, value)];
    return { offsets, children: [new Data(entries, 0, keys.values.length, 0, undefined, children)] };
  };
  return { arrowType: type, build };
}

const HINT = 'Give a Map, an array of [key, value] or an object.';

function pairsOf(cells: Cells, index: number, cell: unknown): readonly unknown[] {
  if (Array.isArray(cell)) return cell;
  if (isMap(cell)) return [...cell];
  if (isKeyed(cell)) return Object.entries(cell);
  throw cells.error(index, describeCell(cell), HINT);
}
