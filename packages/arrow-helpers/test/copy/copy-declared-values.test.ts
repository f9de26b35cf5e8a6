import { isPgError } from '@riffq/wire';
import {
  Binary,
  Bool,
  type Data,
  type DataType,
  DateDay,
  Dictionary,
  Field,
  FixedSizeBinary,
  Float32,
  Float64,
  Int32,
  Int64,
  List,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  TimestampMicrosecond,
  Uint32,
  vectorFromArray,
} from 'apache-arrow';
import { expect, test } from 'vitest';
import { CopyDecoder } from '../../src/copy/copy-decoder.js';
import { resolveCopyOptions } from '../../src/copy/options/resolve-copy-options.js';
import { readByOracle } from '../oracle.js';
import { decodeBatches } from './copy-in.js';
import { encodeCopy } from './encode-copy.js';

const formats = ['text', 'csv', 'binary'] as const;
const uuid = new Map([['ARROW:extension:name', 'arrow.uuid']]);
const listOf = (type: DataType) => new List(new Field('item', type, true));
const days = [new Date('2024-02-29'), null, new Date('1969-12-31')];

const cases: readonly (readonly [DataType, readonly string[], readonly unknown[], ReadonlyMap<string, string>?])[] = [
  [new Uint32(), ['oid', 'xid', 'cid', 'int8', 'numeric', 'text', 'varchar(12)', 'json', 'jsonb'], [0, null, 7]],
  [new Int32(), ['int2', 'int8', 'oid', 'numeric', 'name', 'char(9)', 'json'], [0, null, 32_767]],
  [new Int64(), ['int4', 'numeric', 'text', 'jsonb'], [-1n, null, 2_147_483_647n]],
  [new Float32(), ['float8', 'text', 'json'], [0.1, null, -1.5]],
  [new Float64(), ['float4', 'text', 'jsonb'], [1.5, null, -0.25]],
  [new Bool(), ['text', 'json'], [true, null, false]],
  [new Binary(), ['text', 'varchar'], [Buffer.from('é\\x41'), null, Buffer.from('')]],
  [new DateDay(), ['text', 'json'], days],
  [new TimestampMicrosecond('UTC'), ['text', 'json'], days],
  [new FixedSizeBinary(16), ['text', 'json'], [Buffer.alloc(16, 0xab), null], uuid],
  [new Dictionary(new Float32(), new Int32()), ['float8'], [0.1, null, 0.1, 2]],
  [listOf(new Uint32()), ['oid[]', 'int8[]', 'text[]', 'json'], [[1, null], null, []]],
];

const columns = cases.flatMap(([type, declared, values, metadata]) =>
  declared.map((name) => [String(type), name, () => ({ type, values, metadata })] as const),
);

test.each(columns)('%s declared as %s goes through COPY and comes back', (_, name, column) => {
  const { type, values, metadata } = column();
  const data: readonly Data[] = vectorFromArray([...values], type).data;
  const schema = new Schema([new Field('x', type, true, new Map([...(metadata ?? []), ['PG:type', name]]))]);
  const struct = makeData({ type: new Struct(schema.fields), length: values.length, children: [...data] });
  const batch = new RecordBatch(schema, struct);
  for (const format of formats) {
    const options = [{ name: 'format', value: format }];
    const sent = encodeCopy([batch], resolveCopyOptions(options, 'to'));
    const { batches, error } = decodeBatches(schema, options, sent, 10);
    expect(error).toBeUndefined();
    expect(encodeCopy(batches, resolveCopyOptions(options, 'to'))).toEqual(sent);
    expect(batches.flatMap((read) => read.toArray().map(({ x }) => String(x)))).toEqual(
      batch.toArray().map(({ x }) => String(x)),
    );
  }
});

test('oid is read as PostgreSQL reads it', async () => {
  const texts = ['42', ' 42 ', '-1', '4294967295', '4294967296', '-2147483649', 'x', '', '0x1F', '1.5'];
  const { readings } = await readByOracle('oid', texts);
  const schema = new Schema([new Field('x', new Uint32(), true, new Map([['PG:type', 'oid']]))]);
  const read = (text: string) => {
    const decoder = new CopyDecoder(schema, resolveCopyOptions([], 'from'), { table: 't' });
    try {
      const batches = [...decoder.push(Buffer.from(`${text}\n`)), ...decoder.end()];
      return String(batches[0]?.toArray()[0]?.x);
    } catch (error) {
      return isPgError(error) ? error.sqlstate : error;
    }
  };
  expect(texts.map(read)).toEqual(readings.map((each) => ('sqlstate' in each ? each.sqlstate : each.output)));
});
