import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type pg from 'pg';
import type { CatalogSourceOptions, DuckDBDatabase } from '../../src/index.js';
import { DuckDBServer } from '../duckdb-server.js';

const run = promisify(execFile);

/** A server over DuckDB whose catalog clients can browse. */
export class CatalogServer implements AsyncDisposable {
  readonly #server: DuckDBServer;

  private constructor(server: DuckDBServer) {
    this.#server = server;
  }

  /** @param script - what makes the tables */
  static async open(script: string, path?: string, options: CatalogSourceOptions = {}): Promise<CatalogServer> {
    const server = await DuckDBServer.open({
      script,
      ...(path === undefined ? {} : { path }),
      listen: (riffq, database) => {
        riffq.setLazyCatalog(database.catalogSource(options));
        return riffq.listen({ catalogEmulation: true, serverVersion: '15.20' });
      },
    });
    return new CatalogServer(server);
  }

  get database(): DuckDBDatabase {
    return this.#server.database;
  }

  connect(database?: string): Promise<pg.Client> {
    return this.#server.connect(database);
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
    const place = ['-h', '127.0.0.1', '-p', String(this.#server.port), '-U', 'tester', '-d', 'memory'];
    const { stdout } = await run('psql', ['-X', '-A', ...place, ...commands.flatMap((command) => ['-c', command])]);
    return stdout;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
  }
}
