import { resultTooLarge } from '../errors/limit-errors.js';
import type { ResolvedLimits } from '../limits.js';
import { countedRows, type OnRows } from './counted-rows.js';
import type { Outcome, RowsOutcome } from './normalise.js';

/** Whether the host wants results to be limited at all. */
export function limitsResults({ resultRows, resultBytes }: ResolvedLimits): boolean {
  return resultRows > 0 || resultBytes > 0;
}

/** The outcome, whose rows end with 54000 when they are more than the host allows. */
export function limitResult(outcome: Outcome, { resultRows, resultBytes }: ResolvedLimits): Outcome {
  if (!('rows' in outcome)) return outcome;
  let rowsSoFar = 0;
  let bytesSoFar = 0;
  const onRows: OnRows = (rows, bytes) => {
    rowsSoFar += rows;
    bytesSoFar += bytes;
    if (resultRows > 0 && rowsSoFar > resultRows) throw resultTooLarge(`${resultRows} rows`);
    if (resultBytes > 0 && bytesSoFar > resultBytes) throw resultTooLarge(`${resultBytes} bytes`);
  };
  const limited = (one: RowsOutcome): RowsOutcome => {
    const rows = countedRows(one.rows, onRows);
    if (one.further === undefined) return { ...one, rows };
    const further = async (): Promise<RowsOutcome | undefined> => {
      const next = await one.further?.();
      return next && limited(next);
    };
    return { ...one, rows, further };
  };
  return outcome.kind === 'rows' ? limited(outcome) : { ...outcome, rows: countedRows(outcome.rows, onRows) };
}
