import type { Piscina } from 'piscina';

/** Where handlers put blocking work; a piscina pool is one. */
export interface Executor {
  run(task: unknown, options?: { name?: string; signal?: AbortSignal }): Promise<unknown>;
}

/** What the default pool runs: the export `options.name` (or the default export) of a module, called with `data`. */
export interface ExecutorTask {
  /** Path or file URL of an ES module. */
  readonly filename: string;
  readonly data: unknown;
}

/** The server's own pool: piscina, loaded and started on first use, so that who needs no pool pays for none. */
export class PoolExecutor implements Executor, AsyncDisposable {
  #pool: Promise<Piscina> | undefined;

  async run(task: ExecutorTask, options: { name?: string; signal?: AbortSignal } = {}): Promise<unknown> {
    this.#pool ??= import('piscina').then(({ Piscina: Pool }) => new Pool());
    const pool = await this.#pool;
    return pool.run(task.data, { ...options, filename: task.filename });
  }

  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    await (await pool)?.destroy();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
