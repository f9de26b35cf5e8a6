import type { RiffqServer } from '@riffq/server';
import type { Behaviour } from './behaviour.js';
import type { ServerAddress } from './client.js';
import { startArrowServer } from './servers/arrow-server.js';
import { startCountingServer } from './servers/counting-server.js';
import { startDuckDBServer } from './servers/duckdb-server.js';
import { startProxyServer } from './servers/proxy-server.js';
import { startTypesServer } from './servers/types-server.js';

/** The servers of ours that behaviours are tried on, by the name that behaviours have for them. */
export interface ServersUnderTest {
  readonly addresses: Readonly<Record<Behaviour['server'], ServerAddress>>;
  /** The proxy before the PostgreSQL that answers are compared with. */
  readonly proxy: ServerAddress;
  /** Settles when DuckDB's server runs a statement that has this text in it. */
  untilRunning(text: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts all servers that behaviours name, and the proxy. */
export async function startServers(oracle: ServerAddress): Promise<ServersUnderTest> {
  const [arrow, types, counting, duckdb, proxy] = await Promise.all([
    startArrowServer(),
    startTypesServer(),
    startCountingServer(),
    startDuckDBServer(),
    startProxyServer(oracle),
  ]);
  return {
    addresses: {
      arrow: addressOf(arrow),
      types: addressOf(types),
      counting: addressOf(counting),
      duckdb: { ...addressOf(duckdb.server), database: 'memory' },
    },
    untilRunning: (text) => duckdb.watch.until(text),
    proxy: { ...oracle, ...listeningAt(proxy) },
    close: async () => void (await Promise.all([arrow, types, counting, duckdb, proxy].map((each) => each.close()))),
  };
}

function addressOf(server: RiffqServer): ServerAddress {
  return { ...listeningAt(server), user: 'postgres', database: 'postgres', password: 'unasked' };
}

function listeningAt(server: RiffqServer): { readonly host: string; readonly port: number } {
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the server does not listen on TCP');
  }
  return { host: address.address, port: address.port };
}
