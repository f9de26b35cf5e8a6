import { PgError } from '@riffq/wire';
import {
  Binary,
  BinaryView,
  Bool,
  type DataType,
  DateDay,
  DateMillisecond,
  Decimal,
  DenseUnion,
  Dictionary,
  DurationMicrosecond,
  DurationMillisecond,
  DurationNanosecond,
  DurationSecond,
  Field,
  FixedSizeBinary,
  FixedSizeList,
  Float16,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  IntervalDayTime,
  IntervalMonthDayNano,
  IntervalYearMonth,
  LargeBinary,
  LargeList,
  LargeUtf8,
  List,
  Map_,
  Null,
  Schema,
  SparseUnion,
  Struct,
  type Table,
  TimeMicrosecond,
  TimeMillisecond,
  TimeNanosecond,
  TimeSecond,
  TimestampMicrosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  TimestampSecond,
  tableFromIPC,
  tableToIPC,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  UnionMode,
  Utf8,
  Utf8View,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { toArrow } from '../../src/to-arrow.js';
import { encodeBatches } from '../data-rows.js';
import { errorIn } from './error-in.js';

const item = (type: DataType): Field => new Field('item', type, true);

const entries = (key: DataType, value: DataType): Field<Struct> =>
  new Field('entries', new Struct([new Field('key', key, false), new Field('value', value, true)]), false);

/** Every type that apache-arrow has. */
const types: readonly DataType[] = [
  new Null(),
  new Bool(),
  ...[new Int8(), new Int16(), new Int32(), new Int64(), new Uint8(), new Uint16(), new Uint32(), new Uint64()],
  ...[new Float16(), new Float32(), new Float64()],
  ...[new Utf8(), new LargeUtf8(), new Utf8View(), new Binary(), new LargeBinary(), new BinaryView()],
  new FixedSizeBinary(16),
  ...[new Decimal(2, 10), new Decimal(0, 38), new Decimal(-3, 5), new Decimal(10, 76, 256)],
  ...[new DateDay(), new DateMillisecond()],
  ...[new TimeSecond(), new TimeMillisecond(), new TimeMicrosecond(), new TimeNanosecond()],
  ...[new TimestampSecond(), new TimestampMillisecond(), new TimestampMicrosecond(), new TimestampNanosecond()],
  ...[new TimestampSecond('UTC'), new TimestampMicrosecond('Europe/Oslo'), new TimestampNanosecond('+05:30')],
  ...[new DurationSecond(), new DurationMillisecond(), new DurationMicrosecond(), new DurationNanosecond()],
  ...[new IntervalYearMonth(), new IntervalDayTime(), new IntervalMonthDayNano()],
  ...[new List(item(new Int8())), new LargeList(item(new Utf8())), new FixedSizeList(3, item(new Int32()))],
  new List(item(new List(item(new TimestampSecond('Europe/Oslo'))))),
  new Struct([]),
  new Struct([
    new Field('a', new Int8(), true),
    new Field('b, c <d>', new Decimal(2, 10), true),
    new Field('', new Utf8(), true),
  ]),
  new Struct([
    new Field('inner', new Struct([new Field('Int8', new FixedSizeList(2, item(new Uint8())), true)]), true),
  ]),
  new Map_(entries(new Utf8(), new List(item(new Int32())))),
  ...[new Dictionary(new Utf8(), new Int32()), new Dictionary(new Decimal(2, 10), new Uint8())],
];

function typeCalled(name: string): DataType {
  return fieldOf(name).type;
}

function fieldOf(name: string): Field {
  const [field] = toArrow([{ name: 'x', type: name }], []).schema.fields;
  if (field === undefined) throw new Error('expected a column');
  return field;
}

/** What tells one type from another; the ids of dictionaries do not. */
function shape(type: DataType): unknown {
  return JSON.parse(JSON.stringify(type, (key, value) => (key === 'id' ? undefined : value)));
}

describe('names that apache-arrow prints', () => {
  test.each(types.map((type) => [String(type), type] as const))('%s is that type', (name, type) => {
    const found = typeCalled(name);
    expect(found.typeId).toBe(type.typeId);
    expect(String(found)).toBe(name);
    expect(shape(found)).toEqual(shape(type));
  });

  test.each([
    new DenseUnion([0, 1], [new Field('a', new Int32()), new Field('b', new Utf8())]),
    new SparseUnion([0], [new Field('a', new Int32())]),
  ])('of a union lack those of its alternatives, and are refused for it', (type) => {
    expect(errorIn(() => typeCalled(String(type)))).toMatchObject({
      sqlstate: '22023',
      message:
        'column "x": the type Union does not say whether it is dense or sparse, and how its alternatives are called',
      fields: { hint: expect.stringContaining('dense_union<a: int32=0, b: utf8=1>') },
    });
  });

  test('of a struct with a colon in a field name say what to do instead', () => {
    expect(errorIn(() => typeCalled('Struct<{a:b:Int32}>'))).toMatchObject({
      sqlstate: '42601',
      fields: { hint: 'An Arrow type itself can be given in place of its name.' },
    });
  });
});

describe('names of Arrow and pyarrow', () => {
  test.each([
    ['null', 'Null'],
    ['uint16', 'Uint16'],
    ['halffloat', 'Float16'],
    ['double', 'Float64'],
    ['utf8', 'Utf8'],
    ['large_string', 'LargeUtf8'],
    ['large_utf8', 'LargeUtf8'],
    ['string_view', 'Utf8View'],
    ['utf8_view', 'Utf8View'],
    ['binary', 'Binary'],
    ['large_binary', 'LargeBinary'],
    ['binary_view', 'BinaryView'],
    ['fixed_size_binary[16]', 'FixedSizeBinary[16]'],
    ['date32[day]', 'Date32<DAY>'],
    ['date64[ms]', 'Date64<MILLISECOND>'],
    ['time32[s]', 'Time32<SECOND>'],
    ['time64[ns]', 'Time64<NANOSECOND>'],
    ['timestamp[us]', 'Timestamp<MICROSECOND>'],
    ['timestamp[us, tz=UTC]', 'Timestamp<MICROSECOND, UTC>'],
    ['timestamp[ns, tz=+01:00]', 'Timestamp<NANOSECOND, +01:00>'],
    ['timestamp<millisecond, America/New_York>', 'Timestamp<MILLISECOND, America/New_York>'],
    ['duration[us]', 'Duration<MICROSECOND>'],
    ['month_interval', 'Interval<YEAR_MONTH>'],
    ['day_time_interval', 'Interval<DAY_TIME>'],
    ['month_day_nano_interval', 'Interval<MONTH_DAY_NANO>'],
    ['decimal32(5, -2)', 'Decimal[5e-2]'],
    ['decimal128(10, 2)', 'Decimal[10e+2]'],
    ['decimal256(76, 0)', 'Decimal[76e0]'],
    ['list<item: int32>', 'List<Int32>'],
    ['list<item: int32 not null>', 'List<Int32>'],
    ['large_list<element: string>', 'LargeList<Utf8>'],
    ['fixed_size_list<item: float>[3]', 'FixedSizeList[3]<Float64>'],
    ['struct<>', 'Struct<{}>'],
    ['struct<a: int32, b c: string not null, "d:e": bool>', 'Struct<{a:Int32, b c:Utf8, d:e:Bool}>'],
    ['map<string, int32>', 'Map<{key:Utf8, value:Int32}>'],
    ['map<string, list<item: int32>, keys_sorted>', 'Map<{key:Utf8, value:List<Int32>}>'],
    ["map<string ('k'), int32 ('v')>", 'Map<{key:Utf8, value:Int32}>'],
    ['dictionary<values=string, indices=uint16, ordered=0>', 'Dictionary<Uint16, Utf8>'],
    ['dictionary<values=string, indices=int8, ordered=1>', 'Dictionary<Int8, Utf8>'],
    ['dense_union<a: int32=0, b: string=5>', 'Union<Int32 | Utf8>'],
    ['sparse_union<a: int32, b: string>', 'Union<Int32 | Utf8>'],
    ['list<timestamp[ms, tz=UTC]>[]', 'List<List<Timestamp<MILLISECOND, UTC>>>'],
    ['uint8[]', 'List<Uint8>'],
    ['arrow.uuid', 'FixedSizeBinary[16]'],
    ['arrow.json', 'Utf8'],
    ['extension<arrow.uuid>', 'FixedSizeBinary[16]'],
    ['list<item: extension<arrow.json>>', 'List<Utf8>'],
  ])('%s is %s', (name, printed) => {
    expect(String(typeCalled(name))).toBe(printed);
  });

  test('say what may be NULL, what fields are called, and what is sorted', () => {
    const list = typeCalled('list<element: int32 not null>');
    expect(list.children[0]).toMatchObject({ name: 'element', nullable: false });
    const struct = typeCalled('struct<a: int32 not null, b: int32>');
    expect(struct.children.map(({ name, nullable }: Field) => [name, nullable])).toEqual([
      ['a', false],
      ['b', true],
    ]);
    expect(typeCalled('map<string, int32, keys_sorted>')).toMatchObject({ keysSorted: true });
    expect(typeCalled('dictionary<values=string, indices=int8, ordered=1>')).toMatchObject({ isOrdered: true });
    expect(typeCalled('dense_union<a: int32=0, b: string=5>')).toMatchObject({
      mode: UnionMode.Dense,
      typeIds: Int32Array.of(0, 5),
    });
    expect(typeCalled('sparse_union<a: int32>')).toMatchObject({ mode: UnionMode.Sparse });
    expect(typeCalled('decimal64(18,2)')).toMatchObject({ bitWidth: 64 });
    expect(fieldOf('arrow.uuid').metadata.get('ARROW:extension:name')).toBe('arrow.uuid');
  });

  test.each([
    ['run_end_encoded<run_ends: int32, values: string>', '0A000', 'apache-arrow has no type "run_end_encoded"'],
    ['list_view<item: int32>', '0A000', 'apache-arrow has no type "list_view"'],
    ['dense_union<int32>', '22023', 'the type dense_union does not say how its alternatives are called'],
    ['decimal128(39, 2)', '22023', 'a decimal of 128 bits has from 1 to 38 digits, not 39'],
    ['dictionary<values=string, indices=int64>', '0A000', 'the indices of a dictionary cannot be of type Int64'],
  ])('%s is refused, with the reason', (name, sqlstate, message) => {
    const error = errorIn(() => typeCalled(name));
    expect(error).toMatchObject({ sqlstate, message: `column "x": ${message}` });
    expect(error.fields.hint).toMatch(/\.$/);
  });

  test.each([
    'time32[us]',
    'time64<second>',
    'timestamp[h]',
    'duration[us, tz=UTC]',
    'int32[us]',
    'fixed_size_list<int32>',
    'fixed_size_binary',
    'list<int32, utf8>',
    'list<nonsense>',
    'map<utf8>',
    'dictionary<>',
    'dense_union<a: int32=0, b: utf8=0>',
    'dense_union<a: int32=128>',
    'arrow.opaque',
    'extension<arrow.bool8>',
  ])('%s is no type', (name) => {
    expect(errorIn(() => typeCalled(name))).toMatchObject({
      sqlstate: '22023',
      message: `column "x" has the unknown type "${name}"`,
    });
  });
});

function table(type: string | DataType, cells: readonly unknown[]): Table {
  return toArrow(
    [{ name: 'x', type }],
    cells.map((cell) => [cell]),
  );
}

/** What PostgreSQL's clients see of cells, from the table itself and from what IPC makes of it. */
function sent(type: string | DataType, cells: readonly unknown[]): (string | null)[] {
  const made = table(type, cells);
  const [here, there] = [made, tableFromIPC(tableToIPC(made))].map(({ schema, batches }) =>
    encodeBatches(schema, batches, ['text']).map(([field]) => field?.toString() ?? null),
  );
  expect(there).toEqual(here);
  return here ?? [];
}

describe('cells of those types', () => {
  const long = 'longer than the twelve bytes of a view';

  test('views: strings and bytes, short and long', () => {
    expect(sent('utf8_view', ['', long, null, 'é'])).toEqual(['', long, null, 'é']);
    expect(sent('binary_view', [Buffer.from(long), Uint8Array.of(1)])).toEqual([
      `\\x${Buffer.from(long).toString('hex')}`,
      '\\x01',
    ]);
    expect(sent('list<string_view>', [[long, 'a', null], []])).toEqual([`{"${long}",a,NULL}`, '{}']);
    expect(errorIn(() => table('utf8_view', [5])).message).toBe(
      'column "x" is of type utf8_view but row 1 has a number',
    );
  });

  test('unions: an object of one member, which is named for the alternative', () => {
    for (const type of ['dense_union<a: int32=3, b: utf8=7>', 'sparse_union<a: int32, b: utf8>']) {
      expect(sent(type, [{ a: 1 }, { b: 'x' }, { a: null }, null, { b: '' }])).toEqual([
        '{"a":1}',
        '{"b":"x"}',
        null,
        null,
        '{"b":""}',
      ]);
    }
  });

  test('unions by an Arrow type', () => {
    const type = new DenseUnion([4, 2], [new Field('a', new Int32(), false), new Field('b', new Utf8(), true)]);
    expect(sent(type, [{ b: 'x' }, { a: 5 }, null])).toEqual(['{"b":"x"}', '{"a":5}', null]);
    expect(errorIn(() => table(type, [{ a: null }]))).toMatchObject({
      sqlstate: '22004',
      message: `column "x" is of type ${type} but row 1 has no value at .a`,
    });
  });

  test.each([
    [{ c: 1 }, 'an object of other members'],
    [{ a: 1, b: 'x' }, 'an object of other members'],
    [5, 'a number'],
    [{ a: 'x' }, 'a string at .a'],
  ])('unions do not take %j', (cell, found) => {
    expect(errorIn(() => table('dense_union<a: int32=0, b: utf8=1>', [null, cell]))).toMatchObject({
      sqlstate: '42804',
      message: `column "x" is of type dense_union<a: int32=0, b: utf8=1> but row 2 has ${found}`,
    });
  });

  test('extension types are uuid and json, of strings and of what they are stored as', () => {
    const uuid = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11';
    const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
    expect(sent('arrow.uuid', [uuid, `{${uuid.toUpperCase()}}`, bytes, null])).toEqual([uuid, uuid, uuid, null]);
    expect(sent('arrow.json', ['{"a": 1}', { a: [1] }])).toEqual(['{"a": 1}', '{"a":[1]}']);
    const field = new Field('x', new FixedSizeBinary(16), true, new Map([['ARROW:extension:name', 'arrow.uuid']]));
    const made = toArrow(new Schema([field]), [[uuid]]);
    expect(encodeBatches(made.schema, made.batches, ['text'])).toEqual([[Buffer.from(uuid)]]);
    expect(errorIn(() => table('arrow.uuid', ['x']))).toMatchObject({ sqlstate: '22P02' });
  });

  test.each([
    ['list<item: int32 not null>', [1, null], 'no value at [1]'],
    ['struct<a: int32 not null>', {}, 'no value at .a'],
  ])('%s takes no NULL there', (type, cell, found) => {
    expect(sent(type, [null])).toEqual([null]);
    const error = errorIn(() => table(type, [cell]));
    expect(error).toBeInstanceOf(PgError);
    expect(error).toMatchObject({ sqlstate: '22004', message: `column "x" is of type ${type} but row 1 has ${found}` });
  });
});
