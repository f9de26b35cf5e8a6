import { Worker } from 'node:worker_threads';
import { compiledModule } from './compiled-module.js';
import type { EngineReply, EngineRequest, EngineStart } from './engine-messages.js';
import type { EngineListener, EngineThread, EngineThreads } from './engine-thread.js';

/** Runs each PostgreSQL in a worker thread of this process. */
export class WorkerThreads implements EngineThreads {
  readonly #program: URL;

  /** @param program - the file of the thread's program */
  constructor(program: URL) {
    this.#program = program;
  }

  start(start: EngineStart, listener: EngineListener): EngineThread {
    return new WorkerThread(this.#program, start, listener);
  }

  async close(): Promise<void> {}
}

class WorkerThread implements EngineThread {
  readonly #program: URL;
  readonly #listener: EngineListener;
  #worker: Worker | null = null;
  #terminated = false;
  #waiting = true;

  constructor(program: URL, start: EngineStart, listener: EngineListener) {
    this.#program = program;
    this.#listener = listener;
    compiledModule().then(
      (module) => {
        if (!this.#terminated) this.#begin(start, module);
      },
      (error: unknown) => this.#end(String(error)),
    );
  }

  send(request: EngineRequest): void {
    this.#worker?.postMessage(request);
  }

  terminate(): void {
    if (this.#worker === null) this.#end('terminated');
    else void this.#worker.terminate();
  }

  hold(waiting: boolean): void {
    this.#waiting = waiting;
    if (waiting) this.#worker?.ref();
    else this.#worker?.unref();
  }

  #begin(start: EngineStart, module: WebAssembly.Module): void {
    const worker = new Worker(this.#program, {
      workerData: { start, module },
      // PostgreSQL measures its own stack, and must come to the end of that before this one is full. What JavaScript
      // keeps for young objects is of no use beside PostgreSQL's memory.
      resourceLimits: { stackSizeMb: 64, maxYoungGenerationSizeMb: 2 },
    });
    this.#worker = worker;
    let reason = 'terminated';
    worker.on('message', (reply: EngineReply) => this.#listener.reply(reply));
    worker.on('error', (error: Error) => {
      reason = error.message;
    });
    worker.on('exit', () => this.#end(reason));
    this.hold(this.#waiting);
  }

  #end(reason: string): void {
    if (this.#terminated) return;
    this.#terminated = true;
    this.#listener.ended(reason);
  }
}
