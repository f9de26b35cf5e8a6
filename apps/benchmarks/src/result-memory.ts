import pg from 'pg';
import { DrainClient } from './drain-client.js';
import { ServerUnderTest } from './server-under-test.js';

/** How much the server's memory grew while it sent one large result. */
export interface MemoryResult {
  readonly source: 'synthetic' | 'duckdb';
  readonly reader: 'fast' | 'slow';
  readonly rows: number;
  /** Bytes over what it was after the first 100,000 rows; DuckDB's own buffers left out. */
  readonly growth: number;
}

const baselineRows = 100_000;
const slowBytesPerSecond = 60e6;

/** Sends `rows` rows and watches the server's resident memory all the while. */
export async function measureResultMemory(
  source: MemoryResult['source'],
  reader: MemoryResult['reader'],
  rows: number,
): Promise<MemoryResult> {
  await using server = await ServerUnderTest.start(source, rows);
  const watcher = new pg.Client({ ...server.address });
  await watcher.connect();
  const client = await DrainClient.connect(server.address);
  const memory = async (): Promise<number> => {
    const own = (await server.usage()).memory;
    if (source !== 'duckdb') return own;
    const { rows: buffers } = await watcher.query(
      'SELECT sum(memory_usage_bytes)::BIGINT AS bytes FROM duckdb_memory()',
    );
    return own - Number(buffers[0]?.bytes);
  };
  await client.drain(`SELECT * FROM synthetic LIMIT ${baselineRows}`, { format: 'text' });
  const baseline = await memory();
  let peak = baseline;
  let watching = true;
  const watched = (async () => {
    while (watching) {
      peak = Math.max(peak, await memory());
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  const slow = reader === 'slow' ? { bytesPerSecond: slowBytesPerSecond } : {};
  await client.drain(`SELECT * FROM synthetic LIMIT ${rows}`, { format: 'text', ...slow });
  watching = false;
  await watched;
  await client.close();
  await watcher.end();
  return { source, reader, rows, growth: peak - baseline };
}
