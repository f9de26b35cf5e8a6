import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Supervisor } from '../../src/oracle/supervisor.js';
import { supervisorProgram } from '../../src/oracle/supervisor-program.js';

const newFolder = () => mkdtemp(join(tmpdir(), 'riffq-supervisor-'));

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

test('when its user is killed, the program is stopped and the folder removed', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, 'content'), 'text');
  const fixture = fileURLToPath(new URL('fixtures/supervised.mjs', import.meta.url));
  const user = spawn(process.execPath, [fixture, supervisorProgram, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(user.stdout.setEncoding('utf8'), 'data');
  const program = JSON.parse(line).pid;
  expect(isRunning(program)).toBe(true);

  user.kill('SIGKILL');
  // The supervisor holds the other end of this pipe: it closes when the supervisor is gone.
  await once(user.stdout, 'close');

  expect(isRunning(program)).toBe(false);
  expect(existsSync(folder)).toBe(false);
});

test('a program that cannot be started has ended, with the reason', async () => {
  const supervisor = new Supervisor(await newFolder(), undefined);
  const program = await supervisor.run('/no/such/program', []);
  await supervisor.close();
  expect(program).toEqual({ pid: 0, output: '', ended: expect.stringContaining('ENOENT') });
});

test('of what a program prints, the end is kept', async () => {
  const supervisor = new Supervisor(await newFolder(), undefined);
  const script = `console.error('x'.repeat(100_000)); console.error('the end'); process.exitCode = 3`;
  const program = await supervisor.run(process.execPath, ['--eval', script]);
  await supervisor.close();
  expect(program.output).toHaveLength(16_384);
  expect(program.output).toContain('the end');
  expect(program.ended).toBe('exit code 3');
});

test('a program that has printed the awaited text runs on until the supervisor is closed', async () => {
  const supervisor = new Supervisor(await newFolder(), undefined);
  const script = `console.log('ready'); setInterval(() => undefined, 60_000)`;
  const program = await supervisor.run(process.execPath, ['--eval', script], 'ready');
  expect(program.ended).toBeUndefined();
  expect(isRunning(program.pid)).toBe(true);
  await supervisor.close();
  expect(isRunning(program.pid)).toBe(false);
});

test('a closed supervisor refuses to run a program', async () => {
  const supervisor = new Supervisor(await newFolder(), undefined);
  await supervisor.close();
  await expect(supervisor.run(process.execPath, ['--version'])).rejects.toThrow('the supervisor is gone');
});
