import { sqlstate } from '@riffq/wire';
import { DateDay, TimestampMicrosecond } from 'apache-arrow';
import { type Cells, type CellType, describeCell } from './cell-type.js';
import { parseIsoDateTime } from './iso-date-time.js';

/** date: a Date (its UTC day), an ISO string (the day of it) or a bigint (days since 1970). */
export const dateCells: CellType = { arrowType: new DateDay(), build: buildDate };

/** datetime: a Date, an ISO string (in UTC if it names a zone) or a bigint (microseconds since 1970). */
export const datetimeCells: CellType = { arrowType: new TimestampMicrosecond(), build: buildDatetime };

const MILLISECONDS_PER_DAY = 86_400_000;
const MICROSECONDS_PER_DAY = 86_400_000_000;
const DATE_HINT = 'Give a Date, an ISO string or a bigint of days since 1970-01-01.';
const DATETIME_HINT = 'Give a Date, an ISO string or a bigint of microseconds since 1970-01-01.';

function buildDate(cells: Cells): { values: Int32Array } {
  const values = new Int32Array(cells.values.length);
  for (const [index, cell] of cells.values.entries()) {
    if (cell === null || cell === undefined) continue;
    const day = dayOf(cells, index, cell);
    values[index] = day;
    if (values[index] !== day) throw outOfRange(cells, index, 'date');
  }
  return { values };
}

function dayOf(cells: Cells, index: number, cell: unknown): number {
  if (typeof cell === 'bigint') return Number(cell);
  if (cell instanceof Date && !Number.isNaN(cell.getTime())) return Math.floor(cell.getTime() / MILLISECONDS_PER_DAY);
  if (typeof cell !== 'string') throw cells.error(index, describeCell(cell), DATE_HINT);
  if (cell === 'infinity') return 0x7fff_ffff;
  if (cell === '-infinity') return -0x8000_0000;
  const parsed = parseIsoDateTime(cell);
  if (parsed === undefined) throw notADate(cells, index, DATE_HINT);
  return parsed.day + Math.floor(parsed.microseconds / MICROSECONDS_PER_DAY);
}

function buildDatetime(cells: Cells): { values: BigInt64Array } {
  const values = new BigInt64Array(cells.values.length);
  for (const [index, cell] of cells.values.entries()) {
    if (cell === null || cell === undefined) continue;
    const microseconds = microsecondsOf(cells, index, cell);
    values[index] = microseconds;
    if (values[index] !== microseconds) throw outOfRange(cells, index, 'timestamp');
  }
  return { values };
}

function microsecondsOf(cells: Cells, index: number, cell: unknown): bigint {
  if (typeof cell === 'bigint') return cell;
  if (cell instanceof Date && !Number.isNaN(cell.getTime())) return BigInt(cell.getTime()) * 1000n;
  if (typeof cell !== 'string') throw cells.error(index, describeCell(cell), DATETIME_HINT);
  if (cell === 'infinity') return 2n ** 63n - 1n;
  if (cell === '-infinity') return -(2n ** 63n);
  const parsed = parseIsoDateTime(cell);
  if (parsed === undefined) throw notADate(cells, index, DATETIME_HINT);
  return BigInt(parsed.day) * BigInt(MICROSECONDS_PER_DAY) + BigInt(parsed.microseconds);
}

function notADate(cells: Cells, index: number, hint: string): Error {
  return cells.error(index, 'a string that is not an ISO date', hint, sqlstate.invalid_datetime_format);
}

function outOfRange(cells: Cells, index: number, type: string): Error {
  const hint = `PostgreSQL has no such ${type}.`;
  return cells.error(index, `a ${type} out of range`, hint, sqlstate.datetime_field_overflow);
}
