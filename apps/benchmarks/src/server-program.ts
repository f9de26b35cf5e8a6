import { DuckDBDatabase } from '@riffq/duckdb';
import { type ConnectionClass, RiffqServer, type Rows } from '@riffq/server';
import { type RecordBatch, tableFromArrays } from 'apache-arrow';
import { GuardedConnection, guarding, offerTls } from './guarded-server.js';
import { reportUsage } from './report-usage.js';
import {
  duckdbTableStatement,
  isTableName,
  type SyntheticTable,
  schemaOf,
  syntheticBatch,
  tables,
} from './synthetic-table.js';
import { listenToChannels } from './tracing-channels.js';

// Our server, over a table of so many rows; perhaps with somebody who listens to its tracing channels.
const [source = '', rowsText, ...ways] = process.argv.slice(2);
if (ways.includes('heard')) listenToChannels();
const rows = Number(rowsText);
const batchRows = Math.min(rows, 10_000);
/** So many rows are made; then they come again. */
const differentRows = 1_000_000;

const database = source === 'duckdb' ? await DuckDBDatabase.open(':memory:') : undefined;
await database?.run(duckdbTableStatement(rows));
const connectionClass =
  database?.connectionClass ?? syntheticConnection(tables[isTableName(source) ? source : 'synthetic']);
const isGuarded = ways.includes('guarded');
const server = new RiffqServer('127.0.0.1:0', connectionClass, {
  sessionStatements: 'server',
  authentication: isGuarded ? guarding : 'trust',
});
if (isGuarded) offerTls(server);
const address = await server.listen({ tls: isGuarded });
if (typeof address === 'string') throw new Error('expected a TCP address');
reportUsage(address.port);

function syntheticConnection(table: SyntheticTable): ConnectionClass {
  const schema = schemaOf(table);
  const batches: RecordBatch[] = [];
  for (let from = 0; from < Math.min(rows, differentRows); from += batchRows) {
    batches.push(syntheticBatch(table, schema, from, batchRows));
  }
  const one = tableFromArrays({ '?column?': Int32Array.of(1) });
  return class extends GuardedConnection {
    override handleQuery(sql: string): Rows {
      if (sql === 'SELECT 1') return one;
      const wanted = Number(/limit (\d+)/i.exec(sql)?.[1] ?? rows);
      return { schema, batches: repeat(batches, wanted) };
    }
  };
}

function* repeat(batches: readonly RecordBatch[], wanted: number): Generator<RecordBatch> {
  for (let sent = 0; sent < wanted; ) {
    for (const batch of batches) {
      if (sent >= wanted) return;
      yield batch.numRows <= wanted - sent ? batch : batch.slice(0, wanted - sent);
      sent += batch.numRows;
    }
  }
}
