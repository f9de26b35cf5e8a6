import { setImmediate } from 'node:timers/promises';
import type { Awaitable } from '../awaitable.js';
import { clientGone } from '../errors/interruptions.js';
import type { Interrupt } from '../interrupt.js';
import { chunkSize, returnChunk, takeChunk } from '../io/chunk-pool.js';
import type { Outbound } from '../io/outbound.js';
import { encodingTurn } from './encoding-turn.js';
import type { RowStream } from './row-stream.js';

/** Pulls that a source answers at once, in one turn of the event loop: other clients must get theirs. */
const pullsPerTurn = 200;

/** A small result leaves in one write with its other messages; only a larger one takes chunks of its own. */
const scratch = new Uint8Array(16 * 1024);

/** What an Execute has sent. */
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
  const sender = new RowSender(rows, outbound, maxRows === 0 ? Number.POSITIVE_INFINITY : maxRows, interrupt);
  let step: Promise<void> | SentRows | undefined;
  try {
    step = sender.advance();
  } finally {
    if (!(step instanceof Promise)) sender.end();
  }
  return step instanceof Promise ? goOn(sender, step) : step;
}

async function goOn(sender: RowSender, first: Promise<void>): Promise<SentRows> {
  try {
    let step: Promise<void> | SentRows = first;
    while (step instanceof Promise) {
      await step;
      step = sender.advance();
    }
    return step;
  } finally {
    sender.end();
  }
}

/** Where the sending of rows stands. */
class RowSender {
  readonly #rows: RowStream;
  readonly #outbound: Outbound;
  readonly #limit: number;
  readonly #interrupt: Interrupt;
  #target: Uint8Array<ArrayBuffer> = scratch;
  #offset = 0;
  #count = 0;
  #pulls = 0;
  /** Nothing had to be waited for yet. */
  #small = true;
  #ended = false;

  constructor(rows: RowStream, outbound: Outbound, limit: number, interrupt: Interrupt) {
    this.#rows = rows;
    this.#outbound = outbound;
    this.#limit = limit;
    this.#interrupt = interrupt;
  }

  /** Goes as far as it can at once: to the end, or to what it has to wait for before it is called again. */
  advance(): Promise<void> | SentRows {
    const rows = this.#rows;
    for (;;) {
      if (this.#ended || this.#count >= this.#limit) return { count: this.#count, ended: this.#ended };
      const available = rows.available;
      if (available > 0) {
        this.#offset = rows.fill(this.#target, this.#offset, Math.min(this.#limit - this.#count, available));
        const written = available - rows.available;
        this.#count += written;
        if (written > 0 && this.#offset < this.#target.length) continue;
        this.#emit();
        if (rows.available > 0) return this.#nextTarget();
        continue;
      }
      if (this.#pulls === pullsPerTurn) return this.#yieldTurn();
      this.#pulls += 1;
      // What the source of a small result tells the client meanwhile comes behind the rows that it has given.
      if (this.#small) this.#emit();
      const more = rows.pull();
      if (typeof more !== 'boolean') return this.#settle(more);
      this.#interrupt.throwIfAborted();
      this.#ended = !more;
    }
  }

  /** Sends what is encoded and keeps no memory. */
  end(): void {
    if (this.#target !== scratch && this.#offset === 0) returnChunk(this.#target);
    this.#emit();
  }

  #emit(): void {
    if (this.#offset === 0) return;
    if (this.#target === scratch) this.#outbound.sendEncoded(scratch, this.#offset);
    else this.#outbound.writeChunk(this.#target, this.#offset);
    this.#target = scratch;
    this.#offset = 0;
  }

  /** The scratch buffer is shared: nothing may stay in it across an await. */
  #leaveScratch(): void {
    this.#small = false;
    if (this.#target === scratch) this.#emit();
  }

  async #yieldTurn(): Promise<void> {
    this.#leaveScratch();
    await setImmediate();
    this.#interrupt.throwIfAborted();
    this.#pulls = 0;
  }

  async #nextTarget(): Promise<void> {
    this.#small = false;
    this.#outbound.flush();
    await this.#outbound.room(this.#interrupt);
    // Loopback writes end at once, without a turn of the event loop: others must get theirs.
    await encodingTurn();
    this.#interrupt.throwIfAborted();
    if (this.#outbound.closed) throw clientGone;
    const size = this.#rows.nextRowSize();
    // A row larger than a chunk gets a buffer of its own, once.
    this.#target = size > chunkSize ? new Uint8Array(size) : takeChunk();
  }

  /** Waits for a pull; what is encoded already goes out first unless the pull settles within a turn of the event loop. */
  async #settle(pull: Promise<boolean>): Promise<void> {
    this.#leaveScratch();
    let settled = false;
    const watched = pull.finally(() => {
      settled = true;
    });
    watched.catch(() => {});
    await setImmediate();
    if (!settled && this.#interrupt.reason === undefined) {
      this.#emit();
      this.#outbound.flush();
    }
    this.#ended = !(await this.#interrupt.race(watched));
  }
}
