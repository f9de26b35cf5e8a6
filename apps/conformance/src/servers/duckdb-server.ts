import { DuckDBDatabase } from '@riffq/duckdb';
import { type QueryCallback, type QueryContext, type QueryResult, RiffqServer } from '@riffq/server';
import { StatementWatch } from './statement-watch.js';

/** A server over an empty DuckDB in memory; `close` closes both. */
export interface DuckDBServer {
  readonly server: RiffqServer;
  readonly watch: StatementWatch;
  close(): Promise<void>;
}

/** Starts one. */
export async function startDuckDBServer(): Promise<DuckDBServer> {
  const database = await DuckDBDatabase.open(':memory:');
  const watch = new StatementWatch();
  class WatchedConnection extends database.connectionClass {
    override handleQuery(sql: string, callback: QueryCallback, context: QueryContext): Promise<QueryResult> {
      const answer = super.handleQuery(sql, callback, context);
      watch.started(sql);
      return answer;
    }
  }
  const server = new RiffqServer({ host: '127.0.0.1', port: 0 }, WatchedConnection, { sessionStatements: 'server' });
  server.setLazyCatalog(database.catalogSource());
  await server.listen({ catalogEmulation: true });
  const close = async () => {
    await server.close();
    await database.close();
  };
  return { server, watch, close };
}
