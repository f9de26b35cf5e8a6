export type { DuckDBConnection, DuckDBConnectionClass } from './duckdb-connection.js';
export {
  type CatalogSourceOptions,
  DuckDBDatabase,
  type DuckDBDatabaseOptions,
  type InsertOptions,
} from './duckdb-database.js';
export type { ArrowSource } from './write/arrow-source.js';
