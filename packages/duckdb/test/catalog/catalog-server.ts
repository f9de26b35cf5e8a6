import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { RiffqServer } from '@riffq/server';
import pg from 'pg';
import { type CatalogSourceOptions, DuckDBDatabase } from '../../src/index.js';

const run = promisify(execFile);

/** A server over DuckDB whose catalog clients can browse. */
export class CatalogServer implements AsyncDisposable {
  readonly #server: RiffqServer;

  private constructor(
    readonly database: DuckDBDatabase,
    server: RiffqServer,
  ) {
    this.#server = server;
  }

  /** @param script - what makes the tables */
  static async open(script: string, path = ':memory:', options: CatalogSourceOptions = {}): Promise<CatalogServer> {
    const database = await DuckDBDatabase.open(path);
    await database.run(script);
    const server = new RiffqServer('127.0.0.1:0', database.connectionClass, { sessionStatements: 'server' });
    server.setLazyCatalog(database.catalogSource(options));
    await server.listen({ catalogEmulation: true, serverVersion: '15.20' });
    return new CatalogServer(database, server);
  }

  async connect(database = 'memory'): Promise<pg.Client> {
    const client = new pg.Client({ host: '127.0.0.1', port: this.#port, user: 'tester', database });
    await client.connect();
    return client;
  }

  /** The rows of one statement, on a connection of its own. */
  async rows(sql: string, database?: string): Promise<readonly unknown[][]> {
    const client = await this.connect(database);
    try {
      return (await client.query({ text: sql, rowMode: 'array' })).rows;
    } finally {
      await client.end();
    }
  }

  /** What psql prints for its commands. */
  async psql(...commands: readonly string[]): Promise<string> {
    const place = ['-h', '127.0.0.1', '-p', String(this.#port), '-U', 'tester', '-d', 'memory'];
    const { stdout } = await run('psql', ['-X', '-A', ...place, ...commands.flatMap((command) => ['-c', command])]);
    return stdout;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close();
    await this.database.close();
  }

  get #port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('expected a port');
    return address.port;
  }
}
