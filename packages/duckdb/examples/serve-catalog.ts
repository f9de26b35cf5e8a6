import { DuckDBDatabase } from '@riffq/duckdb';
import { RiffqServer } from '@riffq/server';

const database = await DuckDBDatabase.open(':memory:');
await database.run(
  "CREATE TABLE birds (id INTEGER PRIMARY KEY, name VARCHAR); COMMENT ON TABLE birds IS 'all of them'",
);

const server = new RiffqServer('127.0.0.1:5433', database.connectionClass);
server.setLazyCatalog(database.catalogSource());
server.handleShutdown(() => database.close());
await server.start({ catalogEmulation: true });
