import { ClientError, type Connection, type QueryOptions, type Result } from '../client.js';

/** Asks statements, one after another. */
export async function all(connection: Connection, statements: readonly string[]): Promise<readonly Result[]> {
  const seen = [];
  for (const sql of statements) {
    seen.push(await connection.query(sql));
  }
  return seen;
}

/** Three statements that fail, each in its way, and one that does not. */
export async function errorsThenGood(connection: Connection, options: QueryOptions): Promise<unknown> {
  const [operand, n] = options.parameters ? ['CAST($1 AS INTEGER)', '$1'] : ['1', '1'];
  return [
    await sqlstateOf(connection, `SELECT * FROM no_such_table WHERE n = ${operand}`, options),
    await sqlstateOf(connection, `SELECT no_such_column + ${operand}`, options),
    await sqlstateOf(connection, `SELEC ${operand}`, options),
    await connection.query(`SELECT CAST(${n} AS INTEGER) AS n`, options),
  ];
}

/** What a statement fails with. */
export function sqlstateOf(connection: Connection, sql: string, options: QueryOptions = {}): Promise<string> {
  return failureOf(connection.query(sql, options));
}

/** The SQLSTATE only: how an error is worded is each server's own. */
export async function failureOf(answer: Promise<unknown>): Promise<string> {
  try {
    await answer;
  } catch (error) {
    if (error instanceof ClientError) {
      return error.sqlstate;
    }
    throw error;
  }
  throw new Error('there was no error');
}

/** Rows that are counted and added up, to see what was written. */
export function sumOf(connection: Connection, table: string): Promise<Result> {
  return connection.query(`SELECT CAST(count(*) AS INTEGER) AS count, CAST(sum(n) AS INTEGER) AS sum FROM ${table}`);
}
