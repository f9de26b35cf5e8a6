import { RiffqServer } from '@riffq/server';
import pg from 'pg';
import { inject } from 'vitest';
import { type ProxyOptions, proxyConnection } from '../src/postgres-proxy/proxy-connection.js';
import type { StatementLog } from '../src/postgres-proxy/statement-log.js';
import type { UpstreamAddress } from '../src/postgres-proxy/upstream-address.js';

/** The proxy before the real PostgreSQL, and clients of it. */
export class RunningProxy implements AsyncDisposable {
  readonly server: RiffqServer;
  readonly #clients: pg.Client[] = [];
  #port = 0;

  private constructor(options: ProxyOptions) {
    this.server = new RiffqServer('127.0.0.1:0', proxyConnection(options), { copy: 'handler' });
  }

  static async open(upstream: UpstreamAddress = oracleAddress(), log?: StatementLog): Promise<RunningProxy> {
    const proxy = new RunningProxy({ upstream, ...(log && { log }) });
    const address = await proxy.server.listen();
    if (typeof address === 'string') throw new Error('expected a port');
    proxy.#port = address.port;
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  async connect(options: pg.ClientConfig = {}): Promise<pg.Client> {
    const { user, database, password } = inject('oracle');
    const client = new pg.Client({ user, database, password, ...options, host: '127.0.0.1', port: this.#port });
    client.on('error', () => {});
    this.#clients.push(client);
    await client.connect();
    return client;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.end()));
    await this.server.close();
  }
}

/** By TCP, where the oracle wants a password. */
export function oracleAddress(): UpstreamAddress {
  const { host, port } = inject('oracle');
  return { host, port };
}

/** By the Unix socket, where it wants none. */
export function oracleSocket(): UpstreamAddress {
  const { socketDirectory, port } = inject('oracle');
  return { path: `${socketDirectory}/.s.PGSQL.${port}` };
}
