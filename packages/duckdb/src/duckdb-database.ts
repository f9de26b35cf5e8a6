import { DuckDBInstance } from '@duckdb/node-api';
import { consoleLogger, type LazyCatalogSource, type Logger } from '@riffq/server';
import { DuckDBCatalogSource } from './catalog/duckdb-catalog-source.js';
import { ClientConnection } from './connection/client-connection.js';
import { DatabasesInUse } from './connection/databases-in-use.js';
import { catalogCalls, nativeCalls } from './connection/native-calls.js';
import { NativeConnection } from './connection/native-connection.js';
import type { DuckDBConnectionClass } from './duckdb-connection.js';
import { toPgError } from './duckdb-error.js';
import { detachedDatabases } from './statement/shared-databases.js';
import { StatementText } from './statement/statement-text.js';
import type { ArrowSource } from './write/arrow-source.js';
import { insertRows } from './write/insert-rows.js';
import { quoteText } from './write/quote-name.js';

/** How a database is opened. */
export interface DuckDBDatabaseOptions {
  /** Refuses every write with 25006. @defaultValue false */
  readonly readOnly?: boolean;
  /** DuckDB's settings by name: `threads`, `memory_limit`, `enable_external_access` ... */
  readonly settings?: Readonly<Record<string, string>>;
}

/** How a catalog is made. */
export interface CatalogSourceOptions {
  /** Is told of what a catalog cannot show. @defaultValue the console */
  readonly logger?: Logger;
}

/** How rows are inserted. */
export interface InsertOptions {
  /** The table's columns by position of the data's; the others get their defaults. @defaultValue those that the data's columns are called */
  readonly columns?: readonly string[];
  /** Aborting it leaves nothing inserted; the insert rejects with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * An embedded DuckDB database whose clients are those of a PostgreSQL server.
 *
 * @example
 * const database = await DuckDBDatabase.open(':memory:');
 * await database.run("CREATE TABLE flights AS FROM 'flights.parquet'");
 * const server = new RiffqServer('127.0.0.1:5433', database.connectionClass, { sessionStatements: 'server' });
 * await server.listen();
 */
export class DuckDBDatabase implements AsyncDisposable {
  /** For `RiffqServer`: every client has a connection of DuckDB of its own. Extend it to ask for passwords. */
  readonly connectionClass: DuckDBConnectionClass;
  readonly #instance: DuckDBInstance;
  readonly #readOnly: boolean;
  readonly #inUse: DatabasesInUse;
  readonly #connections = new Set<NativeConnection>();
  #closing: Promise<void> | undefined;

  private constructor(instance: DuckDBInstance, readOnly: boolean, inUse: DatabasesInUse) {
    this.#instance = instance;
    this.#readOnly = readOnly;
    this.#inUse = inUse;
    const connect = (): Promise<NativeConnection> => this.#connect();
    this.connectionClass = class extends ClientConnection {
      protected override connect(): Promise<NativeConnection> {
        return connect();
      }
    };
  }

  /**
   * Opens a database.
   *
   * @param path - a file, made when it is missing, or `:memory:`
   * @throws PgError 58030 when the file cannot be opened, 55006 when another process has it, 22023 for a bad setting
   */
  static async open(path: string, options: DuckDBDatabaseOptions = {}): Promise<DuckDBDatabase> {
    const { readOnly = false, settings: { lock_configuration: lock, ...settings } = {} } = options;
    const configuration = {
      ...settings,
      ...(readOnly ? { access_mode: 'READ_ONLY' } : {}),
      // Only how DuckDB words its errors for this package; no result of a statement changes.
      errors_as_json: 'true',
    };
    const database = await nativeCalls
      .run(async () => {
        const instance = await DuckDBInstance.create(path, configuration);
        return new DuckDBDatabase(instance, readOnly, new DatabasesInUse(await firstDatabase(instance)));
      })
      .catch((error: unknown) => {
        throw toPgError(error);
      });
    // Clients are shown timestamps in UTC, so those that they send without a zone are taken as UTC, too.
    await database.run("SET GLOBAL TimeZone = 'UTC'");
    // Behind all other settings, for it is the last that can be made.
    if (lock !== undefined) await database.run(`SET GLOBAL lock_configuration = ${quoteText(lock)}`);
    return database;
  }

  /**
   * What the database and those attached to it have, live, for pg_catalog and information_schema: schemas, tables, views,
   * keys, indexes, checks, enums, sequences, comments. It shows what is committed, and no temporary tables. What a catalog
   * cannot show is left out, and the logger is told of it once.
   *
   * @example
   * server.setLazyCatalog(database.catalogSource());
   * await server.start({ catalogEmulation: true });
   */
  catalogSource({ logger = consoleLogger }: CatalogSourceOptions = {}): LazyCatalogSource {
    return new DuckDBCatalogSource(() => this.#connect(catalogCalls), logger);
  }

  /**
   * Runs one or more statements on a connection of their own and throws their rows away: for loading data.
   *
   * @throws PgError what DuckDB says of the first statement that fails; 55006 for a DETACH of the database that was opened,
   * or of one that a client is in
   */
  async run(sql: string, { signal }: { readonly signal?: AbortSignal } = {}): Promise<void> {
    const connection = await this.#connect();
    const run = () => connection.call((native) => native.run(sql), { signal, text: new StatementText(sql) });
    try {
      const detached = detachedDatabases(sql);
      await (detached.length === 0 ? run() : this.#inUse.detach(detached, run));
    } finally {
      await connection.close();
    }
  }

  /**
   * Inserts Arrow data into a table, all rows or none, and returns their number. Values are cast to the types of the
   * columns: text is read as a value of any type (JSON for lists, structs and maps), the others go into their own kind.
   *
   * @param table - its name, or its parts: database, schema, name
   * @throws PgError 42P01, 42703 for a table or column that does not exist, 42804 for a column that does not take values of
   * the data's type, 0A000 for an Arrow type that is not supported; what DuckDB says of a value or row that it refuses
   * @example
   * await database.run('CREATE TABLE people (id INTEGER, name VARCHAR, since DATE DEFAULT current_date)');
   * await database.insert('people', tableFromArrays({ id: Int32Array.of(1, 2), name: ['Ada', 'Grace'] }));
   */
  async insert(
    table: string | readonly string[],
    rows: ArrowSource,
    { columns, signal }: InsertOptions = {},
  ): Promise<number> {
    const target = { table: typeof table === 'string' ? [table] : table, columns: columns ?? null };
    const connection = await this.#connect();
    try {
      return await insertRows(connection, target, rows, { signal, transaction: 'own' });
    } finally {
      await connection.close();
    }
  }

  /**
   * Writes the log of changes into the database file.
   *
   * @throws PgError 25000 while a transaction writes
   */
  checkpoint(): Promise<void> {
    return this.run('CHECKPOINT');
  }

  /** Interrupts what runs, writes the log of changes into the file and closes it. The server is closed before. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #connect(calls = nativeCalls): Promise<NativeConnection> {
    const connection = await NativeConnection.open(
      this.#instance,
      this.#inUse,
      (closed) => this.#connections.delete(closed),
      calls,
    );
    this.#connections.add(connection);
    return connection;
  }

  async #close(): Promise<void> {
    await Promise.all([...this.#connections].map((connection) => connection.close()));
    // Closing would write the log on the main thread. What cannot be written now is read from the log at the next start.
    if (!this.#readOnly) await this.checkpoint().catch(() => {});
    this.#instance.closeSync();
  }
}

/** The name of the database that connections start in. */
async function firstDatabase(instance: DuckDBInstance): Promise<string> {
  const connection = await instance.connect();
  try {
    const reader = await connection.runAndReadAll('SELECT current_database()');
    return String(reader.getRows()[0]?.[0]);
  } finally {
    connection.disconnectSync();
  }
}
