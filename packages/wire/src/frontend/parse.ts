import type { BufferReader } from '../buffer-reader.js';

/**
 * Makes a statement out of query text.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-PARSE
 */
export interface Parse {
  readonly type: 'Parse';
  readonly statement: string;
  readonly sql: string;
  /** OIDs of the parameters' types, 0 where the client leaves it open; there may be fewer than parameters. */
  readonly parameterTypes: readonly number[];
}

/** Reads the body of Parse. */
export function decodeParse(reader: BufferReader): Parse {
  const statement = reader.cstring();
  const sql = reader.cstring();
  const count = reader.uint16();
  const parameterTypes: number[] = [];
  for (let index = 0; index < count; index++) parameterTypes.push(reader.uint32());
  reader.end();
  return { type: 'Parse', statement, sql, parameterTypes };
}
