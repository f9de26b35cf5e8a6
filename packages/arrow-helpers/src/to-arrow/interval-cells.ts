import { sqlstate } from '@riffq/wire';
import { type Interval, IntervalUnit } from 'apache-arrow';
import type { CellBuffers, CellType } from './cell-type.js';
import { type Cells, describeCell, isKeyed, isNull } from './cells.js';
import { type IntervalParts, parseInterval } from './interval-text.js';

const HINT =
  "Give PostgreSQL's text such as '1 year 2 mons 3 days 04:05:06', ISO 8601, or { months, days, microseconds }.";
const LARGEST = 2 ** 31 - 1;
const SMALLEST = -(2 ** 31);
/** Intervals: text, or an object of whole `months`, `days` and `microseconds`, of which any may be left out. */
export function intervalCells(type: Interval): CellType {
  const build = {
    [IntervalUnit.YEAR_MONTH]: buildMonths,
    [IntervalUnit.DAY_TIME]: buildDayTimes,
    [IntervalUnit.MONTH_DAY_NANO]: buildMonthDayNanos,
  }[type.unit];
  return { arrowType: type, build };
}

function buildMonths(cells: Cells): CellBuffers {
  const values = new Int32Array(cells.values.length);
  for (const [index, cell] of cells.values.entries()) {
    if (isNull(cell)) continue;
    const { months, days, microseconds } = partsOf(cells, index, cell);
    if (days !== 0 || microseconds !== 0n) throw outOfRange(cells, index, 'The type has months only.');
    values[index] = months;
  }
  return { values };
}

function buildDayTimes(cells: Cells): CellBuffers {
  const values = new Int32Array(cells.values.length * 2);
  for (const [index, cell] of cells.values.entries()) {
    if (isNull(cell)) continue;
    const { months, days, microseconds } = partsOf(cells, index, cell);
    const milliseconds = Number(microseconds) / 1000;
    if (months !== 0 || !Number.isInteger(milliseconds) || Math.abs(milliseconds) > LARGEST) {
      throw outOfRange(cells, index, 'The type has days and 32 bits of milliseconds.');
    }
    values[index * 2] = days;
    values[index * 2 + 1] = milliseconds;
  }
  return { values };
}

function buildMonthDayNanos(cells: Cells): CellBuffers {
  const values = new Int32Array(cells.values.length * 4);
  const view = new DataView(values.buffer);
  for (const [index, cell] of cells.values.entries()) {
    if (isNull(cell)) continue;
    const [months, days, nanoseconds] = nanosecondsOf(cells, index, cell);
    view.setInt32(index * 16, months, true);
    view.setInt32(index * 16 + 4, days, true);
    view.setBigInt64(index * 16 + 8, nanoseconds, true);
  }
  return { values };
}

function nanosecondsOf(cells: Cells, index: number, cell: unknown): readonly [number, number, bigint] {
  const { months, days, microseconds } = partsOf(cells, index, cell);
  const nanoseconds = microseconds * 1000n;
  if (BigInt.asIntN(64, nanoseconds) !== nanoseconds) {
    throw outOfRange(cells, index, 'Arrow keeps at most 292 years of time beside months and days.');
  }
  return [months, days, nanoseconds];
}

function partsOf(cells: Cells, index: number, cell: unknown): IntervalParts {
  if (cell === 'infinity' || cell === '-infinity') {
    throw outOfRange(cells, index, 'Arrow has no infinite interval: declare the column as text.');
  }
  if (typeof cell === 'string') {
    const parts = parseInterval(cell);
    if (parts !== undefined) return inRange(cells, index, parts);
    throw cells.error(index, 'a string that is not an interval', HINT, sqlstate.invalid_datetime_format);
  }
  if (!isKeyed(cell)) throw cells.error(index, describeCell(cell), HINT);
  const { months = 0, days = 0, microseconds = 0 } = cell;
  const whole = typeof microseconds === 'bigint' || Number.isSafeInteger(microseconds);
  if (typeof months !== 'number' || typeof days !== 'number' || !whole) {
    throw cells.error(index, 'an object of other parts', HINT);
  }
  return inRange(cells, index, { months, days, microseconds: BigInt(String(microseconds)) });
}

function inRange(cells: Cells, index: number, parts: IntervalParts): IntervalParts {
  const fits = (count: number): boolean => Number.isInteger(count) && count >= SMALLEST && count <= LARGEST;
  if (fits(parts.months) && fits(parts.days)) return parts;
  throw outOfRange(cells, index, 'Months and days are whole numbers of 32 bits.');
}

function outOfRange(cells: Cells, index: number, hint: string): Error {
  return cells.error(index, 'an interval out of range', hint, sqlstate.interval_field_overflow);
}
