import { isUtf8 } from 'node:buffer';
import { isPgError, type PgError, sqlstate } from '@riffq/wire';
import type { LargeUtf8, Utf8, Utf8View } from 'apache-arrow';
import { DataType } from 'apache-arrow/type';
import type { DateTimeContext } from '../text-values/date-time-context.js';
import { UnsendableValue } from '../unsendable-value.js';
import { CellFault } from './cell-fault.js';
import type { CellBuffers, CellType } from './cell-type.js';
import { type Cells, describeCell, isBytes, isNull } from './cells.js';
import { bytesBuffers, endsOf } from './value-ends.js';

type TextStorage = Utf8 | LargeUtf8 | Utf8View;

/** Strings, and bytes that are UTF-8. */
export function textCells(type: TextStorage): CellType {
  return { arrowType: type, build: (cells) => buildText(cells, type) };
}

function buildText(cells: Cells, type: DataType): CellBuffers {
  const offsets = endsOf(cells, DataType.isLargeUtf8(type), byteLength);
  const values = Buffer.allocUnsafeSlow(Number(offsets.at(-1)));
  for (const [index, cell] of cells.values.entries()) {
    if (typeof cell === 'string') values.write(cell, Number(offsets[index]), 'utf8');
    else if (isBytes(cell)) values.set(cell, Number(offsets[index]));
  }
  return bytesBuffers(type, new Uint8Array(values.buffer), offsets);
}

function byteLength(cells: Cells, index: number, cell: unknown): number {
  if (typeof cell === 'string') {
    if (!cell.isWellFormed()) throw notText(cells, index, 'half of a surrogate pair');
    if (cell.includes('\0')) throw notText(cells, index, 'a NUL character');
    return Buffer.byteLength(cell, 'utf8');
  }
  if (!isBytes(cell)) throw cells.error(index, describeCell(cell), 'Give a string.');
  if (!isUtf8(cell)) throw notText(cells, index, 'bytes that are not UTF-8');
  if (cell.includes(0)) throw notText(cells, index, 'a NUL character');
  return cell.length;
}

function notText(cells: Cells, index: number, found: string): PgError {
  const hint = "PostgreSQL's text is UTF-8 without NUL: give other bytes to a bytea column.";
  return cells.error(index, found, hint, sqlstate.character_not_in_repertoire);
}

/** What a string column of a narrower kind makes of a cell before it is stored; undefined for what it does not take. */
export type TextReader = (cell: unknown, context: DateTimeContext) => string | undefined;

/** Strings of one form, such as those of uuid; `hint` says which. */
export function formedTextCells(type: TextStorage, read: TextReader, hint: string, state: string): CellType {
  const { arrowType, build } = textCells(type);
  return {
    arrowType,
    build: (cells) => {
      const texts = cells.within();
      for (const [index, cell] of cells.values.entries()) {
        const text = isNull(cell) ? cell : readCell(cells, index, read, hint);
        if (text === undefined && cell !== undefined) {
          const string = typeof cell === 'string';
          const found = string ? 'a string of another form' : describeCell(cell);
          throw cells.error(index, found, hint, string ? state : sqlstate.datatype_mismatch);
        }
        texts.addFrom(index, text);
      }
      return build(texts);
    },
  };
}

/** @throws PgError for text that the modifier of the type does not take */
function readCell(cells: Cells, index: number, read: TextReader, hint: string): string | undefined {
  try {
    return read(cells.values[index], cells.context);
  } catch (error) {
    if (error instanceof CellFault) {
      throw cells.error(index, error.found, error.hint, sqlstate.datatype_mismatch, error.path);
    }
    if (error instanceof UnsendableValue) {
      throw cells.error(index, `a value that does not fit: ${error.message}`, error.hint, error.sqlstate);
    }
    throw isPgError(error) ? cells.error(index, `a string, ${error.message}`, hint, error.sqlstate) : error;
  }
}
