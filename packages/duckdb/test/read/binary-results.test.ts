import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { DuckDBServer } from '../duckdb-server.js';

let server: DuckDBServer;
let ours: pg.Client;
let theirs: pg.Client;

beforeAll(async () => {
  server = await DuckDBServer.open();
  ours = await server.connect();
  theirs = new pg.Client(inject('oracle'));
  await theirs.connect();
});
afterAll(async () => {
  await Promise.all([ours.end(), theirs.end()]);
  await server[Symbol.asyncDispose]();
});

/** What the server sends of an expression in binary, which node-postgres reads in COPY alone without spoiling it. */
async function binaryOf(client: pg.Client, expression: string): Promise<string> {
  const chunks: Buffer[] = [];
  const keep = ({ chunk }: { readonly chunk: Buffer }) => chunks.push(Buffer.from(chunk));
  client.connection.on('copyData', keep);
  try {
    await client.query(`COPY (SELECT ${expression} AS x) TO STDOUT WITH (FORMAT binary)`);
  } finally {
    client.connection.removeListener('copyData', keep);
  }
  return Buffer.concat(chunks).toString('hex');
}

test.each([
  'CAST(NULL AS integer)',
  'CAST(-32768 AS smallint)',
  'CAST(2147483647 AS integer)',
  'CAST(-9223372036854775808 AS bigint)',
  "CAST('NaN' AS real)",
  "CAST('-0.1' AS double precision)",
  'CAST(-12345678.90 AS numeric(18,2))',
  'CAST(0.0000012300 AS numeric(38,10))',
  'CAST(true AS boolean)',
  "CAST('naïve 🐘' AS varchar)",
  "CAST('2024-02-29' AS date)",
  "CAST('infinity' AS date)",
  "CAST('23:59:59.999999' AS time)",
  "CAST('1969-12-31 23:59:59.999999' AS timestamp)",
  "CAST('-infinity' AS timestamp)",
  "CAST('2024-02-29 12:00:00+05:30' AS timestamptz)",
  "CAST('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' AS uuid)",
  "CAST('1 year 2 months -3 days' AS interval)",
  'CAST(ARRAY[1, NULL, -3] AS integer[])',
  "CAST(ARRAY['a b', NULL, ''] AS varchar[])",
])('%s is sent in binary as PostgreSQL sends it', async (expression) => {
  const expected = await binaryOf(theirs, expression);
  expect(expected).toMatch(/^5047434f5059/);
  expect(await binaryOf(ours, expression)).toBe(expected);
});
