import { BufferReader } from '@riffq/wire';
import { serialize } from 'pg-protocol';
import type { RawClient } from './raw-client/raw-client.js';

/** Milliseconds that the answer may take. */
const timeout = 10_000;

/**
 * The first column of the first row of a query, in PostgreSQL's text format.
 *
 * @throws PgError if the query fails, Error if it has no row or no column, or the answer takes too long.
 */
export async function firstValue(client: RawClient, sql: string): Promise<string | null> {
  client.send(serialize.query(sql));
  const isDecisive = ({ name }: { readonly name: string }): boolean =>
    name === 'DataRow' || name === 'ErrorResponse' || name === 'ReadyForQuery';
  const reply = await client.until(isDecisive, { timeout });
  if (reply.error !== undefined) throw reply.error;
  const row = reply.messages.find(({ name }) => name === 'DataRow');
  if (row === undefined) throw new Error('the query gave no row');
  const reader = new BufferReader(row.body, 'DataRow');
  if (reader.uint16() === 0) throw new Error('the query gave no column');
  const value = reader.value();
  return value === null ? null : Buffer.from(value).toString();
}
