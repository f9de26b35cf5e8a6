import { type ChildProcess, spawn } from 'node:child_process';
import { acceptsConnections } from './accepts-connections.js';
import { freePort } from './free-port.js';
import { RecentOutput } from './recent-output.js';
import type { ServerProcess } from './server-process.js';
import { stopServer } from './stop-server.js';
import { stopWithUs } from './stop-with-us.js';

/** What `startServer` can be told. */
export interface StartServerOptions {
  /** Variables for the server, added to our own; `{port}` in a value stands for the port. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until the server must accept connections. @defaultValue 10000 */
  readonly timeout?: number;
  /** Gives up waiting; a server that has been started is stopped. */
  readonly signal?: AbortSignal;
}

const host = '127.0.0.1';

/**
 * Starts a server as a subprocess and waits until it accepts PostgreSQL connections, which is when it answers an
 * SSLRequest. The port is a free one of ours: it replaces `{port}` in the arguments and in the values of `env`, and is
 * in the environment as `PORT`. The server dies with us, at the latest.
 *
 * @throws Error with the end of the server's output, when it ends before it accepts connections or takes too long;
 * the reason of `signal`, when that aborts. The server is gone by then.
 *
 * @example
 * ```ts
 * const server = await startServer('node', ['server.js', '--port', '{port}']);
 * const client = new pg.Client({ host: server.host, port: server.port });
 * // ...
 * await stopServer(server);
 * ```
 */
export async function startServer(
  command: string,
  args: readonly string[] = [],
  options: StartServerOptions = {},
): Promise<ServerProcess> {
  const { env = {}, timeout = 10_000, signal } = options;
  signal?.throwIfAborted();
  const port = await freePort(host);
  const fill = (text: string) => text.replaceAll('{port}', String(port));
  const variables = Object.entries(env).map(([name, value]) => [name, fill(value)]);
  const child = spawn(command, args.map(fill), {
    env: { ...process.env, PORT: String(port), ...Object.fromEntries(variables) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  stopWithUs(child);
  const output = new RecentOutput(child);
  try {
    await acceptsBeforeItEnds(child, port, timeout, signal);
  } catch (error) {
    await stopServer(child);
    await output.ended;
    signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${command} ${reason}; its output ends with: ${output.text.trimEnd() || '(nothing)'}`, {
      cause: error,
    });
  }
  return {
    process: child,
    host,
    port,
    get output() {
      return output.text;
    },
    [Symbol.asyncDispose]: () => stopServer(child),
  };
}

async function acceptsBeforeItEnds(
  child: ChildProcess,
  port: number,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const waiting = new AbortController();
  const late = new Error(`did not accept connections on ${host}:${port} within ${timeout} ms`);
  const timer = setTimeout(() => waiting.abort(late), timeout);
  const fail = (error: Error) => waiting.abort(new Error(`could not be started: ${error.message}`));
  const end = (code: number | null, endSignal: NodeJS.Signals | null) => {
    const how = endSignal === null ? `exit code ${code}` : endSignal;
    waiting.abort(new Error(`ended with ${how} before it accepted connections on ${host}:${port}`));
  };
  const giveUp = () => waiting.abort(signal?.reason);
  child.once('error', fail).once('exit', end);
  signal?.addEventListener('abort', giveUp, { once: true });
  try {
    await acceptsConnections(host, port, waiting.signal);
  } finally {
    clearTimeout(timer);
    child.off('error', fail).off('exit', end);
    signal?.removeEventListener('abort', giveUp);
  }
}
