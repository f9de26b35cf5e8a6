import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import Cursor from 'pg-cursor';
import QueryStream from 'pg-query-stream';
import {
  type Client,
  ClientError,
  type Connection,
  lacking,
  type QueryOptions,
  type Result,
  type ServerAddress,
} from '../client.js';
import { javascriptTls } from './javascript-tls.js';
import { javascriptParameter, javascriptValue } from './javascript-values.js';
import { packageVersion } from './package-version.js';

const ways = ['name', 'pipeline: true', 'pg-query-stream'] as const;

/** `pg`, also called node-postgres, with pg-cursor, pg-query-stream and pg-copy-streams. */
export async function startPg(): Promise<Client> {
  const lacks = {
    binary: 'it reads binary values as UTF-8, which spoils them on PostgreSQL too',
    batch: 'it sends one statement at a time, but for `pipeline: true`, which is tried among its ways of asking',
    copyRows: 'pg-copy-streams takes data that is encoded already',
    echo: 'it sends values as text',
    cancel: 'it has none that is documented',
  };
  const version = `pg ${await packageVersion('pg')}`;
  return { version, lacks, ways, unreadable: [], connect, close: async () => undefined };
}

async function connect(address: ServerAddress, way?: string): Promise<Connection> {
  const { settings, ...target } = address;
  const options = {
    ...target,
    ssl: javascriptTls(address),
    sslNegotiation: settings?.['sslnegotiation'],
    enableChannelBinding: settings?.['channel_binding'] === 'require',
    pipeline: way === 'pipeline: true',
  };
  const client = new pg.Client(options);
  // Without a listener, a connection that breaks between two queries would end the process.
  client.on('error', () => undefined);
  await client.connect();
  return {
    query: (sql, options = {}) => (way === 'pg-query-stream' ? stream : query)(client, sql, options, way === 'name'),
    script: (sql) => script(client, sql),
    batch: lacking,
    portions: (sql, size, most) => portions(client, sql, size, most),
    copyOut: (sql, format) => translated(buffer(client.query(to(`COPY (${sql}) TO STDOUT (FORMAT ${format})`)))),
    async copyIn({ table, columns }, format, data) {
      const copy = client.query(from(`COPY ${table} (${columns.join(', ')}) FROM STDIN (FORMAT ${format})`));
      await translated(pipeline(Readable.from([data]), copy));
      return `COPY ${copy.rowCount}`;
    },
    copyRows: lacking,
    echo: lacking,
    copyEcho: lacking,
    start: lacking,
    close: () => client.end(),
  };
}

async function query(
  client: pg.Client,
  text: string,
  { mode, parameters }: QueryOptions,
  named: boolean,
): Promise<Result> {
  const config = {
    text,
    rowMode: 'array' as const,
    ...(parameters && { values: parameters.map(javascriptParameter) }),
    ...(mode === 'text' && { queryMode: 'extended' }),
    ...(named && { name: createHash('md5').update(text).digest('hex') }),
  };
  return resultOf(await translated(client.query<unknown[]>(config)));
}

async function stream(client: pg.Client, text: string, { parameters = [] }: QueryOptions): Promise<Result> {
  const rows = client.query(new QueryStream(text, parameters.map(javascriptParameter), { rowMode: 'array' }));
  return { columns: [], rows: (await translated(rows.toArray())).map(shown), tag: null };
}

async function script(client: pg.Client, text: string): Promise<readonly Result[]> {
  const results = await translated(client.query<unknown[]>({ text, rowMode: 'array' }));
  // Several results are an array, which its types do not tell.
  return [results].flat().map(resultOf);
}

async function portions(
  client: pg.Client,
  sql: string,
  size: number,
  most = Number.POSITIVE_INFINITY,
): Promise<readonly Result['rows'][]> {
  const cursor = client.query(new Cursor<unknown[]>(sql, [], { rowMode: 'array' }));
  const seen: Result['rows'][] = [];
  while (seen.length < most) {
    const rows = await translated(cursor.read(size));
    if (rows.length === 0) {
      break;
    }
    seen.push(rows.map(shown));
  }
  await translated(cursor.close());
  return seen;
}

function resultOf({ fields, rows, command, rowCount }: pg.QueryArrayResult<unknown[]>): Result {
  return {
    columns: fields.map(({ name, dataTypeID, dataTypeModifier }) => ({
      name,
      type: `${dataTypeID} ${dataTypeModifier}`,
    })),
    rows: rows.map(shown),
    tag: `${command} ${rowCount}`,
  };
}

function shown(row: readonly unknown[]): readonly string[] {
  return row.map(javascriptValue);
}

async function translated<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof pg.DatabaseError ? new ClientError(error.code ?? '', error.message) : error;
  }
}
