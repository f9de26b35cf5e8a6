import { sqlstate } from '@riffq/wire';
import type { Timestamp } from 'apache-arrow';
import { TimeUnit } from 'apache-arrow/enum';
import type { Endless } from '../text-values/date-time-reading.js';
import { readDateTime } from '../text-values/read-date-time.js';
import { isTimestamp, timestampRangeHint } from '../text-values/timestamp-range.js';
import { roundTimestamp } from '../type-modifier/round-seconds.js';
import type { CellBuffers, CellType } from './cell-type.js';
import { type Cells, describeCell, isDate, isNull } from './cells.js';
import { fromMicroseconds, timeUnit } from './time-unit.js';
import { unreadDateTime } from './unread-date-time.js';

const MICROSECONDS_PER_DAY = 86_400_000_000n;
const LATEST = 2n ** 63n - 1n;
const EARLIEST = -(2n ** 63n);

/**
 * Timestamps: a Date, a string as PostgreSQL reads it (in UTC if it names no zone) or a bigint of the type's unit since 1970.
 *
 * @param digits - of a second, to which Dates and strings are rounded
 */
export function timestampCells(type: Timestamp, digits = 6): CellType {
  return { arrowType: type, build: (cells) => buildTimestamps(cells, type.unit, digits) };
}

function buildTimestamps(cells: Cells, unit: TimeUnit, digits: number): CellBuffers {
  const values = new BigInt64Array(cells.values.length);
  for (const [index, cell] of cells.values.entries()) {
    if (isNull(cell)) continue;
    const count = countOf(cells, index, cell, unit, digits);
    values[index] = count;
    if (values[index] !== count) throw outOfRange(cells, index, undefined, unit);
  }
  return { values };
}

function countOf(cells: Cells, index: number, cell: unknown, unit: TimeUnit, digits: number): bigint {
  if (typeof cell === 'bigint') return cell;
  const { name, perSecond } = timeUnit(unit);
  const hint = `Give a Date, a string such as 2024-02-29 12:30:00+01 or a bigint of ${name} since 1970-01-01.`;
  const moment = momentOf(cells, index, cell, hint);
  if (typeof moment === 'bigint') {
    const rounded = roundTimestamp(moment, digits);
    const count = fromMicroseconds(rounded, perSecond);
    // What is rounded up may be later than all that PostgreSQL has.
    const stored = unit === TimeUnit.NANOSECOND ? rounded : count * BigInt(1_000_000 / perSecond);
    if (isTimestamp(stored) && count < LATEST && count > EARLIEST) return count;
    throw outOfRange(cells, index, moment, unit);
  }
  if (unit !== TimeUnit.NANOSECOND) return moment === 'infinity' ? LATEST : EARLIEST;
  throw outOfRange(cells, index, undefined, unit);
}

function outOfRange(cells: Cells, index: number, moment: bigint | undefined, unit: TimeUnit): Error {
  const hint = timestampRangeHint(moment, unit);
  return cells.error(index, 'a timestamp out of range', hint, sqlstate.datetime_field_overflow);
}

/** Microseconds since 1970. */
function momentOf(cells: Cells, index: number, cell: unknown, hint: string): bigint | Endless {
  if (isDate(cell) && !Number.isNaN(cell.getTime())) return BigInt(cell.getTime()) * 1000n;
  if (typeof cell !== 'string') throw cells.error(index, describeCell(cell), hint);
  const read = readDateTime(cell, cells.context);
  if (read === 'infinity' || read === '-infinity') return read;
  if (typeof read === 'string') throw unreadDateTime(cells, index, read, 'a timestamp', hint);
  return BigInt(read.day) * MICROSECONDS_PER_DAY + BigInt(read.microseconds);
}
