import { RawClient } from '@riffq/testing';
import { Field, type RecordBatch, Schema, Utf8 } from 'apache-arrow';
import { serialize } from 'pg-protocol';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { BaseConnection, type CopyTarget, type QueryResult } from '../../../src/index.js';
import { query } from '../../frames.js';
import { Listening } from '../../listening.js';
import { inputs } from '../../parameters/input-texts.js';

/** The columns that the test copies into, one after the other. */
const column = { type: 'text' };

/** Has a table of one column, a string that is declared as another type, and gives back what is copied in. */
class Connection extends BaseConnection {
  #batches: RecordBatch[] = [];

  get #schema(): Schema {
    return new Schema([new Field('c', new Utf8(), true, new Map([['PG:type', column.type]]))]);
  }

  override handleQuery(): QueryResult {
    return { schema: this.#schema, batches: this.#batches.splice(0) };
  }

  override async handleDescribe() {
    return { parameterTypes: [], schema: this.#schema };
  }

  override async handleCopyIn(_target: CopyTarget, { batches }: { readonly batches: AsyncIterable<RecordBatch> }) {
    const before = this.#batches.length;
    for await (const batch of batches) this.#batches.push(batch);
    return this.#batches.length - before;
  }
}

let server: Listening;
beforeAll(async () => {
  server = await Listening.open(Connection, { sessionStatements: 'server' });
});
afterAll(() => server.server.close());

/** What a value that is copied into `t` comes out as, or the error with its context. */
async function copied(client: RawClient, value: string): Promise<unknown> {
  client.send(query('COPY t FROM STDIN'));
  await client.until('CopyInResponse');
  const line = value.replace(/[\\\n\r\t]/g, (found) => ({ '\n': '\\n', '\r': '\\r', '\t': '\\t' })[found] ?? '\\\\');
  client.send(serialize.copyData(Buffer.from(`${line}\n`)), serialize.copyDone());
  const { messages } = await client.until('ReadyForQuery');
  const error = messages.find(({ name }) => name === 'ErrorResponse');
  if (error !== undefined) return errorFields(Buffer.from(error.bytes).toString('utf8', 5));
  client.send(query('COPY t TO STDOUT'));
  const out = await client.until('ReadyForQuery');
  const text = out.messages
    .filter(({ name }) => name === 'CopyData')
    .map(({ bytes }) => Buffer.from(bytes).toString('utf8', 5))
    .join('');
  client.send(query('TRUNCATE t'));
  await client.until('ReadyForQuery');
  return text;
}

function errorFields(body: string): unknown {
  const fields = new Map(body.split('\0').map((field) => [field.slice(0, 1), field.slice(1)]));
  return { sqlstate: fields.get('C'), message: fields.get('M'), detail: fields.get('D'), where: fields.get('W') };
}

const long = 'é'.repeat(40);
const shapes = [
  '(1,2)',
  '((1,2),(3,4))',
  '[(1,2),(3,4)]',
  '1,2,3',
  '{1,2,3}',
  '<(1,2),3>',
  '(1,2',
  '',
  'x',
  '(1e400,2)',
];
const cases: Readonly<Record<string, readonly string[]>> = {
  int4range: inputs.int4range,
  numrange: inputs.numrange,
  daterange: inputs.daterange,
  tstzrange: inputs.tstzrange,
  int4multirange: inputs.int4multirange,
  datemultirange: inputs.datemultirange,
  money: inputs.money,
  name: inputs.name,
  inet: inputs.inet,
  cidr: [...inputs.cidr, '10.0.0.1/8', '192.168.1.1/24'],
  macaddr: inputs.macaddr,
  pg_lsn: ['16/B374D848', 'ffffffff/0', '1', 'x/1', '', ' 1/1'],
  tid: ['(0,1)', ' (1,2)x', '(0,65536)', 'x', ''],
  point: shapes,
  lseg: shapes,
  box: shapes,
  line: shapes,
  path: shapes,
  polygon: shapes,
  circle: shapes,
  tsvector: ["b:2A a 'c d':1", "it''s", "'x", 'a:0', ''],
  'varchar(3)': ['', 'abc', 'abcd', 'ab  ', 'abc  ', 'éàü', 'éàüö', long],
  'char(3)': ['', 'ab', 'abcd', 'abc   ', 'éàüö'],
  'bit(3)': ['101', '10', '1011', '102', ''],
  'varbit(3)': ['101', '1011', 'x'],
  'numeric(5,2)': ['1', '123.456', '1234.5', 'NaN', 'x'],
  numeric: ['1.50', '1e131072', '1e-16384', '-inf'],
  int4: ['1', ' 2 ', '2147483648', 'x'],
  float8: ['1', '1e400', 'x', '1e-7'],
  date: ['2024-02-29', 'Jan 8, 1999', '2023-02-29', 'x', 'infinity'],
  timestamptz: ['2024-01-01 00:00+01', '2024-01-01', 'x'],
  interval: ['1 day', '1.5 months ago', 'x'],
  json: ['{"a":1}', '{"a":1,}', '"\\u0000"', '"\\ud800"', '', '[1,\n2,\nx]'],
  jsonb: [
    '{"b":1,"a":2}',
    '{"a":1,}',
    '"\\u0000"',
    '"\\ud800"',
    '',
    '[1,\n2,\nx]',
    '1e131072',
    `{"${long}${long}": x}`,
  ],
  'int4[]': ['{1,2}', '[0:2]={1,2,3}', ' [2:2][3:4] = { {1, NULL} } ', '[0:2]={1}', '{1', '{}'],
  xml: ['<a/>', 'text'],
  jsonpath: ['$', '$.a[*] ? (@.b>1)', 'strict $ . a', '$.', '', '@'],
};

test.each(Object.entries(cases))('%s is read, kept and refused as PostgreSQL does it', async (type, values) => {
  column.type = type;
  const { user, database, port, socketDirectory } = inject('oracle');
  await using our = await RawClient.connect({ port: server.port }, { user: 'alice' });
  await using their = await RawClient.connect({ host: socketDirectory, port }, { user, database });
  their.send(query(`CREATE TEMPORARY TABLE t (c ${type})`));
  await their.until('ReadyForQuery');
  const ours: unknown[] = [];
  const theirs: unknown[] = [];
  for (const value of values) {
    ours.push([value, await copied(our, value)]);
    theirs.push([value, await copied(their, value)]);
  }
  expect(ours).toEqual(theirs);
});
