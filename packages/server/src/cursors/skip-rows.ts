import { setImmediate } from 'node:timers/promises';
import type { Interrupt } from '../interrupt.js';
import type { RowStream } from '../results/row-stream.js';

/** Rows that are passed over in one turn of the event loop: other clients must get theirs. */
const rowsPerTurn = 10_000;
const pullsPerTurn = 200;

/** How far a skip came. */
export interface SkippedRows {
  readonly count: number;
  /** There were fewer rows than asked for. */
  readonly ended: boolean;
}

/** Passes over rows as a reader would who throws them away. */
export async function skipRows(rows: RowStream, wanted: number, interrupt: Interrupt): Promise<SkippedRows> {
  let target = new Uint8Array(16 * 1024);
  let count = 0;
  let pulls = 0;
  let rest = rowsPerTurn;
  while (count < wanted) {
    interrupt.throwIfAborted();
    const available = rows.available;
    if (available === 0) {
      const pull = rows.pull();
      if (!(typeof pull === 'boolean' ? pull : await interrupt.race(pull))) return { count, ended: true };
      pulls += 1;
    } else {
      rows.fill(target, 0, Math.min(wanted - count, available, rowsPerTurn));
      const skipped = available - rows.available;
      if (skipped === 0) target = new Uint8Array(rows.nextRowSize());
      count += skipped;
      rest -= skipped;
    }
    if (rest > 0 && pulls < pullsPerTurn) continue;
    rest = rowsPerTurn;
    pulls = 0;
    await setImmediate();
  }
  return { count, ended: false };
}
