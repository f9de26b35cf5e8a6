import { type ChildProcess, fork } from 'node:child_process';
import type { EngineRequest, EngineStart } from './engine-messages.js';
import type { EngineListener, EngineThread, EngineThreads } from './engine-thread.js';
import type { HostReply, HostRequest } from './host-messages.js';

/**
 * Code that was compiled once is not compiled again, better: that takes hundreds of MiB for a while, and PostgreSQL's
 * code runs too seldom to make up for it. V8 knows these flags for whole processes only.
 */
const memorySavingFlags = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];

/** So many milliseconds without a thread the process stays: one that ended under a statement is soon followed by another. */
const linger = 1000;

/** Runs each PostgreSQL in a thread of one child process, which is there as long as there are any. */
export class ProcessThreads implements EngineThreads {
  readonly #program: URL;
  #host: ChildProcess | null = null;
  #lastThread = 0;
  #leaving: NodeJS.Timeout | undefined;
  readonly #listeners = new Map<number, EngineListener>();
  readonly #waiting = new Set<number>();

  /** @param program - the file of the process's program */
  constructor(program: URL) {
    this.#program = program;
  }

  prepare(): void {
    if (this.#host !== null) return;
    this.#host = this.#fork();
    this.#tell({ kind: 'prepare' });
    this.#letGo();
  }

  start(start: EngineStart, listener: EngineListener): EngineThread {
    clearTimeout(this.#leaving);
    this.#host ??= this.#fork();
    const thread = ++this.#lastThread;
    this.#listeners.set(thread, listener);
    this.#tell({ kind: 'start', thread, start });
    this.#hold(thread, true);
    return {
      send: (request: EngineRequest) => this.#tell({ kind: 'request', thread, request }),
      terminate: () => this.#tell({ kind: 'terminate', thread }),
      hold: (waiting: boolean) => this.#hold(thread, waiting),
    };
  }

  async close(): Promise<void> {
    clearTimeout(this.#leaving);
    const host = this.#host;
    if (host === null) return;
    // A message that was under way may fail meanwhile, which `once` of node:events would take for the answer.
    const exited = new Promise((resolve) => host.once('exit', resolve));
    // Nobody waits for its threads any more, but we do for its end: what they say now must not let go of it.
    this.#lost(host, 'it was closed');
    host.ref();
    host.kill();
    await exited;
  }

  #fork(): ChildProcess {
    const host = fork(this.#program, {
      execArgv: memorySavingFlags,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    host.on('message', (message: HostReply) => {
      const listener = this.#listeners.get(message.thread);
      if (message.kind === 'reply') {
        listener?.reply(message.reply);
      } else {
        this.#forget(message.thread);
        listener?.ended(message.reason, 'thread');
      }
    });
    host.on('error', (error) => this.#lost(host, error.message));
    host.on('exit', (code, signal) => this.#lost(host, `its process ended (${signal ?? code})`));
    return host;
  }

  #lost(host: ChildProcess, reason: string): void {
    if (this.#host !== host) return;
    this.#host = null;
    const listeners = [...this.#listeners.values()];
    this.#listeners.clear();
    this.#waiting.clear();
    for (const listener of listeners) listener.ended(reason, 'process');
  }

  #forget(thread: number): void {
    this.#listeners.delete(thread);
    this.#hold(thread, false);
    if (this.#listeners.size > 0) return;
    clearTimeout(this.#leaving);
    this.#leaving = setTimeout(() => this.#leave(), linger).unref();
  }

  /** What the threads had, V8 keeps for the next ones: only the end of the process gives it back. */
  #leave(): void {
    const host = this.#host;
    this.#host = null;
    host?.kill();
  }

  #tell(message: HostRequest): void {
    if (this.#host?.connected) this.#host.send(message);
  }

  #hold(thread: number, waiting: boolean): void {
    if (waiting) this.#waiting.add(thread);
    else this.#waiting.delete(thread);
    if (this.#waiting.size === 0) {
      this.#letGo();
      return;
    }
    this.#host?.ref();
    this.#host?.channel?.ref();
  }

  /** Nobody waits for the process: it keeps ours from ending no longer. */
  #letGo(): void {
    this.#host?.unref();
    this.#host?.channel?.unref();
  }
}
