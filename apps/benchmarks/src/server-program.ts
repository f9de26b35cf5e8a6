import { DuckDBDatabase } from '@riffq/duckdb';
import { BaseConnection, type ConnectionClass, RiffqServer } from '@riffq/server';
import type { RecordBatch } from 'apache-arrow';
import { batchRows, duckdbTableStatement, schema, syntheticBatch } from './synthetic-table.js';

// The server under test, in a process of its own so that its CPU and memory are its own. It tells its parent its port, and
// what it has used when asked.
const [source, rowsText] = process.argv.slice(2);
const rows = Number(rowsText);

/** What the process has used so far. */
export interface Usage {
  /** Seconds of CPU, all threads. */
  readonly cpu: number;
  /** Resident bytes, without DuckDB's own buffers. */
  readonly memory: number;
}

/** What the server program tells its parent. */
export type ServerReport = { readonly port: number } | Usage;

const database = source === 'duckdb' ? await DuckDBDatabase.open(':memory:') : undefined;
await database?.run(duckdbTableStatement(rows));
const connectionClass = database?.connectionClass ?? syntheticConnection();
const server = new RiffqServer('127.0.0.1:0', connectionClass, { sessionStatements: 'server' });
const address = await server.listen();
if (typeof address === 'string') throw new Error('expected a TCP address');
process.on('message', (request) => {
  if (request === 'usage') report(usage());
});
process.on('disconnect', () => process.exit());
report({ port: address.port });

function syntheticConnection(): ConnectionClass {
  const batches: RecordBatch[] = [];
  for (let from = 0; from < 1_000_000; from += batchRows) batches.push(syntheticBatch(from, batchRows));
  return class extends BaseConnection {
    override handleQuery(sql: string) {
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

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpu: (user + system) / 1e6, memory: process.memoryUsage.rss() };
}

function report(message: ServerReport): void {
  process.send?.(message);
}
