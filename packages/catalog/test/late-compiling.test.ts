import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riffq-optimizing-'));
});

afterAll(() => rm(folder, { recursive: true }));

/** Runs a program that uses the package as built; gives its exit code, and what it and V8 printed. */
async function run(program: string, flag: string): Promise<readonly [exitCode: unknown, printed: string]> {
  const source = fileURLToPath(new URL(`fixtures/${program}.mjs`, import.meta.url));
  // V8 does not wait for the reader of a pipe.
  const printed = join(folder, program);
  const output = await open(printed, 'w');
  const child = spawn(process.execPath, [flag, source], { stdio: ['ignore', output.fd, 'inherit'] });
  const [exitCode] = await once(child, 'exit');
  await output.close();
  return [exitCode, await readFile(printed, 'utf8')];
}

test('V8 optimizes nothing of PostgreSQL for a first answer', async () => {
  const [exitCode, compiled] = await run('first-answer', '--trace-wasm-compilation-times');
  expect(exitCode).toBe(0);
  expect(compiled.match(/#\d+ using Liftoff/g)?.length).toBeGreaterThan(1000);
  expect(compiled.match(/#\d+ using TurboFan/g)).toBeNull();
});

test('V8 optimizes what else the program compiles as ever', async () => {
  await expect(run('other-module', '--allow-natives-syntax')).resolves.toEqual([0, '']);
});
