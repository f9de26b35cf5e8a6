import { RiffqServer } from '@riffq/server';
import pg from 'pg';
import { DuckDBDatabase } from '../src/index.js';

interface Opening {
  /** What is run before anybody connects. */
  readonly script?: string;
  readonly path?: string;
  /** Has the server listen; by itself it does so without a catalog. */
  readonly listen?: (server: RiffqServer, database: DuckDBDatabase) => Promise<unknown>;
}

/** A server over a DuckDB of its own, on a free port. */
export class DuckDBServer implements AsyncDisposable {
  private constructor(
    readonly database: DuckDBDatabase,
    readonly port: number,
    private readonly server: RiffqServer,
  ) {}

  static async open({ script, path = ':memory:', listen = (server) => server.listen() }: Opening = {}) {
    const database = await DuckDBDatabase.open(path);
    if (script !== undefined) await database.run(script);
    const server = new RiffqServer('127.0.0.1:0', database.connectionClass, { sessionStatements: 'server' });
    await listen(server, database);
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('expected a port');
    return new DuckDBServer(database, address.port, server);
  }

  async connect(database = 'memory'): Promise<pg.Client> {
    const client = new pg.Client({ host: '127.0.0.1', port: this.port, user: 'tester', database });
    await client.connect();
    return client;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.close();
    await this.database.close();
  }
}
