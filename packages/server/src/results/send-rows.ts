import { setImmediate } from 'node:timers/promises';
import type { Awaitable } from '../awaitable.js';
import { clientGone } from '../errors.js';
import type { Interrupt } from '../interrupt.js';
import { returnChunk } from '../io/chunk-pool.js';
import type { Outbound } from '../io/outbound.js';
import type { RowStream } from './row-stream.js';

/** Pulls that a source answers at once, in one turn of the event loop: other clients must get theirs. */
const pullsPerTurn = 200;

/** A small result leaves in one write with its other messages; only a larger one takes chunks of its own. */
const scratch = new Uint8Array(16 * 1024);

export interface SentRows {
  readonly count: number;
  /** False when the limit was reached first. */
  readonly ended: boolean;
}

/**
 * Sends at most `maxRows` rows (0: all) as DataRow messages, pulling no faster than the client reads. Rows encoded before
 * an error still go out, as PostgreSQL's do. A small result whose rows are at hand is sent at once.
 */
export function sendRows(
  rows: RowStream,
  outbound: Outbound,
  maxRows: number,
  interrupt: Interrupt,
): Awaitable<SentRows> {
  const limit = maxRows === 0 ? Number.POSITIVE_INFINITY : maxRows;
  let offset = 0;
  let count = 0;
  try {
    for (let pulls = 0; count < limit; ) {
      const available = rows.available;
      if (available > 0) {
        offset = rows.fill(scratch, offset, Math.min(limit - count, available));
        count += available - rows.available;
        if (rows.available > 0 && count < limit) break;
        continue;
      }
      if (pulls === pullsPerTurn) break;
      pulls += 1;
      // What the source tells the client meanwhile comes behind the rows that it has given.
      if (offset > 0) outbound.sendEncoded(scratch.subarray(0, offset));
      offset = 0;
      const more = rows.pull();
      if (more === false) return { count, ended: true };
      if (more !== true) return sendMore(rows, outbound, limit, interrupt, count, more);
    }
    if (count >= limit) return { count, ended: false };
  } finally {
    if (offset > 0) outbound.sendEncoded(scratch.subarray(0, offset));
  }
  return sendMore(rows, outbound, limit, interrupt, count);
}

/** Goes on behind `count` rows, with more than the scratch buffer holds or rows that have to be waited for. */
async function sendMore(
  rows: RowStream,
  outbound: Outbound,
  limit: number,
  interrupt: Interrupt,
  sent: number,
  pulling?: Promise<boolean>,
): Promise<SentRows> {
  let target: Uint8Array<ArrayBuffer> = scratch;
  let offset = 0;
  let count = sent;
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
    const chunk = await outbound.chunk(interrupt);
    if (interrupt.reason !== undefined) {
      if (chunk !== undefined) returnChunk(chunk);
      throw interrupt.reason;
    }
    if (chunk === undefined) throw clientGone;
    const size = rows.nextRowSize();
    // A row larger than a chunk gets a buffer of its own, once.
    target = size > chunk.length ? new Uint8Array(size) : chunk;
    if (target !== chunk) returnChunk(chunk);
  };
  try {
    let pull: boolean | Promise<boolean> | undefined = pulling;
    if (pull === undefined && rows.available > 0) await nextTarget();
    for (;;) {
      if (count >= limit) return { count, ended: false };
      const available = rows.available;
      if (available === 0) {
        pull ??= rows.pull();
        if (typeof pull !== 'boolean') {
          // The scratch buffer is shared: nothing may stay in it across an await.
          if (target === scratch) emit();
          pull = await settle(pull, interrupt, () => {
            emit();
            outbound.flush();
          });
        }
        if (!pull) return { count, ended: true };
        pull = undefined;
        pulls += 1;
        if (pulls % pullsPerTurn === 0) {
          if (target === scratch) emit();
          await setImmediate();
          interrupt.throwIfAborted();
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
async function settle(pull: Promise<boolean>, interrupt: Interrupt, flush: () => void): Promise<boolean> {
  let settled = false;
  const watched = pull.finally(() => {
    settled = true;
  });
  watched.catch(() => {});
  await setImmediate();
  if (!settled && interrupt.reason === undefined) flush();
  return interrupt.race(watched);
}
