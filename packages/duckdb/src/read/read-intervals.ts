import duckdb, { type Vector } from '@duckdb/node-bindings';
import { PgError, sqlstate } from '@riffq/wire';
import { BufferType, Data, IntervalMonthDayNano } from 'apache-arrow';
import { isValid, readValidity } from './validity.js';

const intervalBytes = 16;
const nanosecondsPerMicrosecond = 1000n;

/**
 * An INTERVAL column: DuckDB keeps months, days and microseconds, Arrow nanoseconds.
 *
 * @throws PgError 22008 for more than 292 years of microseconds, which 64 bits of nanoseconds do not hold
 */
export function readIntervals(vector: Vector, rowCount: number): Data {
  const { nullBitmap, nullCount } = readValidity(vector, rowCount);
  const bytes = Uint8Array.from(duckdb.vector_get_data(vector, rowCount * intervalBytes));
  const view = new DataView(bytes.buffer);
  for (let row = 0; row < rowCount; row += 1) {
    if (!isValid(nullBitmap, row)) continue;
    const at = row * intervalBytes + 8;
    const nanoseconds = view.getBigInt64(at, true) * nanosecondsPerMicrosecond;
    if (BigInt.asIntN(64, nanoseconds) !== nanoseconds) {
      throw new PgError({
        sqlstate: sqlstate.datetime_field_overflow,
        message: 'interval out of range',
        hint: 'Cast intervals of more than 292 years of hours to VARCHAR.',
      });
    }
    view.setBigInt64(at, nanoseconds, true);
  }
  const validity = nullBitmap === null ? {} : { [BufferType.VALIDITY]: nullBitmap };
  const buffers = { [BufferType.DATA]: new Int32Array(bytes.buffer), ...validity };
  return new Data(new IntervalMonthDayNano(), 0, rowCount, nullCount, buffers);
}
