import { sqlstate } from '@riffq/wire';
import type { Time } from 'apache-arrow';
import { readTimeOfDay } from '../text-values/read-date-time.js';
import { roundTime } from '../type-modifier/round-seconds.js';
import type { CellBuffers, CellType } from './cell-type.js';
import { type Cells, describeCell, isNull } from './cells.js';
import { fromMicroseconds, timeUnit } from './time-unit.js';
import { unreadDateTime } from './unread-date-time.js';

const SECONDS_PER_DAY = 86_400n;

/**
 * Times of day: a string as PostgreSQL reads it, or a bigint of the type's unit since midnight.
 *
 * @param digits - of a second, to which strings are rounded
 */
export function timeCells(type: Time, digits = 6): CellType {
  return { arrowType: type, build: (cells) => buildTimes(cells, type, digits) };
}

function buildTimes(cells: Cells, { unit, bitWidth }: Time, digits: number): CellBuffers {
  const { length } = cells.values;
  const counts = new BigInt64Array(length);
  const { name, perSecond } = timeUnit(unit);
  const hint = `Give HH:MM:SS as a string or a bigint of ${name} since midnight.`;
  for (const [index, cell] of cells.values.entries()) {
    if (isNull(cell)) continue;
    const count =
      typeof cell === 'bigint'
        ? cell
        : fromMicroseconds(roundTime(microsecondsOf(cells, index, cell, hint), digits), perSecond);
    if (count < 0n || count > SECONDS_PER_DAY * BigInt(perSecond)) {
      const day = 'A day goes from 00:00:00 to 24:00:00.';
      throw cells.error(index, 'a time out of range', day, sqlstate.datetime_field_overflow);
    }
    counts[index] = count;
  }
  return { values: bitWidth === 64 ? counts : Int32Array.from(counts, Number) };
}

function microsecondsOf(cells: Cells, index: number, cell: unknown, hint: string): bigint {
  if (typeof cell !== 'string') throw cells.error(index, describeCell(cell), hint);
  const read = readTimeOfDay(cell, cells.context);
  if (typeof read === 'string') throw unreadDateTime(cells, index, read, 'a time of day', hint);
  return BigInt(read);
}
