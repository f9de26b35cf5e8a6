import { Worker } from 'node:worker_threads';
import { Turns } from '../engine/turns.js';
import { type Asker, UsedTime } from '../engine/used-time.js';
import { engineFile } from '../engine-files.js';
import { orAborted } from '../or-aborted.js';
import type { Reading } from './reading.js';

/** Milliseconds that a text may take; some grow with the square of their length (comments in comments). */
const longest = 10_000;
/** Milliseconds after which a thread that nobody needs gives its memory back. */
const idleTimeout = 30_000;

/**
 * Reads texts that are too long for the event loop, in a thread, one at a time: next comes that of who has used it the least. It
 * starts with the first of them.
 */
export class ParserThread {
  readonly #used = new UsedTime();
  readonly #turns = new Turns(this.#used);
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;

  /** An abort lets the caller go at once; the thread is free again when it has read the text, or been ended. */
  async read(sql: string, asker: Asker, signal: AbortSignal): Promise<Reading> {
    const turn = this.#turns.take(asker, signal, async () => {
      const began = performance.now();
      try {
        return await this.#ask(sql);
      } finally {
        this.#used.add(asker, performance.now() - began);
      }
    });
    return orAborted(turn, signal);
  }

  async #ask(sql: string): Promise<Reading> {
    clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    const worker = this.#worker;
    worker.ref();
    const late = setTimeout(() => this.#end(worker), longest);
    try {
      return await answerOf(worker, sql);
    } finally {
      clearTimeout(late);
      worker.unref();
      this.#idle = setTimeout(() => this.#end(worker), idleTimeout).unref();
    }
  }

  #end(worker: Worker): void {
    // The next text needs another one, also before this one has ended.
    if (this.#worker === worker) this.#worker = undefined;
    void worker.terminate();
  }

  #start(): Worker {
    const worker = new Worker(engineFile('parser-worker.js'), {
      // A tree may be deeper than the stack of the event loop, and not larger than what it may take.
      resourceLimits: { stackSizeMb: 16, maxOldGenerationSizeMb: 768 },
    });
    // While nobody waits for it, it may end as it likes.
    worker.on('error', () => {});
    worker.once('exit', () => this.#end(worker));
    return worker;
  }
}

function answerOf(worker: Worker, sql: string): Promise<Reading> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off('message', answered).off('error', failed).off('exit', ended);
    };
    const answered = (reading: Reading): void => {
      settle();
      resolve(reading);
    };
    const ended = (): void => answered({ kind: 'tooComplex' });
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return;
      settle();
      reject(error);
    };
    worker.on('message', answered).on('error', failed).on('exit', ended);
    worker.postMessage(sql);
  });
}
