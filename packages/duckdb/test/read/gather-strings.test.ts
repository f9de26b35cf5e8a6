import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chunkToBatch } from '../../src/read/chunk-to-batch.js';
import { resultColumns } from '../../src/read/result-columns.js';

let instance: DuckDBInstance;
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
});
afterAll(() => instance.closeSync());

/** Every string of a result, ours beside the library's. */
async function compare(sql: string): Promise<{ readonly rows: number; readonly differences: readonly unknown[] }> {
  const connection = await instance.connect();
  const result = await connection.stream(sql);
  const { schema, readers } = resultColumns(result, (name) => name);
  const differences: unknown[] = [];
  let rows = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    const batch = chunkToBatch(chunk, schema, readers);
    for (let row = 0; row < chunk.rowCount; row += 1) {
      const ours = batch.getChildAt(0)?.get(row);
      const theirs = chunk.getColumnVector(0).getItem(row);
      if (ours !== theirs) differences.push({ row: rows + row, ours, theirs });
    }
    rows += chunk.rowCount;
  }
  connection.disconnectSync();
  return { rows, differences };
}

/** Lengths from 0 to 40, so inline and not, some with characters of several bytes. */
const randomString = "substr(repeat(chr((97 + hash(i) % 26)::INTEGER) || 'é🦆', 14), 1, (hash(i * 7) % 41)::INTEGER)";

describe('strings read from raw memory equal those that the library reads', () => {
  test.each([
    ['of random lengths', `SELECT ${randomString} FROM range(50000) t(i)`],
    ['with NULLs', `SELECT CASE WHEN hash(i) % 3 = 0 THEN NULL ELSE ${randomString} END FROM range(50000) t(i)`],
    ['in descending order', `SELECT s FROM (SELECT i, ${randomString} AS s FROM range(50000) t(i)) ORDER BY i DESC`],
    ['in random order', `SELECT s FROM (SELECT i, ${randomString} AS s FROM range(50000) t(i)) ORDER BY hash(i)`],
    ['filtered', `SELECT s FROM (SELECT i, ${randomString} AS s FROM range(50000) t(i)) WHERE hash(i) % 3 = 1`],
    [
      'repeated',
      "SELECT ['a category of many letters', 'another long category', 'b'][1 + (i % 3)::INTEGER] FROM range(50000) t(i)",
    ],
    ['constant', "SELECT 'a constant of many letters' FROM range(50000)"],
    ['empty', "SELECT '' FROM range(5000)"],
    ['of 12 and 13 bytes', "SELECT repeat('x', 12 + (i % 2)::INTEGER) FROM range(5000) t(i)"],
    ['of 5 MB each', 'SELECT repeat(chr(97 + i::INTEGER), 5000000) FROM range(3) t(i)'],
  ])('%s', async (_name, sql) => {
    const { rows, differences } = await compare(sql);
    expect(rows).toBeGreaterThan(0);
    expect(differences.slice(0, 3)).toEqual([]);
  });
});
