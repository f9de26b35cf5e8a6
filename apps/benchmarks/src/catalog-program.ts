import { BaseConnection, type QueryResult, RiffqServer } from '@riffq/server';
import { reportUsage } from './report-usage.js';

// A server that has nothing but a catalog, of a table in each of some databases.
class Connection extends BaseConnection {
  override handleQuery(): QueryResult {
    return [{ answer: 42 }];
  }
}

const server = new RiffqServer('127.0.0.1:0', Connection);
for (const database of process.argv.slice(2)) {
  server.registerDatabase(database);
  server.registerTable(database, 'public', 'orders', [{ name: 'id', type: 'int', nullable: false }]);
}
const address = await server.listen({ catalogEmulation: true });
if (typeof address === 'string') throw new Error('expected a TCP address');
reportUsage(address.port);
