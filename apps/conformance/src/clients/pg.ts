import pg from 'pg';
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

/** `pg`, also called node-postgres. */
export async function startPg(): Promise<Client> {
  const lacks = { binary: 'it reads binary values as UTF-8, which spoils them on PostgreSQL too' };
  return { version: `pg ${await packageVersion('pg')}`, lacks, connect, close: async () => undefined };
}

async function connect(address: ServerAddress): Promise<Connection> {
  const client = new pg.Client(address);
  // Without a listener, a connection that breaks between two queries would end the process.
  client.on('error', () => undefined);
  await client.connect();
  return { query: (sql, options = {}) => query(client, sql, options), close: () => client.end() };
}

async function query(client: pg.Client, sql: string, { mode, parameters }: QueryOptions): Promise<Result> {
  const config = {
    text: sql,
    rowMode: 'array' as const,
    ...(parameters && { values: parameters.map(javascriptParameter) }),
    ...(mode === 'text' && { queryMode: 'extended' }),
  };
  try {
    const { fields, rows, command, rowCount } = await client.query<unknown[]>(config);
    return {
      columns: fields.map(({ name, dataTypeID: typeOid, dataTypeModifier: typeModifier }) => ({
        name,
        typeOid,
        typeModifier,
      })),
      rows: rows.map((row) => row.map(javascriptValue)),
      tag: `${command} ${rowCount}`,
    };
  } catch (error) {
    throw error instanceof pg.DatabaseError ? new ClientError(error.code ?? '', error.message) : error;
  }
}
