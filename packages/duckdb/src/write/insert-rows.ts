import { setImmediate } from 'node:timers/promises';
import { type DuckDBAppender, DuckDBDataChunk } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';
import type { NativeConnection } from '../connection/native-connection.js';
import type { ArrowSource } from './arrow-source.js';
import { type InsertPlan, type InsertTarget, planInsert } from './insert-plan.js';
import { type RowRange, rowGroups } from './row-groups.js';

/** How rows are inserted. */
export interface InsertRowsOptions {
  /** Aborting it leaves nothing inserted; the insert rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** `own` begins and commits one; in an `open` one a failure aborts it, so that nothing of the insert can be committed. */
  readonly transaction: 'own' | 'open';
}

/**
 * Inserts Arrow data into a table: all rows or none.
 *
 * @param connection - free for statements until the promise settles
 * @returns the number of rows
 * @throws PgError see {@link planInsert}; 22P02, 22003, 22007 ... for a value that is none of its column, 23505, 23502 ...
 * for a row that violates a constraint, 25006 in a database or transaction that is read only
 */
export async function insertRows(
  connection: NativeConnection,
  target: InsertTarget,
  source: ArrowSource,
  { signal, transaction }: InsertRowsOptions,
): Promise<number> {
  const plan = await planInsert(connection, target, source.schema, signal);
  const run = (sql: string) => connection.call((native) => native.run(sql), { signal });
  let rows = 0;
  let begun = false;
  try {
    for await (const group of rowGroups(source, duckdb.vector_size(), signal)) {
      // Not before there are rows: a transaction that waits for a slow client would see an old state.
      if (!begun && transaction === 'own') await run('BEGIN TRANSACTION');
      begun = true;
      await insertGroup(connection, plan, group, run);
      rows += group.reduce((sum, { count }) => sum + count, 0);
    }
    if (transaction === 'own') await run('COMMIT');
    return rows;
  } catch (error) {
    if (begun) await undo(connection, transaction);
    throw error;
  }
}

async function insertGroup(
  connection: NativeConnection,
  plan: InsertPlan,
  group: readonly RowRange[],
  run: (sql: string) => Promise<unknown>,
): Promise<void> {
  await run(plan.createStaging);
  // One call, although all but its beginning runs here: the connection does not close before it has ended.
  await connection.call(async (native) => {
    const appender = await native.createAppender(plan.staging, 'main', 'temp');
    try {
      await appendRanges(appender, plan, group);
    } finally {
      appender.clear();
      appender.closeSync();
    }
  });
  await run(plan.insert);
  await run(plan.dropStaging);
}

async function appendRanges(
  appender: DuckDBAppender,
  { writers }: InsertPlan,
  group: readonly RowRange[],
): Promise<void> {
  const chunk = DuckDBDataChunk.create(writers.map(({ type }) => type));
  let pending = 0;
  for (const { batch, start, count } of group) {
    chunk.reset();
    chunk.rowCount = count;
    for (const [column, writer] of writers.entries()) {
      const data = batch.data.children[column];
      if (data !== undefined) writer.write(duckdb.data_chunk_get_vector(chunk.chunk, column), data, start, count);
    }
    appender.appendDataChunk(chunk);
    pending += count;
    if (pending < duckdb.vector_size()) continue;
    appender.flushSync();
    pending = 0;
    // All this runs on the main thread: the others have their turn between the chunks.
    await setImmediate();
  }
  appender.flushSync();
}

/** Whatever went wrong is what the caller is told: undoing it may fail because the connection is gone. */
async function undo(connection: NativeConnection, transaction: 'own' | 'open'): Promise<void> {
  // An error while a statement runs makes DuckDB refuse everything but ROLLBACK.
  const sql = transaction === 'own' ? 'ROLLBACK' : "SELECT error('the insert failed') FROM range(1)";
  await connection.call((native) => native.run(sql)).catch(() => {});
}
