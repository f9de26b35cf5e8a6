import {
  Bool,
  type DataType,
  DateDay,
  Decimal,
  DenseUnion,
  Field,
  FixedSizeList,
  Float64,
  Int16,
  Int32,
  Int64,
  LargeList,
  List,
  Map_,
  Null,
  SparseUnion,
  Struct,
  TimestampMicrosecond,
  Utf8,
} from 'apache-arrow';
import { decimalWords } from './number-cases.js';
import { arrayOf, postgresTypes } from './postgres-type.js';
import type { ExpectedValue, TypeCase } from './type-case.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');
/** JSON is its text in both formats; `sql` makes the same of a row. */
const json = (raw: ExpectedValue[0], text: string, sql?: string): ExpectedValue => {
  const binary = bytes(text).toString('hex');
  return sql === undefined ? [raw, text, binary] : [raw, text, binary, sql];
};

const int4Array = arrayOf(postgresTypes.int4, 1007);
const varcharArray = arrayOf(postgresTypes.varchar, 1015);
const integers = new Field('item', new Int32());
const strings = new Field('item', new Utf8());
const person = new Struct([
  new Field('name', new Utf8()),
  new Field('age', new Int16()),
  new Field('tags', new List(strings)),
  new Field('score', new Float64()),
  new Field('since', new TimestampMicrosecond()),
  new Field('seen', new TimestampMicrosecond('UTC')),
  new Field('ok', new Bool()),
]);
const alternatives = [new Field('number', new Int64()), new Field('word', new Utf8())];
const alternativeValues: readonly ExpectedValue[] = [
  json([5, 42n], '{"number":42}'),
  json([7, bytes('a"b')], '{"word":"a\\"b"}'),
];
const listed = [new Field('list', new List(integers)), new Field('day', new DateDay())];
const mapOf = (key: DataType): Map_ =>
  new Map_(
    new Field(
      'entries',
      new Struct<{ key: DataType; value: Utf8 }>([new Field('key', key), new Field('value', new Utf8(), true)]),
    ),
  );
/** A document of keys and values by turns; PostgreSQL writes spaces around its colons. */
const keyed = (pairs: string): string =>
  `SELECT replace(replace(json_build_object(${pairs})::text, '" : ', '":'), ', "', ',"')::json`;

/** Lists as arrays; structs, maps and unions as json. */
export const nestedCases: readonly TypeCase[] = [
  {
    type: new List(integers),
    postgres: int4Array,
    values: [
      [
        [1, null, -3],
        '{1,NULL,-3}',
        '00000001000000010000001700000003000000010000000400000001ffffffff00000004fffffffd',
      ],
      [[], '{}', '000000000000000000000017'],
      [[2 ** 31 - 1], '{2147483647}', '0000000100000000000000170000000100000001000000047fffffff'],
    ],
  },
  {
    type: new List(strings),
    postgres: varcharArray,
    values: [
      [
        [bytes('plain'), null, bytes('NULL'), bytes('')],
        '{plain,NULL,"NULL",""}',
        '000000010000000100000413000000040000000100000005706c61696effffffff000000044e554c4c00000000',
      ],
      [
        [bytes('a b'), bytes('a,b'), bytes('{x}'), bytes('"\\'), bytes('日本\n')],
        '{"a b","a,b","{x}","\\"\\\\","日本\n"}',
        '00000001000000000000041300000005000000010000000361206200000003612c62000000037b787d00000002225c00000007e697a5e69cac0a',
      ],
      [
        [bytes('null'), bytes('nulls')],
        '{"null",nulls}',
        '0000000100000000000004130000000200000001000000046e756c6c000000056e756c6c73',
      ],
    ],
  },
  {
    type: new LargeList(new Field('item', new TimestampMicrosecond())),
    postgres: arrayOf(postgresTypes.timestamp, 1115),
    values: [
      [
        [0n, null],
        '{"1970-01-01 00:00:00",NULL}',
        '00000001000000010000045a000000020000000100000008fffca2fec4c82000ffffffff',
      ],
      [[2n ** 63n - 1n], '{infinity}', '00000001000000000000045a0000000100000001000000087fffffffffffffff'],
    ],
  },
  {
    type: new FixedSizeList(2, new Field('item', new Float64())),
    postgres: arrayOf(postgresTypes.float8, 1022),
    values: [
      [[1.5, null], '{1.5,NULL}', '0000000100000001000002bd0000000200000001000000083ff8000000000000ffffffff'],
      [
        [Number.NaN, -0],
        '{NaN,-0}',
        '0000000100000000000002bd0000000200000001000000087ff8000000000000000000088000000000000000',
      ],
    ],
  },
  {
    type: new List(new Field('item', new List(integers))),
    postgres: int4Array,
    values: [
      [
        [
          [1, 2],
          [3, null],
        ],
        '{{1,2},{3,NULL}}',
        '00000002000000010000001700000002000000010000000200000001000000040000000100000004000000020000000400000003ffffffff',
      ],
      [[], '{}', '000000000000000000000017'],
      [[[], []], '{}', '000000000000000000000017'],
      [[[7]], '{{7}}', '000000020000000000000017000000010000000100000001000000010000000400000007'],
    ],
  },
  {
    type: new List(new Field('item', new FixedSizeList(2, new Field('item', new List(strings))))),
    postgres: varcharArray,
    values: [
      [
        [
          [[bytes('a')], [bytes('b c')]],
          [[null], [bytes('d')]],
        ],
        '{{{a},{"b c"}},{{NULL},{d}}}',
        '000000030000000100000413000000020000000100000002000000010000000100000001000000016100000003622063ffffffff0000000164',
      ],
    ],
  },
  {
    type: new List(new Field('item', new Bool())),
    postgres: arrayOf(postgresTypes.bool, 1000),
    values: [
      [[true, null, false], '{t,NULL,f}', '00000001000000010000001000000003000000010000000101ffffffff0000000100'],
    ],
  },
  {
    type: new List(new Field('item', new Struct([new Field('a', new Int32())]))),
    postgres: arrayOf(postgresTypes.json, 199),
    values: [
      [
        [[1], null, [null]],
        '{"{\\"a\\":1}",NULL,"{\\"a\\":null}"}',
        '0000000100000001000000720000000300000001000000077b2261223a317dffffffff0000000a7b2261223a6e756c6c7d',
      ],
    ],
  },
  {
    type: person,
    postgres: postgresTypes.json,
    values: [
      json(
        [bytes('Zoë "Z" \\ \u0001\n'), 30, [bytes('x'), null], 1.5, 1_720_000_000_120_000n, 0n, true],
        '{"name":"Zoë \\"Z\\" \\\\ \\u0001\\n","age":30,"tags":["x",null],"score":1.5,"since":"2024-07-03T09:46:40.12","seen":"1970-01-01T00:00:00+00:00","ok":true}',
        `SELECT to_json(person) FROM (SELECT E'Zoë "Z" \\\\ \\x01\\n' AS name, 30 AS age, ARRAY['x', NULL] AS tags, 1.5::float8 AS score,
          timestamp '2024-07-03 09:46:40.12' AS since, timestamptz '1970-01-01 00:00:00+00' AS seen, true AS ok) person`,
      ),
      json(
        [null, null, null, Number.NaN, 2n ** 63n - 1n, -62_168_377_600_000_000n, false],
        '{"name":null,"age":null,"tags":null,"score":"NaN","since":"infinity","seen":"0002-12-18T14:13:20+00:00 BC","ok":false}',
        `SELECT to_json(person) FROM (SELECT NULL::text AS name, NULL::int2 AS age, NULL::text[] AS tags, 'NaN'::float8 AS score,
          timestamp 'infinity' AS since, timestamptz '0002-12-18 14:13:20+00 BC' AS seen, false AS ok) person`,
      ),
    ],
  },
  {
    type: new Map_(
      new Field(
        'entries',
        new Struct<{ key: Utf8; value: List<List<Int32>> }>([
          new Field('key', new Utf8()),
          new Field('value', new List(new Field('item', new List(integers)))),
        ]),
      ),
    ),
    postgres: postgresTypes.json,
    values: [
      json(
        [
          [bytes('a'), [[1], [2, 3]]],
          [bytes('b'), null],
        ],
        '{"a":[[1],[2,3]],"b":null}',
      ),
      json([], '{}'),
    ],
  },
  {
    type: mapOf(new Int32()),
    postgres: postgresTypes.json,
    values: [
      json(
        [
          [1, bytes('a')],
          [-20, null],
        ],
        '{"1":"a","-20":null}',
        keyed("1, 'a'::text, -20, NULL::text"),
      ),
    ],
  },
  {
    type: mapOf(new DateDay()),
    postgres: postgresTypes.json,
    values: [json([[0, bytes('a')]], '{"1970-01-01":"a"}', keyed("date '1970-01-01', 'a'::text"))],
  },
  {
    type: mapOf(new Decimal(2, 10, 128)),
    postgres: postgresTypes.json,
    values: [json([[decimalWords(128, 150n), bytes('a')]], '{"1.50":"a"}', keyed("1.50::numeric(10,2), 'a'::text"))],
  },
  {
    type: mapOf(new Bool()),
    postgres: postgresTypes.json,
    values: [json([[true, bytes('a')]], '{"true":"a"}', keyed("true, 'a'::text"))],
  },
  {
    type: mapOf(new TimestampMicrosecond()),
    postgres: postgresTypes.json,
    values: [
      json(
        [[1_720_000_000_120_000n, bytes('a')]],
        '{"2024-07-03T09:46:40.12":"a"}',
        keyed("timestamp '2024-07-03 09:46:40.12', 'a'::text"),
      ),
    ],
  },
  { type: new DenseUnion([5, 7], alternatives), postgres: postgresTypes.json, values: alternativeValues },
  { type: new SparseUnion([5, 7], alternatives), postgres: postgresTypes.json, values: alternativeValues },
  ...[new DenseUnion([0, 1], listed), new SparseUnion([0, 1], listed)].map((type) => ({
    type,
    postgres: postgresTypes.json,
    values: [
      json([0, [1, null]], '{"list":[1,null]}', 'SELECT to_json(o) FROM (SELECT ARRAY[1, NULL] AS list) o'),
      json([1, 0], '{"day":"1970-01-01"}', "SELECT to_json(o) FROM (SELECT date '1970-01-01' AS day) o"),
    ],
  })),
  { type: new Null(), postgres: postgresTypes.varchar, values: [] },
];
