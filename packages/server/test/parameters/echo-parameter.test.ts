import { toArrow } from '@riffq/arrow-helpers';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BaseConnection, type QueryContext } from '../../src/index.js';
import { Listening, portOf } from '../listening.js';
import { oidOf } from './read-parameter.js';
import { typeValues } from './type-values.js';

/** `SELECT $1::type` gives the parameter back through toArrow, by the type's name alone. */
class Echo extends BaseConnection {
  override handleQuery(sql: string, _: unknown, { args }: QueryContext) {
    return toArrow([{ name: 'echo', type: typeIn(sql) }], [args, [null]]);
  }
}

function typeIn(sql: string): string {
  const [, type] = /^SELECT \$1::(.+)$/.exec(sql) ?? [];
  if (type === undefined) throw new Error(`unexpected statement: ${sql}`);
  return type;
}

let listening: Listening;
let client: pg.Client;

beforeAll(async () => {
  listening = await Listening.open(Echo, { sessionStatements: 'server' });
  client = new pg.Client({ host: '127.0.0.1', port: portOf(listening.server), user: 'alice' });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await listening[Symbol.asyncDispose]();
});

/** What the client reads of a parameter of a declared type, without its own opinion of types. */
async function echo(type: string, value: string): Promise<readonly (string | null)[]> {
  // node-postgres declares the types of parameters in the same property that tells how results are read.
  const types = Object.assign([oidOf(type)], { getTypeParser: () => (text: string) => text });
  const { rows } = await client.query({ text: `SELECT $1::${type}`, values: [value], types });
  return rows.map((row) => row.echo);
}

test.each(typeValues)('toArrow takes what args gives for $type', async ({ type, texts }) => {
  for (const text of texts) expect(await echo(type, text), text).toEqual([text, null]);
});

test.each([
  ['int4[]', '{1,NULL,-3}'],
  ['int8[]', '{}'],
  ['text[]', '{plain,"a b",NULL,"NULL","\\"\\\\"}'],
  ['numeric[]', '{0.10,NaN}'],
  ['uuid[]', '{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}'],
  ['bytea[]', '{"\\\\x00ff"}'],
  ['timestamptz[]', '{"2024-01-02 03:04:05+00",infinity}'],
  ['interval[]', '{"1 mon -1 days",-infinity}'],
])('toArrow takes what args gives for the array %s', async (type, text) => {
  expect(await echo(type, text)).toEqual([text, null]);
});
