import { type DatabaseRow, type LazyCatalogSource, type RelationRow, type SchemaRow, stableOid } from '@riffq/catalog';
import type { NativeConnection } from '../connection/native-connection.js';
import { type DatabaseSnapshot, databaseSnapshot } from './database-snapshot.js';
import { readSystemRows } from './system-row.js';
import { SystemRows } from './system-rows.js';

type Context = Parameters<LazyCatalogSource['databases']>[1];

/**
 * What DuckDB's system functions say of its databases, as a catalog: each pull reads a database once, in a transaction and on a
 * connection of its own. So it shows what is committed, whatever clients have open.
 */
export class DuckDBCatalogSource implements LazyCatalogSource {
  readonly #connect: () => Promise<NativeConnection>;
  /** By the signal that all calls of a pull have in common. */
  readonly #snapshots = new WeakMap<AbortSignal, { readonly database: string; read: Promise<DatabaseSnapshot> }>();

  constructor(connect: () => Promise<NativeConnection>) {
    this.#connect = connect;
  }

  databases(_callback: unknown, { signal }: Context): Promise<readonly DatabaseRow[]> {
    return this.#reading(async (connection) => {
      const sql = 'SELECT database_name FROM duckdb_databases() WHERE NOT internal ORDER BY ALL';
      const rows = await readSystemRows(connection, sql, signal);
      return rows.map((row) => row.text('database_name')).map((name) => ({ oid: stableOid('db', name), name }));
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

  #snapshot(database: string, signal: AbortSignal): Promise<DatabaseSnapshot> {
    const known = this.#snapshots.get(signal);
    if (known?.database === database) return known.read;
    const read = this.#reading(async (connection) =>
      databaseSnapshot(database, await SystemRows.read(connection, database, signal)),
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
