import { DuckDBDatabase } from '@riffq/duckdb';
import { RiffqServer } from '@riffq/server';

const database = await DuckDBDatabase.open(':memory:');
await database.run("CREATE TABLE greetings AS SELECT i AS id, 'hello ' || i AS text FROM range(3) t(i)");

const server = new RiffqServer('127.0.0.1:5433', database.connectionClass, { sessionStatements: 'server' });
server.handleShutdown(() => database.close());
await server.start();
