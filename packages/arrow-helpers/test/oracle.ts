import { Client } from 'pg';
import { inject } from 'vitest';

/** What PostgreSQL shows for a value: its text, and its binary form in hex. */
export interface OracleValue {
  readonly text: string | null;
  readonly binary: string | null;
}

/** A type of PostgreSQL: what to cast to, its OID, and the functions that make its text and binary form. */
export interface OracleType {
  readonly name: string;
  readonly oid: number;
  readonly output: string;
  readonly send: string;
}

/** The types that values are compared in. */
export const oracleTypes = {
  int2: { name: 'int2', oid: 21, output: 'int2out', send: 'int2send' },
  int4: { name: 'int4', oid: 23, output: 'int4out', send: 'int4send' },
  int8: { name: 'int8', oid: 20, output: 'int8out', send: 'int8send' },
  float4: { name: 'float4', oid: 700, output: 'float4out', send: 'float4send' },
  float8: { name: 'float8', oid: 701, output: 'float8out', send: 'float8send' },
  numeric: { name: 'numeric', oid: 1700, output: 'numeric_out', send: 'numeric_send' },
  bool: { name: 'bool', oid: 16, output: 'boolout', send: 'boolsend' },
  varchar: { name: 'varchar', oid: 1043, output: 'varcharout', send: 'varcharsend' },
  text: { name: 'text', oid: 25, output: 'textout', send: 'textsend' },
  bytea: { name: 'bytea', oid: 17, output: 'byteaout', send: 'byteasend' },
  date: { name: 'date', oid: 1082, output: 'date_out', send: 'date_send' },
  time: { name: 'time', oid: 1083, output: 'time_out', send: 'time_send' },
  timestamp: { name: 'timestamp', oid: 1114, output: 'timestamp_out', send: 'timestamp_send' },
  timestamptz: { name: 'timestamptz', oid: 1184, output: 'timestamptz_out', send: 'timestamptz_send' },
} as const satisfies Record<string, OracleType>;

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
export function askOracle(type: OracleType, values: readonly (Uint8Array | null)[]): Promise<readonly OracleValue[]> {
  return ask(type, type.name, type, values);
}

/**
 * Asks PostgreSQL for both forms of values that are given as text.
 *
 * @param cast - what they are cast to, such as `numeric(10,2)`; by default the type itself
 */
export function askOracleText(
  type: OracleType,
  values: readonly (string | null)[],
  cast: string = type.name,
): Promise<readonly OracleValue[]> {
  const elements = values.map((value) => (value === null ? null : Buffer.from(value, 'utf8')));
  return ask(type, cast, oracleTypes.text, elements);
}

function ask(
  type: OracleType,
  cast: string,
  element: OracleType,
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
