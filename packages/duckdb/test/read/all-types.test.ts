import { allTypes, buildData, fieldOf, type TypeCase } from '@riffq/all-types';
import { RiffqServer } from '@riffq/server';
import { DataType, makeData, RecordBatch, Schema, Struct } from 'apache-arrow';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DuckDBDatabase } from '../../src/index.js';

let database: DuckDBDatabase;
let server: RiffqServer;
let client: pg.Client;
beforeAll(async () => {
  database = await DuckDBDatabase.open(':memory:');
  server = new RiffqServer({ host: '127.0.0.1', port: 0 }, database.connectionClass, { sessionStatements: 'server' });
  const address = await server.listen();
  if (typeof address === 'string') throw new Error('no port');
  client = new pg.Client({ host: '127.0.0.1', port: address.port, user: 'tester', database: 'test' });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await server.close();
  await database.close();
});

/** DuckDB's name of a type that holds the case's values. */
function duckdbType({ type, postgres }: TypeCase): string {
  if (DataType.isDecimal(type)) return `DECIMAL(38, ${Math.max(0, type.scale)})`;
  if (postgres.name === 'numeric') return 'UBIGINT';
  // PostgreSQL's arrays do not say how many dimensions they have.
  let name: string = postgres.name;
  for (let inner = elementOf(elementOf(type)); inner !== undefined; inner = elementOf(inner)) name += '[]';
  return name;
}

function elementOf(type: DataType | undefined): DataType | undefined {
  if (!DataType.isList(type) && !DataType.isLargeList(type) && !DataType.isFixedSizeList(type)) return undefined;
  return type.children[0]?.type;
}

/** Beyond DuckDB: decimals of 76 digits, bytes as uuid, NULL in lists of documents; nanoseconds it cuts where we round. */
const beyond = new Set([
  'Decimal[76e+20]',
  'FixedSizeBinary[16]',
  'List<Struct<{a:Int32}>>',
  'Time64<NANOSECOND>',
  'Timestamp<NANOSECOND>',
]);
/** Hours that its text of intervals has no room for. */
const tooManyHours = /^-?2562047788:/;
const cases = allTypes
  .filter(({ type }) => !beyond.has(String(type)))
  .map((row) => ({ ...row, values: row.values.filter(([, text]) => !tooManyHours.test(text)) }));

test.each(cases.map((row) => [String(row.type), row] as const))('%s', async (_, typeCase) => {
  const { type, values } = typeCase;
  const raws = [...values.map(([raw]) => raw), null];
  const schema = new Schema([fieldOf(typeCase, 'c0')]);
  const struct = makeData({ type: new Struct(schema.fields), length: raws.length, children: [buildData(type, raws)] });
  await database.run(`CREATE OR REPLACE TABLE target (c0 ${duckdbType(typeCase)})`);
  await database.insert('target', { schema, batches: [new RecordBatch(schema, struct)] });
  const types = { getTypeParser: () => (value: string) => value };
  const { rows } = await client.query({ text: 'SELECT c0 FROM target', rowMode: 'array', types });
  expect(rows.flat()).toEqual([...values.map(([, text]) => text), null]);
});
