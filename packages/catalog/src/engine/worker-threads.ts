import { Worker } from 'node:worker_threads';
import { compiledModule } from './compiled-module.js';
import type { EngineReply, EngineRequest, EngineStart } from './engine-messages.js';
import type { EngineListener, EngineThread, EngineThreads } from './engine-thread.js';
import type { EngineWorkerStart } from './engine-worker.js';

/** Runs each PostgreSQL in a worker thread of this process. */
export class WorkerThreads implements EngineThreads {
  readonly #program: URL;
  #spare: SpareThread | undefined;

  /** @param program - the file of the thread's program */
  constructor(program: URL) {
    this.#program = program;
  }

  prepare(): void {
    this.#spare ??= new SpareThread(this.#program);
  }

  start(start: EngineStart, listener: EngineListener): EngineThread {
    const spare = this.#spare?.hasEnded === false ? this.#spare : new SpareThread(this.#program);
    this.#spare = undefined;
    return new WorkerThread(spare, start, listener);
  }

  async close(): Promise<void> {
    await this.#spare?.worker.terminate();
  }
}

/** A thread that has loaded its program, and what PostgreSQL starts from: all that can be done side by side. */
class SpareThread {
  readonly worker: Worker;
  /** Settles when it has ended, with the reason. */
  readonly ended: Promise<string>;
  readonly module: Promise<WebAssembly.Module>;
  #hasEnded = false;

  constructor(program: URL) {
    // PostgreSQL measures its own stack, and must come to the end of that before this one is full. What JavaScript
    // keeps for young objects is of no use beside PostgreSQL's memory.
    this.worker = new Worker(program, { resourceLimits: { stackSizeMb: 64, maxYoungGenerationSizeMb: 2 } });
    this.worker.unref();
    let reason = 'terminated';
    this.worker.on('error', (error: Error) => {
      reason = error.message;
    });
    this.ended = new Promise((resolve) => {
      this.worker.on('exit', () => {
        this.#hasEnded = true;
        resolve(reason);
      });
    });
    this.module = compiledModule();
    // Whoever starts with it is told; maybe nobody does.
    this.module.catch(() => {});
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }
}

class WorkerThread implements EngineThread {
  readonly #worker: Worker;
  readonly #listener: EngineListener;
  #ended = false;

  constructor(spare: SpareThread, start: EngineStart, listener: EngineListener) {
    this.#worker = spare.worker;
    this.#listener = listener;
    this.hold(true);
    this.#worker.on('message', (reply: EngineReply) => listener.reply(reply));
    void spare.ended.then((reason) => this.#end(reason));
    void this.#begin(spare, start);
  }

  send(request: EngineRequest): void {
    this.#worker.postMessage(request);
  }

  terminate(): void {
    void this.#worker.terminate();
  }

  hold(waiting: boolean): void {
    if (waiting) this.#worker.ref();
    else this.#worker.unref();
  }

  async #begin(spare: SpareThread, start: EngineStart): Promise<void> {
    try {
      const given: EngineWorkerStart = { start, module: await spare.module };
      this.#worker.postMessage(given);
    } catch (error) {
      this.#end(String(error));
      this.terminate();
    }
  }

  #end(reason: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#listener.ended(reason, 'thread');
  }
}
