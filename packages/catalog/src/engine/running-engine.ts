import type { PgError } from '@riffq/wire';
import type { DatabaseContent } from '../database-content.js';
import { engineDied, engineNotStarted, statementOverran } from '../errors.js';
import type { EngineReply, EngineRequest, EngineStart } from './engine-messages.js';
import type { EngineThread, EngineThreads } from './engine-thread.js';
import { errorOfResponse } from './error-of-response.js';
import { Settlement } from './settlement.js';

/** After an abort a request may go on for so many milliseconds; then the thread is ended under it. */
const graceAfterAbort = 1000;

/** A thread from its start to its end, with what was written into its PostgreSQL. */
export class RunningEngine {
  /** What was written last; null before anything was. */
  written: DatabaseContent | null = null;
  readonly roles = new Set<string>();
  readonly #thread: EngineThread;
  readonly #ready = new Settlement<void>();
  #pending: Settlement<EngineReply> | null = null;
  #ended: string | null = null;

  constructor(threads: EngineThreads, start: EngineStart) {
    this.#thread = threads.start(start, {
      reply: (reply) => {
        if (reply.kind === 'ready') this.#ready.resolve();
        else this.#pending?.resolve(reply);
      },
      ended: (reason) => {
        this.#ended = reason;
        this.#ready.reject(engineNotStarted(reason));
        this.#pending?.reject(engineDied(reason));
      },
    });
  }

  /** Whether the thread has ended; then another one is needed. */
  get ended(): boolean {
    return this.#ended !== null;
  }

  /** Settles when PostgreSQL takes requests. */
  async ready(): Promise<void> {
    await this.#ready.promise;
    this.#thread.hold(this.#pending !== null);
  }

  /** Ends the thread, whatever it does; who waits for it is told the error. */
  terminate(error?: PgError): void {
    if (error !== undefined) {
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
    if (this.#ended !== null) throw engineDied(this.#ended);
    const pending = new Settlement<EngineReply>();
    this.#pending = pending;
    let timer = setTimeout(() => this.terminate(statementOverran(timeout)), timeout);
    const hurry = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => this.terminate(engineDied('The statement was cancelled.')), graceAfterAbort);
    };
    signal?.addEventListener('abort', hurry, { once: true });
    this.#thread.hold(true);
    try {
      this.#thread.send(request);
      const reply = await pending.promise;
      if (reply.kind === 'refused') throw errorOfResponse(reply.error);
      return reply;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', hurry);
      this.#pending = null;
      this.#thread.hold(false);
    }
  }
}
