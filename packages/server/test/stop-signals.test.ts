import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serialize } from './conversation.js';
import { Frontend } from './frontend.js';

let folder = '';

beforeAll(async () => {
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
});

afterAll(() => rm(folder, { recursive: true }));

/** A program whose server runs under `start()`. */
class Program implements Disposable {
  readonly process: ChildProcess;
  /** What it has printed, line by line. */
  readonly lines: string[] = [];
  readonly exited: Promise<readonly [code: number | null, signal: NodeJS.Signals | null]>;
  #wake = (): void => {};

  constructor(...parameters: readonly string[]) {
    const program = join(folder, 'started-server.mjs');
    const child = spawn(process.execPath, [program, ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] });
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

  async connect(): Promise<Frontend> {
    const port = await this.line('port ');
    const client = await Frontend.connect(Number(port.split(' ')[1]));
    await client.start();
    return client;
  }

  [Symbol.dispose](): void {
    this.process.kill('SIGKILL');
  }
}

const stopped = 'stopped, 0 signal handlers left';

describe.skipIf(process.platform === 'win32')('a program whose server was started', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'ends by itself with 0 on %s, when every handleDisconnect and then handleShutdown has run once',
    async (signal) => {
      using program = new Program();
      const idle = await program.connect();
      const other = await program.connect();
      program.process.kill(signal);
      expect(await idle.untilEnd()).toContain('C "57P01"');
      expect(await other.untilEnd()).toContain('C "57P01"');
      expect(await program.exited).toEqual([0, null]);
      expect(program.lines.slice(1)).toEqual(['disconnect', 'disconnect', 'shutdown', stopped]);
    },
  );

  test('lets a running statement have its grace, then ends with 0 all the same', async () => {
    using program = new Program();
    const client = await program.connect();
    client.send(serialize.query('wait'));
    await program.line('waiting');
    program.process.kill('SIGTERM');
    expect(await client.untilEnd()).toContain('C "57P01"');
    expect(await program.exited).toEqual([0, null]);
    expect(program.lines.slice(1)).toEqual(['waiting', 'disconnect', 'shutdown', stopped]);
  });

  test('does not wait on a second signal, and cleans up nevertheless', async () => {
    using program = new Program();
    const idle = await program.connect();
    const client = await program.connect();
    client.send(serialize.query('wait'));
    await program.line('waiting');
    program.process.kill('SIGINT');
    await idle.untilEnd();
    const forced = performance.now();
    program.process.kill('SIGINT');
    expect(await program.exited).toEqual([0, null]);
    expect(performance.now() - forced).toBeLessThan(900);
    expect(program.lines.slice(1)).toEqual(['waiting', 'disconnect', 'disconnect', 'shutdown', stopped]);
  });

  test('that hangs in its own handleShutdown ends on the third signal', async () => {
    using program = new Program('hang');
    await program.line('port ');
    program.process.kill('SIGTERM');
    await program.line('shutdown');
    program.process.kill('SIGTERM');
    await program.line('listens no more for SIGTERM');
    program.process.kill('SIGTERM');
    expect(await program.exited).toEqual([null, 'SIGTERM']);
  });
});
