import type { RiffqServer } from '@riffq/server';
import type { Behaviour } from './behaviour.js';
import type { ServerAddress } from './client.js';
import { startCountingServer } from './servers/counting-server.js';
import { startDuckDBServer } from './servers/duckdb-server.js';

/** The servers of ours that behaviours are tried on, by the name that behaviours have for them. */
export interface ServersUnderTest {
  readonly addresses: Readonly<Record<Behaviour['server'], ServerAddress>>;
  /** Settles when DuckDB's server runs a statement that has this text in it. */
  untilRunning(text: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts all servers that behaviours name. */
export async function startServers(): Promise<ServersUnderTest> {
  const [counting, duckdb] = await Promise.all([startCountingServer(), startDuckDBServer()]);
  return {
    addresses: { counting: addressOf(counting), duckdb: addressOf(duckdb.server) },
    untilRunning: (text) => duckdb.watch.until(text),
    close: async () => void (await Promise.all([counting.close(), duckdb.close()])),
  };
}

function addressOf(server: RiffqServer): ServerAddress {
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the server does not listen on TCP');
  }
  return { host: address.address, port: address.port, user: 'postgres', database: 'postgres', password: 'unasked' };
}
