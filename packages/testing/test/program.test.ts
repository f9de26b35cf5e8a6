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
  // Whole, and from source: where the program is, nothing is installed or built.
  const esbuildOptions = (options: { conditions?: string[] }) => {
    options.conditions = ['@riffq/source'];
  };
  const output = { format: 'esm', target: 'node20', outDir: folder, outExtension } as const;
  await build({ config: false, silent: true, entry, ...output, noExternal: [/./], esbuildOptions });
});

afterAll(() => rm(folder, { recursive: true }));

/** Runs a program that uses the package as built, and gives its exit code when it has ended. */
async function run(
  source: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const program = join(folder, 'program.mjs');
  await writeFile(program, `import { RawClient, startServer, stopServer } from './index.mjs';\n${source}`);
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

test('a program ends by itself when its clients are closed, whatever they were doing', async () => {
  const source = `
    const { createServer } = await import('node:net');
    const welcome = Buffer.from('5200000008000000005a0000000549', 'hex');
    const server = createServer((socket) => {
      socket.on('error', () => undefined).once('data', () => socket.write(welcome));
    });
    server.listen(0, '127.0.0.1', async () => {
      const target = { port: server.address().port };
      const client = await RawClient.connect(target, { user: 'alice', timeout: 600_000 });
      client.readAtMost(1);
      const waiting = client.until('NoData').catch(() => undefined);
      const sending = client.sendSplit(Buffer.alloc(10), 1, { pause: 600_000 }).catch(() => undefined);
      await Promise.all([client.close(), waiting, sending]);
      const other = await RawClient.open(target);
      other.reset();
      server.close();
    });`;
  expect(await run(source, [])).toBe(0);
});
