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
    return (await client.query(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}
