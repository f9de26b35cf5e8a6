import type { EngineReply, EngineRequest, EngineStart } from './engine-messages.js';

/** Hears what comes from a thread. */
export interface EngineListener {
  reply(reply: EngineReply): void;
  /** The thread has ended, by itself or because it was told to, or with all others of its process; nothing comes after this. */
  ended(reason: string, what: 'thread' | 'process'): void;
}

/** A thread with one PostgreSQL in it, wherever it runs. */
export interface EngineThread {
  send(request: EngineRequest): void;
  /** Ends it at once, whatever it is doing. */
  terminate(): void;
  /** While somebody waits for a reply, the thread keeps the process alive; otherwise it does not. */
  hold(waiting: boolean): void;
}

/** Starts threads. What it needs for that, all of them share. */
export interface EngineThreads {
  /** Gets ready what the first start needs, whichever database it will be of. */
  prepare(): void;
  start(start: EngineStart, listener: EngineListener): EngineThread;
  close(): Promise<void>;
}
