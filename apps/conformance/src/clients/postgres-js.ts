import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import postgres from 'postgres';
import {
  type Client,
  ClientError,
  type Connection,
  lacking,
  type Parameter,
  type QueryOptions,
  type Result,
  type RunningStatement,
  type ServerAddress,
} from '../client.js';
import { javascriptTls } from './javascript-tls.js';
import { javascriptParameter, javascriptValue } from './javascript-values.js';
import { packageVersion } from './package-version.js';

/** An answer as it is, by name or by position; of several statements there is an array of them, which its types do not tell. */
type Answer = readonly object[] & {
  readonly columns: readonly { readonly name: string; readonly type: number }[] | undefined;
  readonly command: string;
  readonly count: number;
};

/** `postgres`, also called postgres.js. */
export async function startPostgresJs(): Promise<Client> {
  return {
    version: `postgres.js ${await packageVersion('postgres')}`,
    lacks: {
      binary: 'it asks for text only',
      copyRows: 'its COPY takes data that is encoded already',
      echo: 'it sends values as text',
      copyError: 'an error in the middle of a COPY reaches neither its query nor the reader of its stream',
    },
    ways: ['prepare: false'],
    unreadable: [
      {
        type: 'json[]',
        values: [String.raw`{"{\"a\":1}",NULL,"{\"a\":null}"}`, String.raw`{"{\"a\": [1, \"b\"]}",NULL,"null"}`],
        reason: 'its reader of arrays gives the word NULL to the one of json',
      },
    ],
    connect,
    close: async () => undefined,
  };
}

async function connect({ user: username, settings, ...address }: ServerAddress, way?: string): Promise<Connection> {
  const prepare = way !== 'prepare: false';
  const ssl = settings === undefined ? false : javascriptTls({ settings });
  const sslnegotiation = settings?.['sslnegotiation'];
  const options = { ...address, username, ssl, sslnegotiation, max: 1, prepare, onnotice: () => undefined };
  const pool = postgres(options);
  try {
    // Reserved, so that a broken connection is an error, and not replaced without a word.
    const sql = await pool.reserve();
    return {
      query: (text, options = {}) => query(sql, text, options, prepare),
      script: async (text) => (await translated(sql.unsafe<Answer[]>(text).simple())).map(resultOf),
      batch: (text, lists) => batch(sql, text, lists),
      portions: (text, size, most) => translated(portions(sql, text, size, most)),
      copyOut: (text, format) => copyOut(options, `COPY (${text}) TO STDOUT (FORMAT ${format})`),
      copyIn: async ({ table, columns }, format, data) => {
        const text = `COPY ${table} (${columns.join(', ')}) FROM STDIN (FORMAT ${format})`;
        const writable = await translated(sql.unsafe(text).writable());
        await translated(pipeline(Readable.from([data]), writable));
        return null;
      },
      copyRows: lacking,
      echo: lacking,
      copyEcho: lacking,
      start: async (text) => start(sql, text),
      async close() {
        sql.release();
        await pool.end({ timeout: 5 });
      },
    };
  } catch (error) {
    await pool.end({ timeout: 0 });
    throw translation(error);
  }
}

async function query(
  sql: postgres.ReservedSql,
  text: string,
  { mode, parameters = [] }: QueryOptions,
  prepare: boolean,
): Promise<Result> {
  const simple = mode === 'simple' || (mode === undefined && parameters.length === 0);
  // `simple` is not among its types, but without it a statement without parameters is always asked simply.
  const protocol = { prepare: prepare && !simple, simple };
  return resultOf(await translated(sql.unsafe(text, values(sql, parameters), protocol).values()));
}

/** It sends all that it is asked before it is answered, each with a Sync. */
async function batch(sql: postgres.ReservedSql, text: string, lists: readonly (readonly Parameter[])[]): Promise<void> {
  const sent = lists.map((parameters) => sql.unsafe(text, values(sql, parameters), { prepare: true }));
  const outcomes = await Promise.allSettled(sent);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    throw translation(failed.reason);
  }
}

/** On a connection of its own: after COPY of some length it often leaves its socket paused, and reads no other answer. */
async function copyOut(
  options: postgres.Options<Record<string, postgres.PostgresType>>,
  text: string,
): Promise<Buffer> {
  const sql = postgres(options);
  try {
    return await buffer(await sql.unsafe(text).readable());
  } catch (error) {
    throw translation(error);
  } finally {
    await sql.end({ timeout: 0 });
  }
}

/** An array has to be said to be one, and of what. */
function values(sql: postgres.ReservedSql, parameters: readonly Parameter[]) {
  return parameters.map((parameter) => {
    const value = javascriptParameter(parameter);
    return Array.isArray(value) ? sql.array(value, parameter.type === 'int4[]' ? 23 : 25) : value;
  });
}

async function portions(
  sql: postgres.ReservedSql,
  text: string,
  size: number,
  most = Number.POSITIVE_INFINITY,
): Promise<readonly Result['rows'][]> {
  const seen: Result['rows'][] = [];
  for await (const rows of sql.unsafe(text).cursor(size)) {
    seen.push(rows.map(shown));
    if (seen.length >= most) {
      break;
    }
  }
  return seen;
}

function start(sql: postgres.ReservedSql, text: string): RunningStatement {
  const statement = sql.unsafe(text);
  const answer = translated(statement.values());
  answer.catch(() => undefined);
  return { cancel: async () => statement.cancel(), result: async () => resultOf(await answer) };
}

function resultOf(answer: Answer): Result {
  return {
    columns: (answer.columns ?? []).map(({ name, type }) => ({ name, type: String(type) })),
    rows: answer.map(shown),
    tag: `${answer.command} ${answer.count}`,
  };
}

function shown(row: object): readonly string[] {
  return Object.values(row).map(javascriptValue);
}

async function translated<T>(answer: PromiseLike<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw translation(error);
  }
}

function translation(error: unknown): unknown {
  return error instanceof postgres.PostgresError ? new ClientError(error.code, error.message) : error;
}
