import { Client, DatabaseError } from 'pg';
import { inject } from 'vitest';

/** What PostgreSQL makes of a value that is assigned to a column, or what it says of it. */
export type AssignedValue =
  | { readonly text: string | null; readonly binary: string | null }
  | { readonly sqlstate: string; readonly message: string; readonly detail: string | undefined };

/** Inserts each of the texts into a table of its own of the type, and selects it. */
export async function assign(type: string, texts: readonly (string | null)[]): Promise<readonly AssignedValue[]> {
  const client = new Client({ ...inject('oracle') });
  await client.connect();
  try {
    await client.query(`SET DateStyle = 'ISO, MDY'; SET TimeZone = 'UTC'; CREATE TEMP TABLE assigned (value ${type})`);
    const { rows } = await client.query<Functions>(
      `SELECT typoutput AS output, typsend AS send FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
       WHERE attrelid = 'assigned'::regclass AND attname = 'value'`,
    );
    const values: AssignedValue[] = [];
    for (const text of texts) values.push(await assignOne(client, rows, text));
    return values;
  } finally {
    await client.end();
  }
}

/** Of a type, by their names. */
interface Functions {
  readonly output: string;
  readonly send: string;
}

async function assignOne(client: Client, [type]: readonly Functions[], text: string | null): Promise<AssignedValue> {
  const literal = text === null ? 'NULL' : client.escapeLiteral(text);
  try {
    await client.query(`TRUNCATE assigned; INSERT INTO assigned VALUES (${literal})`);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return { sqlstate: error.code ?? '', message: error.message, detail: error.detail };
  }
  const { rows } = await client.query<{ readonly text: string | null; readonly binary: string | null }>(
    `SELECT ${type?.output}(value)::text AS text, encode(${type?.send}(value), 'hex') AS binary FROM assigned`,
  );
  return rows[0] ?? { text: null, binary: null };
}
