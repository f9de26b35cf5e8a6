import type { BufferReader } from '../buffer-reader.js';

/**
 * A simple query: text with any number of statements.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-QUERY
 */
export interface Query {
  readonly type: 'Query';
  readonly sql: string;
}

/** Reads the body of Query. */
export function decodeQuery(reader: BufferReader): Query {
  const sql = reader.cstring();
  reader.end();
  return { type: 'Query', sql };
}
