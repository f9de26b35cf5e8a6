import {
  type DatabaseRow,
  keptName,
  type LazyCatalogSource,
  type RelationRow,
  type SchemaRow,
  stableOid,
} from '@riffq/catalog';
import type { Logger } from '@riffq/server';
import type { NativeConnection } from '../connection/native-connection.js';
import { type DatabaseSnapshot, databaseSnapshot } from './database-snapshot.js';
import { Omissions } from './omissions.js';
import { readSystemRows } from './system-row.js';
import { SystemRows } from './system-rows.js';

type Context = Parameters<LazyCatalogSource['databases']>[1];

/**
 * What DuckDB's system functions say of its databases, as a catalog: each pull reads a database once, in a transaction and on a
 * connection of its own. So it shows what is committed, whatever clients have open.
 */
export class DuckDBCatalogSource implements LazyCatalogSource {
  readonly #connect: () => Promise<NativeConnection>;
  readonly #omissions: Omissions;
  /** By the signal that all calls of a pull have in common. */
  readonly #snapshots = new WeakMap<AbortSignal, { readonly database: string; read: Promise<DatabaseSnapshot> }>();

  constructor(connect: () => Promise<NativeConnection>, logger: Logger) {
    this.#connect = connect;
    this.#omissions = new Omissions(logger);
  }

  databases(_callback: unknown, { signal }: Context): Promise<readonly DatabaseRow[]> {
    return this.#reading(async (connection) => {
      const sql = `SELECT database_name FROM duckdb_databases() WHERE NOT internal
        ORDER BY database_name <> current_database(), database_name`;
      const rows = await readSystemRows(connection, sql, signal);
      return this.#distinct(rows.map((row) => row.text('database_name')));
    });
  }

  async schemas(database: string, _callback: unknown, { signal }: Context): Promise<readonly SchemaRow[]> {
    return (await this.#snapshot(database, signal)).schemas;
  }

  async relations(
    database: string,
    schema: string,
    _callback: unknown,
    { signal }: Context,
  ): Promise<readonly RelationRow[]> {
    return (await this.#snapshot(database, signal)).relations.get(schema) ?? [];
  }

  /** Every relation has its columns with it. */
  columns(): readonly [] {
    return [];
  }

  /** Clients name databases, so none has another name: one that PostgreSQL could not tell from one before is left out. */
  #distinct(databases: readonly string[]): readonly DatabaseRow[] {
    const known = new Map<string, string>();
    return databases.flatMap((name) => {
      const before = known.get(keptName(name));
      if (before !== undefined) {
        this.#omissions.warn(`database "${name}"`, `PostgreSQL could not tell it from "${before}"`);
        return [];
      }
      known.set(keptName(name), name);
      return [{ oid: stableOid('db', name), name }];
    });
  }

  #snapshot(database: string, signal: AbortSignal): Promise<DatabaseSnapshot> {
    const known = this.#snapshots.get(signal);
    if (known?.database === database) return known.read;
    const read = this.#reading(async (connection) =>
      databaseSnapshot(database, await SystemRows.read(connection, database, signal), this.#omissions),
    );
    this.#snapshots.set(signal, { database, read });
    return read;
  }

  async #reading<T>(read: (connection: NativeConnection) => Promise<T>): Promise<T> {
    const connection = await this.#connect();
    try {
      return await read(connection);
    } finally {
      await connection.close();
    }
  }
}
