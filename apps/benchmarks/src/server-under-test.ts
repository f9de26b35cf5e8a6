import { setTimeout } from 'node:timers/promises';
import { ChildProgram } from './child-program.js';
import type { Address } from './drain-client.js';
import type { ServerReport, Usage, UsageRequest } from './report-usage.js';
import type { TableName } from './synthetic-table.js';

/** What makes a server another than most are measured with; its program gets the names. */
interface ServerWays {
  readonly heard?: true;
  readonly guarded?: true;
}

/** A server in a process of its own: ours, or the echo that it is compared with. */
export class ServerUnderTest implements AsyncDisposable {
  readonly address: Address;
  readonly #program: ChildProgram<UsageRequest, ServerReport>;

  private constructor(program: ChildProgram<UsageRequest, ServerReport>, port: number) {
    this.#program = program;
    this.address = { host: '127.0.0.1', port, user: 'bench', database: 'bench' };
  }

  /**
   * Ours, which serves a table of so many rows, and `SELECT 1`; it may be limited to so many descriptors, have somebody listen
   * to its tracing channels, or offer TLS and ask the user `guarded` for SCRAM.
   */
  static start(
    source: TableName | 'duckdb',
    rows: number,
    { descriptors, ...ways }: ServerWays & { readonly descriptors?: number | undefined } = {},
  ): Promise<ServerUnderTest> {
    const parameters = [source, String(rows), ...Object.keys(ways)];
    return ServerUnderTest.#start('server-program', parameters, descriptors);
  }

  /** One that knows nothing of the protocol: it answers every chunk by its first byte, with bytes that it is given. */
  static startEcho(replies: ReadonlyMap<string, Uint8Array>): Promise<ServerUnderTest> {
    const given = [...replies].map(([first, reply]) => `${first}${Buffer.from(reply).toString('hex')}`);
    return ServerUnderTest.#start('echo-program', given);
  }

  static async #start(name: string, parameters: readonly string[], descriptors?: number): Promise<ServerUnderTest> {
    const program = new ChildProgram<UsageRequest, ServerReport>(name, parameters, isReport, { descriptors });
    const report = await program.report();
    if (!('port' in report)) throw new Error('the server did not tell its port');
    return new ServerUnderTest(program, report.port);
  }

  /** CPU and memory so far. */
  async usage(request: UsageRequest = 'usage'): Promise<Usage> {
    const report = await this.#program.ask(request);
    if ('port' in report) throw new Error('the server told its port twice');
    return report;
  }

  /** What is used once the server has seen the last of the clients but so many leave, which it may take a moment for. */
  async settledUsage(clients = 0): Promise<Usage> {
    for (let attempt = 0; attempt < 50 && (await this.usage()).sockets > clients; attempt += 1) await setTimeout(100);
    return this.usage('usage without garbage');
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#program[Symbol.asyncDispose]();
  }
}

/** Whether it is something that a server's program tells. */
export function isReport(value: unknown): value is ServerReport {
  return typeof value === 'object' && value !== null && ('port' in value || ('cpu' in value && 'memory' in value));
}
