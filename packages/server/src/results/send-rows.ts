import { setImmediate } from 'node:timers/promises';
import { abortable } from '../abortable.js';
import { clientGone } from '../errors.js';
import { returnChunk } from '../io/chunk-pool.js';
import type { Outbound } from '../io/outbound.js';
import type { RowStream } from './row-stream.js';

/** Pulls that a source answers at once, in one turn of the event loop: other clients must get theirs. */
const pullsPerTurn = 200;

/** A small result leaves in one write with its other messages; only a larger one takes chunks of its own. */
const scratch = new Uint8Array(16 * 1024);

/**
 * Sends at most `maxRows` rows (0: all) as DataRow messages, pulling no faster than the client reads. Rows encoded before
 * an error still go out, as PostgreSQL's do. `ended` is false when the limit was reached first.
 */
export async function sendRows(
  rows: RowStream,
  outbound: Outbound,
  maxRows: number,
  signal: AbortSignal,
): Promise<{ readonly count: number; readonly ended: boolean }> {
  const limit = maxRows === 0 ? Number.POSITIVE_INFINITY : maxRows;
  let target: Uint8Array<ArrayBuffer> = scratch;
  let offset = 0;
  let count = 0;
  let pulls = 0;
  const emit = (): void => {
    if (offset === 0) return;
    if (target === scratch) outbound.sendEncoded(scratch.subarray(0, offset));
    else outbound.writeChunk(target, offset);
    target = scratch;
    offset = 0;
  };
  const nextTarget = async (): Promise<void> => {
    outbound.flush();
    // Loopback writes end at once, without a turn of the event loop: others must get theirs.
    await setImmediate();
    const chunk = await outbound.chunk(signal);
    if (signal.aborted) {
      if (chunk !== undefined) returnChunk(chunk);
      throw signal.reason;
    }
    if (chunk === undefined) throw clientGone();
    const size = rows.nextRowSize();
    // A row larger than a chunk gets a buffer of its own, once.
    target = size > chunk.length ? new Uint8Array(size) : chunk;
    if (target !== chunk) returnChunk(chunk);
  };
  try {
    for (;;) {
      if (count >= limit) return { count, ended: false };
      const available = rows.available;
      if (available === 0) {
        let more = rows.pull();
        if (typeof more !== 'boolean') {
          // The scratch buffer is shared: nothing may stay in it across an await.
          if (target === scratch) emit();
          more = await settle(more, signal, () => {
            emit();
            outbound.flush();
          });
        }
        if (!more) return { count, ended: true };
        pulls += 1;
        if (pulls % pullsPerTurn === 0) {
          if (target === scratch) emit();
          await setImmediate();
          if (signal.aborted) throw signal.reason;
        }
        continue;
      }
      offset = rows.fill(target, offset, Math.min(limit - count, available));
      const written = available - rows.available;
      count += written;
      if (written === 0 || offset === target.length) {
        emit();
        if (rows.available > 0) await nextTarget();
      }
    }
  } finally {
    if (target !== scratch && offset === 0) returnChunk(target);
    emit();
  }
}

/** Waits for a pull; what is encoded already goes out first unless the pull settles within a turn of the event loop. */
async function settle(pull: Promise<boolean>, signal: AbortSignal, flush: () => void): Promise<boolean> {
  let settled = false;
  const watched = pull.finally(() => {
    settled = true;
  });
  watched.catch(() => {});
  await setImmediate();
  if (!settled && !signal.aborted) flush();
  return abortable(watched, signal);
}
