import { allTypes, buildData, fieldOf, type TypeCase } from '@riffq/all-types';
import { RawClient } from '@riffq/testing';
import { DataType, makeData, RecordBatch, Schema, Struct } from 'apache-arrow';
import type pg from 'pg';
import { serialize } from 'pg-protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DuckDBServer } from '../duckdb-server.js';

let server: DuckDBServer;
let client: pg.Client;
let raw: RawClient;
beforeAll(async () => {
  server = await DuckDBServer.open();
  client = await server.connect();
  raw = await RawClient.connect({ port: server.port }, { user: 'tester', database: 'memory' });
});
afterAll(async () => {
  await raw.close();
  await client.end();
  await server[Symbol.asyncDispose]();
});

/** The first column in binary, in hex: node-postgres makes strings of bytes, so it is asked for by hand. */
async function askBinary(text: string): Promise<(string | null)[]> {
  const { messages } = await raw.ask(
    serialize.parse({ text }),
    serialize.bind({ binary: true }),
    serialize.execute(),
    serialize.sync(),
  );
  return messages
    .filter(({ name }) => name === 'DataRow')
    .map(({ bytes }) => {
      const row = Buffer.from(bytes);
      return row.readInt32BE(7) < 0 ? null : row.toString('hex', 11);
    });
}

/** DuckDB's name of a type that holds the case's values. */
function duckdbType({ type, postgres }: TypeCase): string {
  if (postgres.name === 'numeric' && !DataType.isDecimal(type)) return 'UBIGINT';
  // PostgreSQL's arrays do not say how many dimensions they have.
  const leaf = leafOf(type);
  const scalar = DataType.isDecimal(leaf) ? `DECIMAL(38, ${Math.max(0, leaf.scale)})` : 'numeric';
  let name = postgres.name.replace('numeric', scalar);
  for (let inner = elementOf(elementOf(type)); inner !== undefined; inner = elementOf(inner)) name += '[]';
  return name;
}

function leafOf(type: DataType): DataType {
  const element = elementOf(type);
  return element === undefined ? type : leafOf(element);
}

function elementOf(type: DataType | undefined): DataType | undefined {
  if (!DataType.isList(type) && !DataType.isLargeList(type) && !DataType.isFixedSizeList(type)) return undefined;
  return type.children[0]?.type;
}

/**
 * Beyond DuckDB: decimals of 76 digits, bytes as uuid, NULL in lists of documents; nanoseconds it cuts where we round; lists of
 * intervals go out as json.
 */
const beyond = new Set([
  'Decimal[76e+20]',
  'Decimal[76e-7]',
  'FixedSizeBinary[16]',
  'List<Struct<{a:Int32}>>',
  'List<Interval<MONTH_DAY_NANO>>',
  'List<List<Interval<MONTH_DAY_NANO>>>',
  'Time64<NANOSECOND>',
  'Timestamp<NANOSECOND>',
  'Timestamp<NANOSECOND, +02:00>',
]);
/** Hours that its text of intervals has no room for. */
const tooManyHours = /^-?2562047788:/;
const cases = allTypes
  .filter(({ type, postgres }) => !beyond.has(String(type)) && postgres.name !== 'json[]')
  .map((row) => ({ ...row, values: row.values.filter(([, text]) => !tooManyHours.test(text)) }));

test.each(cases.map((row) => [String(row.type), row] as const))('%s', async (_, typeCase) => {
  const { type, values } = typeCase;
  const raws = [...values.map(([raw]) => raw), null];
  const schema = new Schema([fieldOf(typeCase, 'c0')]);
  const struct = makeData({ type: new Struct(schema.fields), length: raws.length, children: [buildData(type, raws)] });
  await server.database.run(`CREATE OR REPLACE TABLE target (c0 ${duckdbType(typeCase)})`);
  await server.database.insert('target', { schema, batches: [new RecordBatch(schema, struct)] });
  const types = { getTypeParser: () => (value: string) => value };
  const { rows } = await client.query({ text: 'SELECT c0 FROM target', rowMode: 'array', types });
  expect(rows.flat()).toEqual([...values.map(([, text]) => text), null]);
  expect(await askBinary('SELECT c0 FROM target')).toEqual([...values.map(([, , binary]) => binary), null]);
});
