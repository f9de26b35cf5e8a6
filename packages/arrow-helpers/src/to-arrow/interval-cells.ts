import { sqlstate } from '@riffq/wire';
import type { Interval } from 'apache-arrow';
import type { IntervalParts } from '../text-output/interval-span.js';
import { isIntervalFault } from '../text-values/interval-sum.js';
import { isIntervalInRange, parseInterval, stateOfIntervalFault } from '../text-values/interval-text.js';
import type { CellType } from './cell-type.js';
import { type Cells, describeCell, isKeyed, isNull } from './cells.js';
import { intervalLayout } from './store-interval.js';

const HINT =
  "Give PostgreSQL's text such as '1 year 2 mons 3 days 04:05:06', ISO 8601, or { months, days, microseconds }.";
const RANGE_HINT = 'Months and days are whole numbers of 32 bits, microseconds of 64.';

/** Intervals: text, or an object of whole `months`, `days` and `microseconds`, of which any may be left out. */
export function intervalCells(type: Interval): CellType {
  const { bytes, store, hint } = intervalLayout(type);
  const build = (cells: Cells) => {
    const values = new Int32Array((cells.values.length * bytes) / 4);
    const view = new DataView(values.buffer);
    for (const [index, cell] of cells.values.entries()) {
      if (isNull(cell)) continue;
      if (!store(partsOf(cells, index, cell), view, index * bytes)) throw outOfRange(cells, index, hint);
    }
    return { values };
  };
  return { arrowType: type, build };
}

function partsOf(cells: Cells, index: number, cell: unknown): IntervalParts {
  if (typeof cell === 'string') {
    const parts = parseInterval(cell);
    if (!isIntervalFault(parts)) return parts;
    const found = parts === 'malformed' ? 'a string that is not an interval' : 'an interval out of range';
    throw cells.error(index, found, parts === 'malformed' ? HINT : RANGE_HINT, stateOfIntervalFault(parts));
  }
  if (!isKeyed(cell)) throw cells.error(index, describeCell(cell), HINT);
  const { months = 0, days = 0, microseconds = 0, ...others } = cell;
  if (Object.keys(others).length > 0) throw cells.error(index, 'an object of other parts', HINT);
  const notA = (part: string, found: string, hint = HINT, state?: string): Error =>
    cells.error(index, found, hint, state, `.${part}`);
  if (typeof months !== 'number') throw notA('months', describeCell(months));
  if (typeof days !== 'number') throw notA('days', describeCell(days));
  if (typeof microseconds !== 'bigint' && !Number.isSafeInteger(microseconds)) {
    if (!Number.isInteger(microseconds)) throw notA('microseconds', describeCell(microseconds));
    const state = sqlstate.interval_field_overflow;
    throw notA('microseconds', 'a number beyond 2^53, which has lost digits', 'Give a bigint.', state);
  }
  return inRange(cells, index, { months, days, microseconds: BigInt(String(microseconds)) });
}

function inRange(cells: Cells, index: number, parts: IntervalParts): IntervalParts {
  if (isIntervalInRange(parts)) return parts;
  throw outOfRange(cells, index, RANGE_HINT);
}

function outOfRange(cells: Cells, index: number, hint: string): Error {
  return cells.error(index, 'an interval out of range', hint, sqlstate.interval_field_overflow);
}
