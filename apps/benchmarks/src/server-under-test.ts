import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Address } from './drain-client.js';
import type { ServerReport, Usage } from './server-program.js';

/** Our server in a process of its own. */
export class ServerUnderTest implements AsyncDisposable {
  readonly address: Address;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.address = { host: '127.0.0.1', port, user: 'bench', database: 'bench' };
  }

  static async start(source: 'synthetic' | 'duckdb', rows: number): Promise<ServerUnderTest> {
    const program = fileURLToPath(new URL('./server-program.js', import.meta.url));
    const child = fork(program, [source, String(rows)]);
    const report = await nextReport(child);
    if (!('port' in report)) throw new Error('the server did not tell its port');
    return new ServerUnderTest(child, report.port);
  }

  /** CPU and memory so far. */
  async usage(): Promise<Usage> {
    const answer = nextReport(this.#child);
    this.#child.send('usage');
    const report = await answer;
    if ('port' in report) throw new Error('the server told its port twice');
    return report;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.disconnect();
    await exited;
  }
}

async function nextReport(child: ChildProcess): Promise<ServerReport> {
  const stopped = new AbortController();
  const exit = once(child, 'exit', { signal: stopped.signal }).then(
    () => Promise.reject(new Error('the server under test ended')),
    () => undefined,
  );
  const message = once(child, 'message', { signal: stopped.signal });
  const [first] = await Promise.race([message, exit.then(() => [undefined])]);
  stopped.abort();
  if (!isReport(first)) throw new Error('the server under test said something else');
  return first;
}

function isReport(value: unknown): value is ServerReport {
  return typeof value === 'object' && value !== null && ('port' in value || ('cpu' in value && 'memory' in value));
}
