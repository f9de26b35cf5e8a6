import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { ServerProcess } from './server-process.js';

const asked = new WeakSet<ChildProcess>();

/**
 * Stops a server: SIGTERM, and SIGKILL when it is still there after `grace` milliseconds. Settles when it is gone, at
 * once if it already is; any process will do, and stopping one twice is as good as once. Only the process itself gets
 * the signals: start a server without a shell or `npx` in between.
 */
export async function stopServer(
  server: ChildProcess | ServerProcess,
  options: {
    /** Milliseconds between SIGTERM and SIGKILL. @defaultValue 2000 */
    readonly grace?: number;
  } = {},
): Promise<void> {
  const child = 'process' in server ? server.process : server;
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const exited = once(child, 'exit');
  // A second SIGTERM means "now" to many servers: two callers that stop the same one send it once.
  if (!asked.has(child)) {
    asked.add(child);
    child.kill('SIGTERM');
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), options.grace ?? 2000);
  await exited;
  clearTimeout(timer);
}
