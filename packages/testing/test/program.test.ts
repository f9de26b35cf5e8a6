import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixture } from './fixtures.js';
import { listenForFixture } from './in-touch.js';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riffq-testing-'));
  const entry = [fileURLToPath(new URL('../src/index.ts', import.meta.url))];
  const outExtension = () => ({ js: '.mjs' });
  await build({ config: false, entry, format: 'esm', target: 'node20', outDir: folder, silent: true, outExtension });
});

afterAll(() => rm(folder, { recursive: true }));

/** Runs a program that uses the package as built, and gives its exit code when it has ended. */
async function run(
  source: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const program = join(folder, 'program.mjs');
  await writeFile(program, `import { startServer, stopServer } from './index.mjs';\n${source}`);
  const child = spawn(process.execPath, [program, ...args], { stdio: 'inherit', env: { ...process.env, ...env } });
  const [exitCode] = await once(child, 'exit');
  return exitCode;
}

test('a program that has stopped its servers ends by itself', async () => {
  const source = `
    const server = await startServer(process.execPath, [process.argv[2]]);
    await stopServer(server);
    await startServer('/no/such/server').catch(() => undefined);`;
  expect(await run(source, [fixture('answers')])).toBe(0);
});

test('a program that exits without stopping its server leaves none behind', async () => {
  const fixtureProcess = await listenForFixture();
  const source = `await startServer(process.execPath, [process.argv[2]]); process.exit(7);`;
  expect(await run(source, [fixture('keeps-in-touch')], { IN_TOUCH_WITH: fixtureProcess.port })).toBe(7);
  await fixtureProcess.gone;
  fixtureProcess.close();
});
