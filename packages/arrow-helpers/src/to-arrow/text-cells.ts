import { isUtf8 } from 'node:buffer';
import { sqlstate } from '@riffq/wire';
import { Utf8 } from 'apache-arrow';
import { type Cells, type CellType, describeCell } from './cell-type.js';

/** str and string: strings, and bytes that are UTF-8. */
export const textCells: CellType = { arrowType: new Utf8(), build: buildText };

/** The end of the last string, in Arrow's 32-bit offsets. */
const MAXIMUM_BYTES = 0x7fff_ffff;

function buildText(cells: Cells): { values: Uint8Array; offsets: Int32Array } {
  const offsets = new Int32Array(cells.values.length + 1);
  let bytes = 0;
  for (const [index, cell] of cells.values.entries()) {
    if (cell !== null && cell !== undefined) bytes += byteLength(cells, index, cell);
    if (bytes > MAXIMUM_BYTES) {
      const state = sqlstate.program_limit_exceeded;
      throw cells.error(index, 'more than 2 GiB of strings before it', 'Give the rows as an async iterable.', state);
    }
    offsets[index + 1] = bytes;
  }
  const values = Buffer.allocUnsafeSlow(bytes);
  for (const [index, cell] of cells.values.entries()) {
    if (typeof cell === 'string') values.write(cell, offsets[index]!, 'utf8');
    else if (cell instanceof Uint8Array) values.set(cell, offsets[index]!);
  }
  return { values: new Uint8Array(values.buffer), offsets };
}

function byteLength(cells: Cells, index: number, cell: unknown): number {
  if (typeof cell === 'string') return Buffer.byteLength(cell, 'utf8');
  if (!(cell instanceof Uint8Array)) throw cells.error(index, describeCell(cell), 'Give a string.');
  if (isUtf8(cell)) return cell.length;
  throw cells.error(index, 'bytes that are not UTF-8', 'Give a string.', sqlstate.character_not_in_repertoire);
}
