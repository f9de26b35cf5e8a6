import pg from 'pg';
import { inject } from 'vitest';

/** Asks the real PostgreSQL; rows as objects. */
export async function askOracle(
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly Record<string, unknown>[]> {
  const { socketDirectory, port, user, database } = inject('oracle');
  const client = new pg.Client({ host: socketDirectory, port, user, database });
  await client.connect();
  try {
    // A text of several statements has a result for each; the last is meant.
    const results = [await client.query(sql, [...values])].flat();
    return results.at(-1)?.rows ?? [];
  } finally {
    await client.end();
  }
}
