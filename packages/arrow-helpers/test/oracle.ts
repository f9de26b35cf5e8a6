import { castOf, type PostgresType, postgresTypes, type TypeCase } from '@riffq/all-types';
import { Client } from 'pg';
import { inject } from 'vitest';

/** What PostgreSQL shows for a value: its text, and its binary form in hex. */
export interface OracleValue {
  readonly text: string | null;
  readonly binary: string | null;
}

/** A connection to the real PostgreSQL, for as long as `use` takes. */
async function withOracle<T>(use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ ...inject('oracle') });
  await client.connect();
  try {
    await client.query(
      "SET DateStyle = 'ISO, MDY'; SET TimeZone = 'UTC'; SET bytea_output = 'hex'; SET extra_float_digits = 1",
    );
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Asks PostgreSQL for both forms of values, which are given in the binary form and arrive bit for bit. */
export function askOracle(type: PostgresType, values: readonly (Uint8Array | null)[]): Promise<readonly OracleValue[]> {
  return ask(type, type.name, type, values);
}

/**
 * Asks PostgreSQL for both forms of values that are given as text.
 *
 * @param cast - what they are cast to, such as `numeric(10,2)`; by default the type itself
 */
export function askOracleText(
  type: PostgresType,
  values: readonly (string | null)[],
  cast: string = type.name,
): Promise<readonly OracleValue[]> {
  const elements = values.map((value) => (value === null ? null : Buffer.from(value, 'utf8')));
  return ask(type, cast, postgresTypes.text, elements);
}

/**
 * Asks PostgreSQL for both forms of the values of a case, which it reads from their text or makes by their SQL.
 *
 * @param settings - of the session that it prints them in
 */
export function askOracleAbout(
  typeCase: TypeCase,
  settings: Readonly<Record<string, string>> = {},
): Promise<readonly OracleValue[]> {
  const { postgres, values } = typeCase;
  const cast = castOf(typeCase);
  return withOracle(async (client) => {
    await client.query(`CREATE TEMPORARY TABLE held (n int4, v ${cast})`);
    for (const [n, [, text, , sql]] of values.entries()) {
      if (sql === undefined) await client.query(`INSERT INTO held SELECT ${n}, $1::${cast}`, [text]);
    }
    for (const [name, value] of Object.entries(settings)) {
      await client.query('SELECT set_config($1, $2, false)', [name, value]);
    }
    // Documents depend on the settings under which they are made.
    for (const [n, [, , , sql]] of values.entries()) {
      if (sql !== undefined) await client.query(`INSERT INTO held SELECT ${n}, (${sql})`);
    }
    const { rows } = await client.query<OracleValue>(
      `SELECT ${postgres.output}(v)::text AS text, encode(${postgres.send}(v), 'hex') AS binary FROM held ORDER BY n`,
    );
    return rows;
  });
}

/** What an input function of PostgreSQL makes of a text: what it prints and sends then, or the SQLSTATE of its error. */
export type OracleReading =
  | { readonly input: string; readonly output: string; readonly binary: string }
  | { readonly input: string; readonly sqlstate: string };

/**
 * Has PostgreSQL read texts as values of a type, and give the type's OID too.
 *
 * @param type - as SQL writes it
 * @param settings - of the session that prints them
 */
export function readByOracle(
  type: string,
  inputs: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<{ readonly oid: number; readonly readings: readonly OracleReading[] }> {
  return withOracle(async (client) => {
    const types = await client.query<{ oid: number; send: string }>(
      'SELECT oid, typsend::text AS send FROM pg_type WHERE oid = $1::regtype',
      [type],
    );
    const [{ oid = 0, send = '' } = {}] = types.rows;
    await client.query(`CREATE TEMPORARY TABLE held (n int4, input text, sqlstate text, v ${type})`);
    await client.query(
      `INSERT INTO held SELECT n, input, error.sql_error_code, CASE WHEN error.message IS NULL THEN input::${type} END
       FROM unnest($1::text[]) WITH ORDINALITY AS given (input, n), LATERAL pg_input_error_info(input, $2) AS error`,
      [inputs, type],
    );
    for (const [name, value] of Object.entries(settings)) {
      await client.query('SELECT set_config($1, $2, false)', [name, value]);
    }
    const { rows } = await client.query<{ input: string; sqlstate: string | null; output: string; binary: string }>(
      `SELECT input, sqlstate, format('%s', v) AS output, encode(${send}(v), 'hex') AS binary FROM held ORDER BY n`,
    );
    const readings = rows.map(({ input, sqlstate, output, binary }) =>
      sqlstate === null ? { input, output, binary } : { input, sqlstate },
    );
    return { oid, readings };
  });
}

function ask(
  type: PostgresType,
  cast: string,
  element: PostgresType,
  values: readonly (Uint8Array | null)[],
): Promise<readonly OracleValue[]> {
  return withOracle(async (client) => {
    const { rows } = await client.query<OracleValue>(
      `SELECT ${type.output}(v::${cast})::text AS text, encode(${type.send}(v::${cast}), 'hex') AS binary
       FROM unnest($1::${element.name}[]) WITH ORDINALITY AS o(v, n) ORDER BY n`,
      [binaryArray(element.oid, values)],
    );
    return rows;
  });
}

/** The binary form of an array of one dimension, which array_recv reads. */
function binaryArray(elementOid: number, values: readonly (Uint8Array | null)[]): Buffer {
  const header = Buffer.alloc(20);
  header.writeInt32BE(values.length === 0 ? 0 : 1, 0);
  header.writeInt32BE(values.includes(null) ? 1 : 0, 4);
  header.writeInt32BE(elementOid, 8);
  header.writeInt32BE(values.length, 12);
  header.writeInt32BE(1, 16);
  const parts: Uint8Array[] = [header];
  for (const value of values) {
    const length = Buffer.alloc(4);
    length.writeInt32BE(value === null ? -1 : value.length);
    parts.push(length);
    if (value !== null) parts.push(value);
  }
  return Buffer.concat(parts);
}
