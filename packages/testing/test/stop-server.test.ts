import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startServer } from '../src/start-server.js';
import { stopServer } from '../src/stop-server.js';
import { fixture, isRunning, printedProcessId } from './fixtures.js';

const node = process.execPath;

test('a server ends by SIGTERM, and is gone when stopServer settles', async () => {
  const server = await startServer(node, [fixture('answers')]);
  await stopServer(server);
  expect(server.process.signalCode).toBe('SIGTERM');
  expect(isRunning(server.process.pid)).toBe(false);
});

test('a server that ignores SIGTERM is killed when the grace is over', async () => {
  const server = await startServer(node, [fixture('ignores-sigterm')]);
  const begin = performance.now();
  await stopServer(server, { grace: 300 });
  expect(performance.now() - begin).toBeGreaterThanOrEqual(299);
  expect(server.process.signalCode).toBe('SIGKILL');
});

test('stopping twice, at once or later, is as good as once', async () => {
  const server = await startServer(node, [fixture('ignores-sigterm')]);
  await Promise.all([stopServer(server, { grace: 300 }), stopServer(server.process, { grace: 300 })]);
  await stopServer(server);
  expect(server.output).not.toContain('SIGTERM 2');
});

test('any process can be stopped, also one that has ended and one that was never there', async () => {
  const running = spawn(node, [fixture('never-listens')], { stdio: 'ignore' });
  await stopServer(running);
  expect(running.signalCode).toBe('SIGTERM');

  const ended = spawn(node, ['--version'], { stdio: 'ignore' });
  await once(ended, 'exit');
  await stopServer(ended);
  expect(ended.exitCode).toBe(0);

  const absent = spawn('/no/such/server');
  const [error] = await once(absent, 'error');
  await stopServer(absent);
  expect(error).toMatchObject({ code: 'ENOENT' });
});

test('a child that a server leaves behind, with its outputs open, holds nobody up', async () => {
  const server = await startServer(node, [fixture('leaves-a-child')]);
  const leftBehind = printedProcessId(server.output);
  await stopServer(server);
  await once(server.process, 'close');
  expect(isRunning(leftBehind)).toBe(true);
  process.kill(leftBehind, 'SIGKILL');
});
