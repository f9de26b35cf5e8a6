import { proxyConnection } from '@riffq/examples/postgres-proxy';
import { RiffqServer } from '@riffq/server';
import type { ServerAddress } from '../client.js';

/** Starts the proxy of the examples before a PostgreSQL. */
export async function startProxyServer({ host, port }: ServerAddress): Promise<RiffqServer> {
  const connectionClass = proxyConnection({ upstream: { host, port } });
  const server = new RiffqServer({ host: '127.0.0.1', port: 0 }, connectionClass, { copy: 'handler' });
  await server.listen();
  return server;
}
