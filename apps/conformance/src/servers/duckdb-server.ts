import { DuckDBDatabase } from '@riffq/duckdb';
import { RiffqServer } from '@riffq/server';

/** Starts a server over an empty DuckDB in memory; `close` closes both. */
export async function startDuckDBServer(): Promise<{ readonly server: RiffqServer; close(): Promise<void> }> {
  const database = await DuckDBDatabase.open(':memory:');
  const server = new RiffqServer({ host: '127.0.0.1', port: 0 }, database.connectionClass, {
    sessionStatements: 'server',
  });
  await server.listen();
  const close = async () => {
    await server.close();
    await database.close();
  };
  return { server, close };
}
