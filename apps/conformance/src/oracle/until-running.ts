import pg from 'pg';
import type { ServerAddress } from '../client.js';

/** Settles when that PostgreSQL runs a statement of another session that has this text in it. */
export async function untilRunning(address: ServerAddress, text: string): Promise<void> {
  const client = new pg.Client(address);
  await client.connect();
  // It is active while it is parsed, too; then it would miss a cancel.
  const executing = `state = 'active' AND state_change < clock_timestamp() - interval '50 ms'`;
  const sql = `SELECT FROM pg_stat_activity WHERE ${executing} AND pid <> pg_backend_pid() AND strpos(query, $1) > 0`;
  try {
    while ((await client.query(sql, [text])).rowCount === 0);
  } finally {
    await client.end();
  }
}
