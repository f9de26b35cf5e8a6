export type { DuckDBConnection, DuckDBConnectionClass } from './duckdb-connection.js';
export { DuckDBDatabase, type DuckDBDatabaseOptions } from './duckdb-database.js';
