import { createConnection } from 'node:net';
import { describe, expect, test } from 'vitest';
import { startServer } from '../src/start-server.js';
import { stopServer } from '../src/stop-server.js';
import { fixture, isRunning } from './fixtures.js';
import { listenForFixture } from './in-touch.js';

const node = process.execPath;

async function failure(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(Error);
  return outcome instanceof Error ? outcome : new Error();
}

describe('a server that comes up', () => {
  test('accepts connections on the given host and port when startServer settles', async () => {
    const server = await startServer(node, [fixture('answers')]);
    const byte = await new Promise((resolve, reject) => {
      const socket = createConnection(server.port, server.host, () =>
        socket.write(Buffer.from('0000000804d2162f', 'hex')),
      );
      socket.once('data', (bytes) => resolve(bytes.toString())).once('error', reject);
    });
    await stopServer(server);
    expect(byte).toBe('N');
  });

  test.each(['N', 'S'])('may answer the SSLRequest with %s', async (answer) => {
    const server = await startServer(node, [fixture('answers')], { env: { ANSWER: answer } });
    await stopServer(server);
  });

  test('is told the port by {port} in its arguments and variables, and in PORT', async () => {
    const args = [fixture('answers'), '{port}', 'url=http://localhost:{port}/{port}'];
    const server = await startServer(node, args, { env: { PRINTS: 'variable {port}' } });
    await stopServer(server);
    expect(server.output).toContain(`url=http://localhost:${server.port}/${server.port}`);
    expect(server.output).toContain(`variable ${server.port}`);
  });

  test('is waited for while it closes connections or answers with an error', async () => {
    const server = await startServer(node, [fixture('silent-at-first')]);
    await stopServer(server);
  });

  test('is stopped at the end of a block with `await using`', async () => {
    const server = await startServer(node, [fixture('answers')]);
    await server[Symbol.asyncDispose]();
    expect(isRunning(server.process.pid)).toBe(false);
  });
});

describe('a server that does not come up', () => {
  test('and dies: the error has its exit code and the end of its output', async () => {
    const { message } = await failure(startServer(node, [fixture('dies')]));
    expect(message).toContain('ended with exit code 3 before it accepted connections on 127.0.0.1:');
    expect(message).toContain('cannot read the configuration');
    expect(message.length).toBeLessThan(17_000);
  });

  test('and never listens: the error says how long it was given', async () => {
    const { message } = await failure(startServer(node, [fixture('never-listens')], { timeout: 500 }));
    expect(message).toContain('did not accept connections on 127.0.0.1:');
    expect(message).toContain('within 500 ms; its output ends with: ');
  });

  test('and does not exist: the error names it', async () => {
    const { message } = await failure(startServer('/no/such/server'));
    expect(message).toMatch(/^\/no\/such\/server could not be started: .*ENOENT/);
  });

  test('and is given up by the signal: the error is its reason, and the server is gone', async () => {
    const fixtureProcess = await listenForFixture();
    const controller = new AbortController();
    const options = { env: { IN_TOUCH_WITH: fixtureProcess.port }, signal: controller.signal };
    const starting = startServer(node, [fixture('never-listens')], options);
    const reason = new Error('no longer needed');
    fixtureProcess.here.then(() => controller.abort(reason));
    await expect(starting).rejects.toBe(reason);
    await fixtureProcess.gone;
    fixtureProcess.close();
    await expect(startServer(node, [], options)).rejects.toBe(reason);
  });
});

test('starting and stopping leaves no listener behind', async () => {
  const before = process.listenerCount('exit');
  const starting = [1, 2, 3].map(() => startServer(node, [fixture('answers')]));
  const servers = await Promise.all(starting);
  expect(process.listenerCount('exit')).toBe(before + 1);

  await Promise.all(servers.map((server) => stopServer(server)));
  await failure(startServer(node, [fixture('dies')]));
  await failure(startServer('/no/such/server'));

  expect(process.listenerCount('exit')).toBe(before);
  expect(servers.map((server) => server.process.listenerCount('exit'))).toEqual([0, 0, 0]);
});

test('waiting long for a server raises no warning about listeners', async () => {
  const warnings: string[] = [];
  const listen = (warning: Error) => warnings.push(warning.message);
  process.on('warning', listen);
  await failure(startServer(node, [fixture('never-listens')], { timeout: 600 }));
  process.off('warning', listen);
  expect(warnings).toEqual([]);
});
