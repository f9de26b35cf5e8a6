import { Worker } from 'node:worker_threads';
import type { CatalogSession } from '../catalog-session.js';
import { askerOf, strangersAddressOf } from '../engine/asker-of.js';
import { Offences } from '../engine/offences.js';
import { Turns } from '../engine/turns.js';
import { UsedTime } from '../engine/used-time.js';
import { WaitingLine } from '../engine/waiting-line.js';
import { engineFile } from '../engine-files.js';
import { orAborted } from '../or-aborted.js';
import type { Reading } from './reading.js';

/** Milliseconds that a text may take; some grow with the square of their length (comments in comments). */
const longest = 10_000;
/** What it may take when another has waited for so long. */
const longestShared = 3000;
const patience = 1000;
/** Up to so many UTF-16 units nothing takes long, whatever it is made of: this comes before what is longer of the same holder. */
const longestShort = 128 * 1024;
/** Milliseconds after which a thread that nobody needs gives its memory back. */
const idleTimeout = 30_000;

/** Whose text it is; the signal ends the wait. */
export type ReadingFor = Pick<CatalogSession, 'user' | 'isAuthenticated' | 'facts' | 'signal'>;

/**
 * Reads texts that are too long for the event loop, in a thread, one at a time: next comes that of who has used it the least. It
 * starts with the first of them. Whose texts have ended it again and again, has none of them read for a while.
 */
export class ParserThread {
  readonly #used = new UsedTime();
  readonly #turns = new Turns(this.#used);
  readonly #offences = new Offences();
  readonly #waiting = new WaitingLine(patience, () => this.#hurry?.());
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  /** Lets the text that is read have no more time than others can wait. */
  #hurry: (() => void) | undefined;

  /** An abort lets the caller go at once, and ends the thread if it reads the text. */
  async read(sql: string, session: ReadingFor): Promise<Reading> {
    const { user, signal = new AbortController().signal } = session;
    const offender = { user, strangersAddress: strangersAddressOf(session) };
    const asker = { ...askerOf(session), takesLittle: sql.length <= longestShort };
    const leave = this.#waiting.join();
    const turn = this.#turns.take(asker, signal, async (): Promise<Reading> => {
      leave();
      if (this.#offences.areTooMany(offender)) return { kind: 'tooComplex' };
      const began = performance.now();
      try {
        const reading = await this.#ask(sql, signal);
        if (reading === 'ended' && !signal.aborted) this.#offences.note(offender);
        return reading === 'ended' ? { kind: 'tooComplex' } : reading;
      } finally {
        this.#used.add(asker, performance.now() - began);
      }
    });
    return orAborted(turn, signal).finally(leave);
  }

  async #ask(sql: string, signal: AbortSignal): Promise<Reading | 'ended'> {
    clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    const worker = this.#worker;
    worker.ref();
    const end = (): void => this.#end(worker);
    let late = setTimeout(end, longest);
    this.#hurry = () => {
      clearTimeout(late);
      late = setTimeout(end, longestShared);
    };
    if (this.#waiting.isImpatient) this.#hurry();
    signal.addEventListener('abort', end, { once: true });
    try {
      return await answerOf(worker, sql);
    } finally {
      clearTimeout(late);
      this.#hurry = undefined;
      signal.removeEventListener('abort', end);
      worker.unref();
      this.#idle = setTimeout(end, idleTimeout).unref();
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

/** What the thread says of a text, unless it ends before. */
function answerOf(worker: Worker, sql: string): Promise<Reading | 'ended'> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off('message', answered).off('error', failed).off('exit', ended);
    };
    const answered = (reading: Reading | 'ended'): void => {
      settle();
      resolve(reading);
    };
    const ended = (): void => answered('ended');
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return;
      settle();
      reject(error);
    };
    worker.on('message', answered).on('error', failed).on('exit', ended);
    worker.postMessage(sql);
  });
}
