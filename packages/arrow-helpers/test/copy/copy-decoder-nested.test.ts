import { allTypes, buildDictionary, type Raw } from '@riffq/all-types';
import {
  DataType,
  DenseUnion,
  Dictionary,
  Field,
  FixedSizeList,
  Int8,
  Int32,
  Int64,
  List,
  Map_,
  Schema,
  SparseUnion,
  Struct,
  Utf8,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { resolveCopyOptions } from '../../src/copy/options/resolve-copy-options.js';
import { makeRecordBatch } from '../../src/record-batch.js';
import { parseJson } from '../../src/text-values/json-value.js';
import { decodeBatches } from './copy-in.js';
import { CopyOracle } from './copy-oracle.js';
import { encodeCopy } from './encode-copy.js';

const numbers = new Field('n', new Int64(), true);
const words = new Field('w', new Utf8(), true);
const entry = new Struct<{ key: Utf8; value: Int64 }>([
  new Field('key', new Utf8(), false),
  new Field('value', new Int64(), true),
]);
const vector = (name: string, type: string) => new Field(name, new Utf8(), true, new Map([['PG:type', type]]));
const json = new Map([['PG:type', 'json']]);

/** What is read of lines of text, as COPY writes it again. */
function copied(field: Field, lines: string, ignore = false): string {
  const schema = new Schema([field]);
  const options = ignore ? [{ name: 'on_error', value: 'ignore' }] : [];
  const { batches, error } = decodeBatches(schema, options, [Buffer.from(lines)], 2);
  if (error !== undefined) throw error;
  return Buffer.concat(encodeCopy(batches, resolveCopyOptions([], 'to'))).toString();
}

const struct = new Struct([
  numbers,
  words,
  new Field('l', new List(new Field('item', new Struct([words]), true)), true),
]);

test('arrays of several dimensions are read into lists of dictionaries of lists', () => {
  const lists = new Dictionary(new List(new Field('item', new Int32(), true)), new Int8());
  const field = new Field('a', new List(new Field('item', lists, true)), true);
  const lines = '{{1,2},{1,2},{3,NULL}}\n{}\n\\N\n{{1,2},{4,5}}\n';
  expect(copied(field, lines)).toBe(lines);
  expect(() => copied(field, '{1,2}\n')).toThrow('wrong number of array dimensions');
  expect(() => copied(field, '{{{1}}}\n')).toThrow('wrong number of array dimensions');
});

describe('structs, maps and unions are read of JSON', () => {
  test.each<[string, DataType, string, string]>([
    ['members in any order', struct, '{"w":"x","n":1}', '{"n":1,"w":"x","l":null}'],
    ['all digits', struct, '{"n":9223372036854775807}', '{"n":9223372036854775807,"w":null,"l":null}'],
    ['the last of two', struct, '{"w":"a","w":"b"}', '{"n":null,"w":"b","l":null}'],
    [
      'what is within',
      struct,
      '{"l":[{"w":"a"},null,{"w":null}]}',
      '{"n":null,"w":null,"l":[{"w":"a"},null,{"w":null}]}',
    ],
    ['space between', struct, ' { "n" : 1 , "w" : "\\\\u00e9" } ', '{"n":1,"w":"é","l":null}'],
    ['a map', new Map_(new Field('entries', entry)), '{"b":1,"a":null}', '{"b":1,"a":null}'],
    [
      'vectors',
      new Struct([vector('v', 'int2vector'), vector('o', 'oidvector')]),
      '{"v":[1,-2],"o":["5"]}',
      '{"v":[1,-2],"o":["5"]}',
    ],
    ['empty vectors', new Struct([vector('v', 'int2vector')]), '{"v":[]}', '{"v":[]}'],
    ['an empty map', new Map_(new Field('entries', entry)), '{}', '{}'],
    ['a dense union', new DenseUnion([3, 4], [numbers, words]), '{"w":"x"}', '{"w":"x"}'],
    ['a sparse union', new SparseUnion([3, 4], [numbers, words]), '{"n":5}', '{"n":5}'],
  ])('%s', (_, type, line, expected) => {
    expect(copied(new Field('a', type, true), `${line}\n\\N\n${line}\n`)).toBe(`${expected}\n\\N\n${expected}\n`);
  });

  test.each<[string, DataType, string, string]>([
    [
      'a vector of words',
      new Struct([vector('v', 'int2vector')]),
      '{"v":["1 2"]}',
      'invalid input syntax for type smallint',
    ],
    [
      'a vector with null',
      new Struct([vector('v', 'int2vector')]),
      '{"v":[null]}',
      'invalid input syntax for type smallint',
    ],
    ['no JSON', struct, '{"n":1', 'invalid input syntax for type json'],
    ['two documents', struct, '{} {}', 'invalid input syntax for type json'],
    ['an array', struct, '[1]', 'the JSON has an array where'],
    ["JSON's null", struct, 'null', 'the JSON has null where'],
    ['a member that there is not', struct, '{"x":1}', 'has no member "x"'],
    ['a word for a number', struct, '{"n":"one"}', 'invalid input syntax for type bigint: "one"'],
    ['a number beyond 64 bits', struct, '{"n":9223372036854775808}', 'out of range for type bigint'],
    ['an object for a string', struct, '{"w":{}}', 'the JSON has an object where'],
    ['NUL', struct, '{"w":"\\\\u0000"}', 'unsupported Unicode escape sequence'],
    ['two alternatives', new DenseUnion([3, 4], [numbers, words]), '{"n":1,"w":"x"}', 'the JSON has an object where'],
    ['none', new DenseUnion([3, 4], [numbers, words]), '{}', 'the JSON has an object where'],
    ['no box', new FixedSizeList(2, numbers), '[1]', 'array length 1 does not match'],
    ['deep nesting', new List(words), '['.repeat(2000) + ']'.repeat(2000), 'stack depth limit exceeded'],
  ])('%s is an error of its line and column', (_, type, line, message) => {
    const field = new Field(
      'a',
      type,
      true,
      DataType.isList(type) || DataType.isFixedSizeList(type) ? json : undefined,
    );
    const { error } = decodeBatches(new Schema([field]), [], [Buffer.from(`\\N\n${line}\n`)], 10);
    expect(error?.message).toContain(message);
    expect(error?.where).toContain('COPY t, line 2, column a');
  });

  test('a row that ON_ERROR leaves out leaves nothing behind', () => {
    const bad = (good: string) => `${good}\n{"n":1,"w":\n{"q":1}\n${good}\n${good}\n`;
    const union = new Field('a', new DenseUnion([3, 4], [numbers, words]), true);
    expect(copied(union, bad('{"w":"x"}'), true)).toBe('{"w":"x"}\n'.repeat(3));
    expect(copied(new Field('a', struct, true), bad('{"n":2}'), true)).toBe('{"n":2,"w":null,"l":null}\n'.repeat(3));
    const half = '{"n":1,"l":[{"w":"a"},{"w":3},{}';
    const lines = `{"l":[{"w":"b"}]}\n${half}\n{"l":[{"w":"c"}]}\n`;
    expect(copied(new Field('a', struct, true), lines, true)).toBe(
      '{"n":null,"w":null,"l":[{"w":"b"}]}\n{"n":null,"w":null,"l":[{"w":"c"}]}\n',
    );
  });

  test('json columns take JSON alone', () => {
    const field = new Field('a', new Utf8(), true, json);
    expect(copied(field, '{"a": [1]}\n')).toBe('{"a": [1]}\n');
    expect(() => copied(field, '{"a": [1}\n')).toThrow('invalid input syntax for type json');
  });

  test('JSON is what PostgreSQL takes for it', async () => {
    const texts = [
      '',
      ' ',
      '1',
      '-1',
      '+1',
      '01',
      '1.',
      '.1',
      '1e5',
      '1E+5',
      '1e',
      'true',
      'True',
      'null',
      'nul',
      'NaN',
    ];
    texts.push(
      '"a"',
      '"a',
      "'a'",
      '"\t"',
      '"\\x"',
      '"\\u12"',
      '"\\u00e9"',
      '"\\/"',
      '\u{a0}1',
      '\f1',
      '\r\n1\t',
      '1 2',
    );
    texts.push(
      '[]',
      '[1,]',
      '[,1]',
      '[1 2]',
      '[',
      ']',
      '{}',
      '{"a"}',
      '{"a":}',
      '{"a":1,}',
      '{a:1}',
      '{1:1}',
      '{"a":1 "b":2}',
    );
    await using oracle = await CopyOracle.open();
    for (const text of texts) {
      const literal = `'${text.replaceAll("'", "''")}'`;
      const { rows } = await oracle.run(`SELECT pg_input_is_valid(${literal}, 'json')`);
      const takes = (): boolean => {
        try {
          parseJson(text);
          return true;
        } catch {
          return false;
        }
      };
      expect(takes() ? 't' : 'f', text).toBe(rows[0]?.[0]);
    }
  });
});

describe('dictionaries are read as what they hold', () => {
  const held = allTypes.filter(({ type, values }) => !DataType.isNull(type) && values.length > 0);

  test.each(held.map((row) => [String(row.type), row] as const))('%s', (_, { type, metadata, values }) => {
    const raws: (Raw | null)[] = [...values.map(([raw]) => raw), null, ...values.map(([raw]) => raw)];
    const data = buildDictionary(type, raws);
    const schema = new Schema([new Field('a', data.type, true, metadata && new Map(metadata))]);
    const batch = makeRecordBatch(schema, raws.length, [data]);
    for (const options of [[], [{ name: 'format', value: 'binary' }]]) {
      const resolved = resolveCopyOptions(options, 'to');
      const { batches, error } = decodeBatches(schema, options, encodeCopy([batch], resolved), 3);
      expect(error).toBeUndefined();
      expect(batches.every(({ schema: found }) => found.fields[0]?.type === data.type)).toBe(true);
      expect(encodeCopy(batches, resolved)).toEqual(encodeCopy([batch], resolved));
    }
  });

  test('with each value once, and anew in each batch', () => {
    const schema = new Schema([new Field('a', new Dictionary(new Utf8(), new Int32()), true)]);
    const { batches } = decodeBatches(schema, [], [Buffer.from('x\ny\nx\n\\N\ny\ny\n')], 3);
    const dictionaries = batches.map(({ data }) => data.children[0]?.dictionary?.toArray());
    expect(dictionaries).toEqual([['x', 'y'], ['y']]);
    expect(batches.flatMap((batch) => [...(batch.getChildAt(0) ?? [])])).toEqual(['x', 'y', 'x', null, 'y', 'y']);
  });

  test('with more values than the indices can tell is an error of its line', () => {
    const schema = new Schema([new Field('a', new Dictionary(new Int32(), new Int8()), true)]);
    const lines = Array.from({ length: 129 }, (_, row) => `${row}\n`).join('');
    const { error } = decodeBatches(schema, [], [Buffer.from(lines)], 1000);
    expect(error).toMatchObject({ sqlstate: '54000', message: 'more than 128 different values for indices of 8 bits' });
    expect(error?.where).toContain('line 129, column a');
    // It is no value that is wrong.
    const ignored = decodeBatches(schema, [{ name: 'on_error', value: 'ignore' }], [Buffer.from(`x\n${lines}`)], 1000);
    expect(ignored.error).toMatchObject({ sqlstate: '54000', where: expect.stringContaining('line 130, column a') });
  });
});
