import { sqlstate } from '@riffq/wire';
import type { Date_ } from 'apache-arrow';
import { DateUnit } from 'apache-arrow/enum';
import { readDateTime } from '../text-values/read-date-time.js';
import type { CellBuffers, CellType } from './cell-type.js';
import { type Cells, describeCell, isDate, isNull } from './cells.js';
import { unreadDateTime } from './unread-date-time.js';

const MILLISECONDS_PER_DAY = 86_400_000;
const MICROSECONDS_PER_DAY = 86_400_000_000;
const HINT = 'Give a Date, a string such as 2024-02-29 or a bigint of days since 1970-01-01.';

/** date: a Date (its UTC day), a string as PostgreSQL reads it (the day of it in UTC) or a bigint (days since 1970). */
export function dateCells(type: Date_): CellType {
  const inDays = type.unit === DateUnit.DAY;
  return { arrowType: type, build: (cells) => (inDays ? buildDays(cells) : buildMilliseconds(cells)) };
}

function buildDays(cells: Cells): { values: Int32Array } {
  const values = new Int32Array(cells.values.length);
  for (const [index, cell] of cells.values.entries()) {
    if (isNull(cell)) continue;
    const day = dayOf(cells, index, cell);
    // The largest and the smallest day are the infinities.
    values[index] =
      day === Number.POSITIVE_INFINITY ? 0x7fff_ffff : day === Number.NEGATIVE_INFINITY ? -0x8000_0000 : day;
    if (Number.isFinite(day) && values[index] !== day) throw outOfRange(cells, index);
  }
  return { values };
}

function buildMilliseconds(cells: Cells): CellBuffers {
  const values = new BigInt64Array(cells.values.length);
  for (const [index, cell] of cells.values.entries()) {
    if (isNull(cell)) continue;
    const day = dayOf(cells, index, cell);
    if (day === Number.POSITIVE_INFINITY) values[index] = 2n ** 63n - 1n;
    else if (day === Number.NEGATIVE_INFINITY) values[index] = -(2n ** 63n);
    else if (Math.abs(day) < 2 ** 36) values[index] = BigInt(day) * BigInt(MILLISECONDS_PER_DAY);
    else throw outOfRange(cells, index);
  }
  return { values };
}

function dayOf(cells: Cells, index: number, cell: unknown): number {
  if (typeof cell === 'bigint') return Number(cell);
  if (isDate(cell) && !Number.isNaN(cell.getTime())) return Math.floor(cell.getTime() / MILLISECONDS_PER_DAY);
  if (typeof cell !== 'string') throw cells.error(index, describeCell(cell), HINT);
  const read = readDateTime(cell, cells.context);
  if (read === 'infinity') return Number.POSITIVE_INFINITY;
  if (read === '-infinity') return Number.NEGATIVE_INFINITY;
  if (typeof read === 'string') throw unreadDateTime(cells, index, read, 'a date', HINT);
  return read.day + Math.floor(read.microseconds / MICROSECONDS_PER_DAY);
}

function outOfRange(cells: Cells, index: number): Error {
  return cells.error(index, 'a date out of range', 'PostgreSQL has no such date.', sqlstate.datetime_field_overflow);
}
