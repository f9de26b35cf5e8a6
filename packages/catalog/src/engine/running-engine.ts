import type { PgError } from '@riffq/wire';
import type { DatabaseContent } from '../database-content.js';
import { engineDied, engineNotStarted, statementHeldOthers, statementOverran } from '../errors/engine-errors.js';
import type { EngineReply, EngineRequest, EngineStart } from './engine-messages.js';
import type { EngineThread, EngineThreads } from './engine-thread.js';
import { errorOfResponse } from './error-of-response.js';
import { Settlement } from './settlement.js';

/** After an abort a request may go on for so many milliseconds; then the thread is ended under it. */
const graceAfterAbort = 1000;

/** After so many milliseconds a thread that has not begun to take requests is given up. */
const longestStart = 60_000;

/** A thread from its start to its end, with what was written into its PostgreSQL. */
export class RunningEngine {
  /** What was written last; null before anything was. */
  written: DatabaseContent | null = null;
  readonly roles = new Set<string>();
  /** Whether it was ended because it held more than it may. */
  wasFull = false;
  readonly #thread: EngineThread;
  readonly #ready = new Settlement<void>();
  #pending: Settlement<EngineReply> | null = null;
  #ended: string | null = null;
  #wasLost = false;
  /** What who waited was told, and who comes later is. */
  #endedWith: PgError | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** What hurry does to the statement that runs. */
  #hurry: ((longest: number) => void) | undefined;

  /** @param startTimeout - how long the start may take, in milliseconds */
  constructor(threads: EngineThreads, start: EngineStart, startTimeout = longestStart) {
    this.#endAfter(startTimeout, () => engineNotStarted(`It did not take requests within ${startTimeout} ms.`));
    this.#thread = threads.start(start, {
      reply: (reply) => {
        if (reply.kind === 'ready') this.#started();
        else this.#pending?.resolve(reply);
      },
      ended: (reason, what) => {
        this.#ended = reason;
        this.#wasLost = what === 'process';
        clearTimeout(this.#timer);
        this.#ready.reject(engineNotStarted(reason));
        this.#pending?.reject(engineDied(reason));
      },
    });
  }

  /** Whether the thread has ended; then another one is needed. */
  get ended(): boolean {
    return this.#ended !== null;
  }

  /** Whether it has ended with the process that it ran in: maybe by what another one there did, or from outside. */
  get wasLost(): boolean {
    return this.#wasLost;
  }

  /** Settles when PostgreSQL takes requests. */
  async ready(): Promise<void> {
    await this.#ready.promise;
    this.#thread.hold(this.#pending !== null);
  }

  /** Ends the thread, whatever it does; who waits for it is told the error. */
  terminate(error?: PgError): void {
    if (error !== undefined) {
      this.#endedWith ??= error;
      this.#ready.reject(error);
      this.#pending?.reject(error);
    }
    this.#ended ??= 'terminated';
    this.#thread.terminate();
  }

  /**
   * Sends a request and waits for its reply, so long and no longer; if the signal is aborted, hardly any longer. There
   * is no other way to stop PostgreSQL than to end its thread.
   *
   * @throws PgError what PostgreSQL refused it with; 57014 or 58000 if the thread ended
   */
  async exchange(request: EngineRequest, timeout: number, signal?: AbortSignal): Promise<EngineReply> {
    signal?.throwIfAborted();
    if (this.#ended !== null) throw this.#endedWith ?? engineDied(this.#ended);
    const pending = new Settlement<EngineReply>();
    this.#pending = pending;
    const began = performance.now();
    this.#endAfter(timeout, () => statementOverran(timeout));
    if (request.kind === 'statement') {
      this.#hurry = (longest) => {
        const left = longest - (performance.now() - began);
        if (longest < timeout) this.#endAfter(left, () => statementHeldOthers(longest));
      };
    }
    const leave = (): void => {
      this.#hurry = undefined;
      this.#endAfter(graceAfterAbort, () => engineDied('The statement was cancelled.'));
    };
    signal?.addEventListener('abort', leave, { once: true });
    this.#thread.hold(true);
    try {
      this.#thread.send(request);
      const reply = await pending.promise;
      if (reply.kind === 'refused') throw errorOfResponse(reply.error);
      return reply;
    } finally {
      clearTimeout(this.#timer);
      signal?.removeEventListener('abort', leave);
      this.#pending = null;
      this.#hurry = undefined;
      this.#thread.hold(false);
    }
  }

  /** Others wait: the statement that runs may have run for so many milliseconds, and is ended after that. */
  hurry(longest: number): void {
    this.#hurry?.(longest);
  }

  #started(): void {
    clearTimeout(this.#timer);
    this.#ready.resolve();
  }

  /** The error is made when it is needed: its stack takes longer than the rest of an exchange. */
  #endAfter(milliseconds: number, error: () => PgError): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.terminate(error()), Math.max(0, milliseconds));
  }
}
