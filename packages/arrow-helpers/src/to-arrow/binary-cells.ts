import type { Binary, BinaryView, FixedSizeBinary, LargeBinary } from 'apache-arrow';
import { DataType } from 'apache-arrow/type';
import type { CellBuffers, CellType } from './cell-type.js';
import { type Cells, describeCell, isBytes, isNull } from './cells.js';
import { bytesBuffers, endsOf } from './value-ends.js';

const HINT = 'Give a Uint8Array.';

/** Bytes of any length. */
export function binaryCells(type: Binary | LargeBinary | BinaryView): CellType {
  return { arrowType: type, build: (cells) => buildBinary(cells, type) };
}

/** Bytes of one length. */
export function fixedSizeBinaryCells(type: FixedSizeBinary): CellType {
  const { byteWidth } = type;
  const build = (cells: Cells): CellBuffers => {
    const values = new Uint8Array(cells.values.length * byteWidth);
    for (const [index, cell] of cells.values.entries()) {
      if (isNull(cell)) continue;
      const bytes = bytesOf(cells, index, cell);
      if (bytes.length !== byteWidth) {
        throw cells.error(index, `${bytes.length} bytes`, `Give a Uint8Array of ${byteWidth} bytes.`);
      }
      values.set(bytes, index * byteWidth);
    }
    return { values };
  };
  return { arrowType: type, build };
}

function buildBinary(cells: Cells, type: DataType): CellBuffers {
  const offsets = endsOf(cells, DataType.isLargeBinary(type), (_, index, cell) => bytesOf(cells, index, cell).length);
  const values = new Uint8Array(Number(offsets.at(-1)));
  for (const [index, cell] of cells.values.entries()) {
    if (isBytes(cell)) values.set(cell, Number(offsets[index]));
  }
  return bytesBuffers(type, values, offsets);
}

function bytesOf(cells: Cells, index: number, cell: unknown): Uint8Array {
  if (isBytes(cell)) return cell;
  throw cells.error(index, describeCell(cell), HINT);
}
