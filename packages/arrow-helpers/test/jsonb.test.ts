import { buildData, type PostgresType, type Raw } from '@riffq/all-types';
import { isPgError } from '@riffq/wire';
import {
  type DataType,
  Field,
  Float64,
  Int32,
  LargeUtf8,
  List,
  Map_,
  Struct,
  TimestampMicrosecond,
  Uint64,
  Utf8,
  Utf8View,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveCopyOptions } from '../src/copy/options/resolve-copy-options.js';
import { isCanonicalJsonb } from '../src/text-values/canonical-jsonb.js';
import { canonicalJsonb } from '../src/text-values/jsonb-text.js';
import { writeJsonb } from '../src/text-values/write-jsonb.js';
import { toArrow } from '../src/to-arrow.js';
import { decodeBatches } from './copy/copy-in.js';
import { encodeCopy } from './copy/encode-copy.js';
import { encodeBinary, encodeText, oneColumn } from './encode-column.js';
import { askOracleText } from './oracle.js';

const jsonb: PostgresType = { name: 'jsonb', oid: 3802, output: 'jsonb_out', send: 'jsonb_send' };
const asJsonb = new Map([['PG:type', 'jsonb']]);
const bytes = (text: string) => Buffer.from(text, 'utf8');
const utf8 = new Utf8();

/** The entries of a map. */
type Texts = { key: Utf8; value: Utf8 };

const documents = [
  '{"bb":1,"a":1e20,"é":2,"zz":{"y":[],"x":{}},"":null}',
  ' { "a" : 1 , "a" : [1 ,2,{"b":true,"a":false}] } ',
  '[-0,-0.0,0e5,0.00,1.50,1e-3,15e-1,1.5e1,-1.5e+2,0.001e3,100e-2,123456789012345678901234567890.5,1E2]',
  '[1e131071,0e131072,1e-16383,-12e-5,0e-3]',
  '"\\u00e9\\/\\b\\f\\n\\r\\t\\u001f\\u007f\\"\\\\ \\ud83d\\ude00"',
  '"a"',
  'null',
  'true',
  '{"b":1,"B":2,"aa":3,"ä":4,"z":5}',
  '{"\\u0061":1,"a":2}',
];

/** Arrow types and their values, with the JSON that they are. */
const columns: readonly (readonly [DataType, readonly (readonly [string, Raw])[]])[] = [
  ...[utf8, new LargeUtf8(), new Utf8View()].map(
    (type) => [type, documents.map((text) => [text, bytes(text)] as const)] as const,
  ),
  [
    new Struct([
      new Field('bb', new Int32()),
      new Field('a', new Float64()),
      new Field('d', new TimestampMicrosecond()),
      new Field('a', utf8),
    ]),
    [
      ['{"bb":1,"a":1e20,"d":"1970-01-01T00:00:00","a":"\\"x\\t"}', [1, 1e20, 0n, bytes('"x\t')]],
      ['{"bb":-1,"d":null,"a":null}', [-1, 1.5, null, null]],
    ],
  ],
  [
    new List(new Field('item', new Float64())),
    [
      ['[1e300,-0,"NaN",null]', [1e300, -0, Number.NaN, null]],
      ['[]', []],
    ],
  ],
  [
    new Map_(new Field('entries', new Struct<Texts>([new Field('key', utf8), new Field('value', utf8)]))),
    [
      [
        '{"bb":"1","a":"2","bb":"3"}',
        [
          [bytes('bb'), bytes('1')],
          [bytes('a'), bytes('2')],
          [bytes('bb'), bytes('3')],
        ],
      ],
    ],
  ],
  [
    new Float64(),
    [
      ['-0', -0],
      ['1e-7', 1e-7],
      ['"Infinity"', Number.POSITIVE_INFINITY],
    ],
  ],
  [new Uint64(), [['18446744073709551615', 2n ** 64n - 1n]]],
];

describe('a column that is declared jsonb is what PostgreSQL has of it', () => {
  test.each(columns.map(([type, values]) => [String(type), type, values] as const))('%s', async (_, type, values) => {
    const oracle = await askOracleText(jsonb, [...values.map(([text]) => text), null]);
    const data = buildData(type, [...values.map(([, raw]) => raw), null]);
    expect(encodeText(data, asJsonb)).toEqual(oracle.map(({ text }) => text));
    expect(encodeBinary(data, asJsonb)).toEqual(oracle.map(({ binary }) => binary));
    const copied = encodeCopy([oneColumn(data, asJsonb)], resolveCopyOptions([{ name: 'format', value: 'csv' }], 'to'));
    const quoted = oracle.map(({ text }) =>
      text === null ? '' : /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text,
    );
    expect(copied.map(String)).toEqual(quoted.map((text) => `${text}\n`));
  });

  test('in arrays and within json too', async () => {
    const [text] = documents;
    const [row] = await askOracleText(jsonb, [text!]);
    const list = new List(new Field('item', utf8));
    const array: PostgresType = { name: 'jsonb[]', oid: 3807, output: 'array_out', send: 'array_send' };
    const quoted = text!.replaceAll('"', '\\"');
    const [elements] = await askOracleText(array, [`{"${quoted}",NULL}`]);
    const data = buildData(list, [[bytes(text!), null]]);
    const asArray = new Map([['PG:type', 'jsonb[]']]);
    expect(encodeText(data, asArray)).toEqual([elements?.text]);
    expect(encodeBinary(data, asArray)).toEqual([elements?.binary]);
    const struct = new Struct([new Field('x', utf8, true, asJsonb)]);
    expect(encodeText(buildData(struct, [[bytes(text!)]]))).toEqual([`{"x":${row?.text}}`]);
  });

  test.each([
    '{"a":1,}',
    '',
    '"\\u0000"',
    '{"\\u0000":1}',
    '"\\ud800"',
    '"\\udc00x"',
    '1e131072',
    '1e200000',
    '1e-16384',
    '1e-200000',
    '0e-16384',
    '1e99999999999',
    '0e99999999999',
    '[1e131072]',
  ])('or the error that it has: %s', async (text) => {
    const error: unknown = await askOracleText(jsonb, [text]).then(
      (rows) => rows[0]?.text?.length,
      (reason) => reason,
    );
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : error;
    let found: unknown;
    try {
      found = encodeText(buildData(utf8, [bytes(text)]), asJsonb)[0]?.length;
    } catch (reason) {
      found = isPgError(reason) ? reason.sqlstate : reason;
    }
    expect(found).toBe(code);
  });
});

describe('COPY into a column that is declared jsonb', () => {
  const schemaOf = (type: DataType) => oneColumn(buildData(type, []), asJsonb).schema;
  const binaryFile = (value: string) => {
    const length = Buffer.alloc(4);
    const field = Buffer.from(value, 'latin1');
    length.writeInt32BE(field.length);
    const header = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0\0\x01', 'latin1');
    return Buffer.concat([header, length, field, Buffer.from('\xff\xff', 'latin1')]);
  };

  test('keeps what PostgreSQL keeps', async () => {
    const oracle = await askOracleText(jsonb, documents);
    const csv = documents.map((text) => `"${text.replaceAll('"', '""')}"\n`).join('');
    const { batches, error } = decodeBatches(schemaOf(utf8), [{ name: 'format', value: 'csv' }], [bytes(csv)]);
    expect(error).toBeUndefined();
    expect(batches.flatMap((batch) => batch.toArray().map(({ x }) => x))).toEqual(oracle.map(({ text }) => text));
  });

  test.each([utf8, new Struct([new Field('a', new Int32())])])(
    'reads the version in front of binary values: %s',
    (type) => {
      const binary = [{ name: 'format', value: 'binary' }];
      const { batches, error } = decodeBatches(schemaOf(type), binary, [binaryFile('\x01{"a":1}')]);
      expect(error).toBeUndefined();
      expect(encodeText(batches[0]!.data.children[0]!, asJsonb)).toEqual(['{"a": 1}']);
      expect(decodeBatches(schemaOf(type), binary, [binaryFile('\x02{"a":1}')]).error?.message).toBe(
        'unsupported jsonb version number 2',
      );
      expect(decodeBatches(schemaOf(type), binary, [binaryFile('')]).error?.message).toBe('no data left in message');
    },
  );
});

test('a string of many megabytes goes through', () => {
  const long = `${'\\n'.repeat(4_000_000)}\\\\${'é'.repeat(8_000_000)}`;
  const table = toArrow([{ name: 'document', type: 'jsonb' }], [[`{"b":"\\"${long}","a":1}`]]);
  expect(table.getChildAt(0)?.get(0)).toBe(`{"a": 1, "b": "\\"${long}"}`);
});

describe('what is canonical already', () => {
  const bytesOf = (text: string) => Buffer.from(` ${text},`);
  const isCanonical = (text: string) => isCanonicalJsonb(bytesOf(text), 1, 1 + Buffer.byteLength(text));

  test('is known by its bytes, and nothing else is', () => {
    const scalar = fc.oneof(
      fc.constantFrom(
        'true',
        'false',
        'null',
        '-0',
        '-0.0',
        '0',
        '00',
        '1e3',
        '-1.50',
        '1.',
        '.5',
        '+1',
        'tru',
        'nulls',
        '',
      ),
      fc
        .string({ unit: fc.constantFrom('a', 'b', 'é', '\\n', '\\/', '\\u0061', '"', '\\', ' '), maxLength: 4 })
        .map((text) => `"${text}"`),
      fc.double().map(String),
      fc.bigInt().map(String),
    );
    const { document } = fc.letrec<{ document: string }>((tie) => ({
      document: fc.oneof(
        { depthSize: 'small' },
        scalar,
        fc
          .tuple(fc.array(tie('document'), { maxLength: 3 }), fc.constantFrom(', ', ','))
          .map(([items, comma]) => `[${items.join(comma)}]`),
        fc
          .tuple(
            fc.array(fc.tuple(fc.constantFrom('a', 'b', 'bb', 'aa', '', 'é', 'a"', 'a\\n'), tie('document')), {
              maxLength: 3,
            }),
            fc.constantFrom(': ', ':'),
          )
          .map(([members, colon]) => `{${members.map(([key, value]) => `"${key}"${colon}${value}`).join(', ')}}`),
      ),
    }));
    fc.assert(
      fc.property(document, (text) => {
        let printed: string | undefined;
        try {
          printed = canonicalJsonb(text);
        } catch (error) {
          if (!isPgError(error)) throw error;
        }
        // It may not see that it is, but is never wrong that it is.
        if (isCanonical(text)) expect(printed).toBe(text);
        if (printed !== undefined) expect(canonicalJsonb(printed)).toBe(printed);
        if (printed !== undefined && !/[\\]/.test(printed)) expect(isCanonical(printed), printed).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('goes through encoders and COPY as it is, among values that are not', async () => {
    const texts = ['{"a": 1, "bb": [true, null]}', '{"b":1,"a":2}', '[]', '{"a": 1, "é": {}}', '""'];
    const oracle = await askOracleText(jsonb, [...texts, null]);
    const data = buildData(utf8, [...texts.map(bytes), null]);
    expect(encodeText(data, asJsonb)).toEqual(oracle.map(({ text }) => text));
    expect(encodeBinary(data, asJsonb)).toEqual(oracle.map(({ binary }) => binary));
    const canonical = buildData(utf8, [bytes('{"a": 1}'), null, bytes('[1, "x"]')]);
    expect(encodeText(canonical, asJsonb)).toEqual(['{"a": 1}', null, '[1, "x"]']);
    expect(encodeBinary(canonical, asJsonb)).toEqual([
      bytes('\u0001{"a": 1}').toString('hex'),
      null,
      bytes('\u0001[1, "x"]').toString('hex'),
    ]);
  });
});

describe('JSON as programs write it', () => {
  /** As it is written without strings; undefined where that cannot be done. */
  const writtenBytes = (text: string): string | undefined => {
    const source = Buffer.from(`x${text}"`);
    const target = Buffer.alloc(3 + 2 * source.length);
    const end = writeJsonb(target, 3, source, 1, source.length - 1);
    return end < 0 ? undefined : target.toString('utf8', 3, end);
  };
  const space = fc.constantFrom('', ' ', '\n\t', '');
  const scalar = fc.oneof(
    fc.constantFrom('true', 'false', 'null', '0', '0.00', '-1.50', '12345678901234567890.1'),
    fc.integer().map(String),
    fc
      .string({
        unit: fc.constantFrom(
          'a',
          'é',
          '😀',
          '\\n',
          '\\/',
          '/',
          '\\u00e9',
          '\\u0041',
          '\\uD83D\\ude00',
          '\\u20AC',
          '\\"',
          ' ',
        ),
        maxLength: 5,
      })
      .map((text) => `"${text}"`),
  );
  const key = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '/', ' '), maxLength: 3 }).map((text) => `"${text}"`);
  const { document } = fc.letrec<{ document: string }>((tie) => ({
    document: fc
      .tuple(
        space,
        fc.oneof(
          { maxDepth: 4 },
          scalar,
          fc
            .tuple(space, fc.array(tie('document'), { maxLength: 4 }))
            .map(([blank, items]) => (items.length === 0 ? `[${blank}]` : `[${items.join(',')}]`)),
          fc
            .tuple(space, fc.array(fc.tuple(space, key, space, tie('document')), { maxLength: 6 }))
            .map(([blank, members]) =>
              members.length === 0
                ? `{${blank}}`
                : `{${members.map(([before, name, behind, value]) => `${before}${name}${behind}:${value}`).join(',')}}`,
            ),
        ),
        space,
      )
      .map((parts) => parts.join('')),
  }));

  test('is put into the form of jsonb byte by byte', async () => {
    const texts = fc.sample(document, 600);
    const oracle = await askOracleText(jsonb, texts);
    expect(texts.map(writtenBytes)).toEqual(oracle.map(({ text }) => text));
  });

  test.each([
    '{"a":1,}',
    '{"a":1',
    '{"a"',
    '{"a":',
    '{',
    '[',
    '[1',
    '[1,',
    '[1,]',
    '1 2',
    '{"a" 1}',
    '{a:1}',
    '"',
    '"a',
    '"\\',
    '"\\u00e',
    '"\\u00e"',
    '"\\ud83d"',
    '"\\ude00"',
    '"\\ud83d\\u0041"',
    '"\\u0000"',
    '"\\u001f"',
    '"\\u0022"',
    '"\n"',
    '{"a\\n":1}',
    '{"\\u0061":1}',
    '1e5',
    '-0',
    '01',
    '',
    ' ',
    '[}',
    '{]',
    'nul',
    '[[1]',
    '{}}',
    '"a"b',
    ',',
    '{,}',
    '[,1]',
    `${'['.repeat(300)}${']'.repeat(300)}`,
  ])('is left to others where it is none, or rare: %s', (text) => {
    expect(writtenBytes(text)).toBeUndefined();
  });

  test('may have any number of members, and the last of equal ones counts', () => {
    const names = Array.from({ length: 5000 }, (_, at) => `k${(at * 7919) % 2500}`);
    const members = names.map((name, at) => `"${name}":{"b":${at},"a":[${at}]}`);
    const last = new Map(names.map((name, at) => [name, `{"a": [${at}], "b": ${at}}`]));
    const expected = [...last]
      .sort(([one], [other]) => one.length - other.length || (one < other ? -1 : 1))
      .map(([name, value]) => `"${name}": ${value}`);
    expect(writtenBytes(`{${members.join(',')}}`)).toBe(`{${expected.join(', ')}}`);
    expect(writtenBytes('{"b":1,"a":2}')).toBe('{"a": 2, "b": 1}');
  });
});
