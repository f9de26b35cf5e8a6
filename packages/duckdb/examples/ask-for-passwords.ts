import { DuckDBDatabase } from '@riffq/duckdb';
import { RiffqServer } from '@riffq/server';

const database = await DuckDBDatabase.open(':memory:');

class Connection extends database.connectionClass {
  override handleAuth(user: string, password: string) {
    return user === 'reader' && password === process.env['READER_PASSWORD'];
  }
}

await new RiffqServer('127.0.0.1:5433', Connection, { sessionStatements: 'server' }).start();
