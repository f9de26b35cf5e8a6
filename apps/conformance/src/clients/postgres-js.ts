import postgres from 'postgres';
import {
  type Client,
  ClientError,
  type Connection,
  type QueryOptions,
  type Result,
  type ServerAddress,
} from '../client.js';
import { javascriptParameter, javascriptValue } from './javascript-values.js';
import { packageVersion } from './package-version.js';

/** `postgres`, also called postgres.js. */
export async function startPostgresJs(): Promise<Client> {
  const lacks = { binary: 'it asks for text only' };
  return { version: `postgres.js ${await packageVersion('postgres')}`, lacks, connect, close: async () => undefined };
}

async function connect({ user: username, ...address }: ServerAddress): Promise<Connection> {
  const pool = postgres({ ...address, username, max: 1, onnotice: () => undefined });
  try {
    // Reserved, so that a broken connection is an error, and not replaced without a word.
    const sql = await pool.reserve();
    const close = async () => {
      sql.release();
      await pool.end({ timeout: 5 });
    };
    return { query: (text, options = {}) => query(sql, text, options), close };
  } catch (error) {
    await pool.end({ timeout: 0 });
    throw translated(error);
  }
}

async function query(
  sql: postgres.ReservedSql,
  text: string,
  { mode, parameters = [] }: QueryOptions,
): Promise<Result> {
  const simple = mode === 'simple' || (mode === undefined && parameters.length === 0);
  // `simple` is not among its types, but without it a statement without parameters is always asked simply.
  const protocol = { prepare: !simple, simple };
  try {
    const result = await sql.unsafe(text, parameters.map(javascriptParameter), protocol).values();
    return {
      columns: (result.columns ?? []).map((column) => ({
        name: column.name,
        typeOid: column.type,
        typeModifier: null,
      })),
      rows: result.map((row) => row.map(javascriptValue)),
      tag: `${result.command} ${result.count}`,
    };
  } catch (error) {
    throw translated(error);
  }
}

function translated(error: unknown): unknown {
  return error instanceof postgres.PostgresError ? new ClientError(error.code, error.message) : error;
}
