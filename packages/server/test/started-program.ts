import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import { Frontend } from './frontend.js';

let folder = '';

/** A program whose server runs under `start()`. */
export class Program implements Disposable {
  /** Makes the program; `remove` takes it away. */
  static async build(): Promise<void> {
    folder = await mkdtemp(join(tmpdir(), 'riffq-start-'));
    await build({
      config: false,
      entry: [fileURLToPath(new URL('fixtures/started-server.ts', import.meta.url))],
      format: 'esm',
      platform: 'node',
      target: 'node20',
      outDir: folder,
      outExtension: () => ({ js: '.mjs' }),
      silent: true,
      noExternal: [/^(?!piscina)/],
      esbuildOptions(options) {
        options.conditions = ['@riffq/source'];
      },
    });
  }

  static remove(): Promise<void> {
    return rm(folder, { recursive: true });
  }

  readonly process: ChildProcess;
  /** What it has printed, line by line. */
  readonly lines: string[] = [];
  readonly exited: Promise<readonly [code: number | null, signal: NodeJS.Signals | null]>;
  #wake = (): void => {};

  /** `descriptors` are all that it may open; `hangs` says what never ends in it. */
  constructor({
    descriptors,
    hangs,
  }: { readonly descriptors?: number; readonly hangs?: 'shutdown' | 'disconnect' } = {}) {
    const command = [process.execPath, join(folder, 'started-server.mjs'), ...(hangs === undefined ? [] : [hangs])];
    const limited =
      descriptors === undefined ? command : ['sh', '-c', `ulimit -n ${descriptors} && exec "$@"`, 'sh', ...command];
    const [file = '', ...parameters] = limited;
    const child = spawn(file, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.process = child;
    const output = createInterface({ input: child.stdout });
    output.on('line', (line) => {
      this.lines.push(line);
      this.#wake();
    });
    this.exited = Promise.all([once(child, 'exit'), once(output, 'close')]).then(([[code, signal]]) => [code, signal]);
  }

  /** Waits for a line that begins so, and gives it. */
  async line(start: string): Promise<string> {
    for (;;) {
      const found = this.lines.find((line) => line.startsWith(start));
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async port(): Promise<number> {
    const line = await this.line('port ');
    return Number(line.split(' ')[1]);
  }

  async connect(): Promise<Frontend> {
    const client = await Frontend.connect(await this.port());
    await client.start();
    return client;
  }

  [Symbol.dispose](): void {
    this.process.kill('SIGKILL');
  }
}
