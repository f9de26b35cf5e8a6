import { createRequire } from 'node:module';
import { PgError } from '@riffq/wire';
import { Decimal, Field, Int8, Int32, List, Schema, type Table, tableFromIPC, tableToIPC, Utf8 } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import type { SchemaDescription } from '../../src/schema-description.js';
import { toArrow } from '../../src/to-arrow.js';
import { assign } from '../assigned-values.js';
import { encodeBatches } from '../data-rows.js';
import { errorIn } from './error-in.js';

/** What Arrow itself reads of the cells of one column, as JSON. */
function readBack(table: Table): unknown[] {
  // Through IPC, which checks what the buffers are.
  const [vector] = tableFromIPC(tableToIPC(table)).batches[0]?.data.children ?? [];
  const column = tableFromIPC(tableToIPC(table)).getChildAt(0);
  expect(vector?.length).toBe(table.numRows);
  return Array.from({ length: table.numRows }, (_, row) => plain(column?.get(row)));
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (ArrayBuffer.isView(value)) return Array.from(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  if (typeof value !== 'object' || value === null) return value;
  if ('toJSON' in value && typeof value.toJSON === 'function') return plain(value.toJSON());
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

function column(type: string, cells: readonly unknown[]): Table {
  return toArrow(
    [{ name: 'x', type }],
    cells.map((cell) => [cell]),
  );
}

const halves = (...words: number[]): number[] => Array.from(new Uint8Array(Uint32Array.from(words).buffer));
const fourWords = (low: number, ...rest: number[]): number[] => halves(low, ...rest);

describe('types by their names', () => {
  test.each<[type: string, arrow: string, metadata: string | undefined, cells: readonly unknown[], read: unknown[]]>([
    ['smallint', 'Int16', undefined, [-32_768, 5n, null], [-32_768, 5, null]],
    ['INTEGER', 'Int32', undefined, [2 ** 31 - 1, null], [2 ** 31 - 1, null]],
    ['int8', 'Int64', undefined, [1, 2n ** 62n], ['1n', `${2n ** 62n}n`]],
    ['oid', 'Uint32', 'oid', [0, 2 ** 32 - 1], [0, 2 ** 32 - 1]],
    ['uint8', 'Uint8', undefined, [255, null], [255, null]],
    ['uint64', 'Uint64', undefined, [2n ** 64n - 1n, 7], [`${2n ** 64n - 1n}n`, '7n']],
    ['real', 'Float32', undefined, [1.5, 2n ** 24n], [1.5, 2 ** 24]],
    ['double precision', 'Float64', undefined, [0.1, Number.NaN], [0.1, Number.NaN]],
    [
      'float16',
      'Float16',
      undefined,
      [1, -0.5, 65_504, 2 ** -24, 1 / 3, Number.NEGATIVE_INFINITY],
      [1, -0.5, 65_504, 2 ** -24, 0.333251953125, Number.NEGATIVE_INFINITY],
    ],
    [
      'numeric(10,2)',
      'Decimal[10e+2]',
      undefined,
      ['-1.005', 12, 3n],
      [fourWords(-101, -1, -1, -1), fourWords(1200, 0, 0, 0), fourWords(300, 0, 0, 0)],
    ],
    ['decimal32(5,-2)', 'Decimal[5e-2]', undefined, [1234, '1e6'], [halves(12), halves(10_000)]],
    [
      'numeric',
      'Utf8',
      'numeric',
      ['1.50', 1e21, 0.000_001, 'NaN', '-Infinity', 10n ** 30n],
      ['1.50', '1000000000000000000000', '0.000001', 'NaN', '-Infinity', '1000000000000000000000000000000'],
    ],
    ['numeric(100)', 'Utf8', 'numeric(100)', ['7'], ['7']],
    ['text', 'Utf8', 'text', ['é', Buffer.from('x')], ['é', 'x']],
    ['character varying', 'Utf8', undefined, ['é'], ['é']],
    ['varchar(3)', 'Utf8', 'varchar(3)', ['é😀x', 'abc  '], ['é😀x', 'abc']],
    ['char(3)', 'Utf8', 'bpchar(3)', ['é'], ['é  ']],
    ['large_utf8', 'LargeUtf8', undefined, ['é', null, 'ab'], ['é', null, 'ab']],
    ['bytea', 'Binary', undefined, [Uint8Array.of(1, 2), null], [[1, 2], null]],
    ['fixed_size_binary[2]', 'FixedSizeBinary[2]', undefined, [Uint8Array.of(1, 2), null], [[1, 2], null]],
    [
      'date',
      'Date32<DAY>',
      undefined,
      ['5874897-12-31', '-infinity'],
      [2_145_042_905 * 86_400_000, -(2 ** 31) * 86_400_000],
    ],
    ['date64[ms]', 'Date64<MILLISECOND>', undefined, ['1970-01-02'], [86_400_000]],
    [
      'time',
      'Time64<MICROSECOND>',
      undefined,
      ['12:30', '24:00:00', 5n],
      [`${45_000_000_000}n`, `${86_400_000_000}n`, '5n'],
    ],
    ['time(1)', 'Time64<MICROSECOND>', 'time(1)', ['00:00:00.25'], ['300000n']],
    ['time32[ms]', 'Time32<MILLISECOND>', undefined, ['00:00:01.5'], [1500]],
    ['timestamp(0)', 'Timestamp<MICROSECOND>', 'timestamp(0)', ['1970-01-01 00:00:00.5'], [0]],
    ['timestamptz', 'Timestamp<MICROSECOND, UTC>', undefined, ['1970-01-01 01:00:00+01', new Date(5)], [0, 5]],
    ['timestamp[s, tz=Europe/Oslo]', 'Timestamp<SECOND, Europe/Oslo>', undefined, ['1970-01-01 00:00:07'], [7000]],
    ['duration[us]', 'Duration<MICROSECOND>', undefined, [5, 6n], ['5n', '6n']],
    [
      'interval',
      'Interval<MONTH_DAY_NANO>',
      undefined,
      ['1 year 2 mons -3 days +04:05:06.789', 'P1M', { days: 2 }],
      [halves(14, -3, ...int64(14_706_789_000_000n)), halves(1, 0, 0, 0), halves(0, 2, 0, 0)],
    ],
    ['uuid', 'Utf8', 'uuid', ['A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'], ['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11']],
    ['jsonb', 'Utf8', 'jsonb', ['{"a":1}', { a: [1] }, 5, true], ['{"a": 1}', '{"a": [1]}', '5', 'true']],
    ['inet', 'Utf8', 'inet', ['10.0.0.1/8', '::1'], ['10.0.0.1/8', '::1']],
    ['xid8', 'Utf8', 'xid8', [2n ** 64n - 1n, 3], ['18446744073709551615', '3']],
    ['regclass', 'Utf8', 'regclass', ['pg_class', 0, 1259], ['pg_class', '-', '1259']],
    ['int2vector', 'Utf8', 'int2vector', [[1, -2, 3]], ['1 -2 3']],
    ['"char"', 'Utf8', '"char"', ['a'], ['a']],
    ['int4[]', 'List<Int32>', undefined, [[1, null], [], null], [[1, null], [], null]],
    ['int4[]', 'List<List<Int32>>', undefined, [null, [[1], [2]]], [null, [[1], [2]]]],
    [
      'uuid[3]',
      'List<Utf8>',
      'uuid[]',
      [['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11']],
      [['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11']],
    ],
    ['list<item: int8>', 'List<Int64>', undefined, [[1]], [['1n']]],
    ['fixed_size_list<int32>[2]', 'FixedSizeList[2]<Int32>', undefined, [[1, 2], null], [[1, 2], null]],
    ['large_list<bool>', 'LargeList<Bool>', undefined, [[true, null]], [[true, null]]],
    [
      'struct<a: int32, "b c": utf8>',
      'Struct<{a:Int32, b c:Utf8}>',
      undefined,
      [{ a: 1 }, [2, 'x'], null],
      [{ a: 1, 'b c': null }, { a: 2, 'b c': 'x' }, null],
    ],
    [
      'map<utf8, int32>',
      'Map<{key:Utf8, value:Int32}>',
      undefined,
      [new Map([['a', 1]]), { b: null }, []],
      [{ a: 1 }, { b: null }, {}],
    ],
    [
      'dictionary<values=string, indices=int8>',
      'Dictionary<Int8, Utf8>',
      undefined,
      ['a', 'b', 'a', null],
      ['a', 'b', 'a', null],
    ],
    ['null', 'Null', undefined, [null, undefined], [null, null]],
  ])('%s is %s', (type, arrow, metadata, cells, read) => {
    const table = column(type, cells);
    const [field] = table.schema.fields;
    expect(String(field?.type)).toBe(arrow);
    expect(field?.metadata.get('PG:type')).toBe(metadata);
    expect(readBack(table)).toEqual(read);
  });

  test.each([
    ['nonsense', '22023'],
    ['Integers', '22023'],
    ['numeric(a)', '22023'],
    ['uuid(3)', '22023'],
    ['numeric(0)', '22023'],
    ['numeric(1001)', '22023'],
    ['varchar(0)', '22023'],
    ['timestamp(7)', '22023'],
    ['int4[us]', '22023'],
    ['list<int32, int32>', '22023'],
    ['_int4[]', '22023'],
    ['struct<a: int32', '42601'],
    ['', '42601'],
  ])('%o is no type', (type, state) => {
    expect(errorIn(() => column(type, []))).toMatchObject({ sqlstate: state });
  });
});

describe('types by Arrow objects', () => {
  test('stand beside names', () => {
    const table = toArrow(
      [
        { name: 'a', type: new Int8() },
        { name: 'b', type: new Decimal(2, 40, 256) },
        { name: 'c', type: 'bool' },
      ],
      [[1, '12.34', true]],
    );
    expect(String(table.schema)).toBe('Schema<{ 0: a: Int8, 1: b: Decimal[40e+2], 2: c: Bool }>');
  });

  test('may be of another copy of apache-arrow', () => {
    const foreign: { readonly Int8: new () => Int8; readonly Utf8: new () => Utf8 } = createRequire(import.meta.url)(
      'apache-arrow',
    );
    expect(foreign.Int8).not.toBe(Int8);
    const columns = [
      { name: 'a', type: new foreign.Int8() },
      { name: 'b', type: new foreign.Utf8() },
    ];
    const table = toArrow(columns, [[1, 'x']]);
    expect(String(table.schema)).toBe('Schema<{ 0: a: Int8, 1: b: Utf8 }>');
    const rows = encodeBatches(table.schema, table.batches, ['text', 'text']);
    expect(rows.map((row) => row.map(String))).toEqual([['1', 'x']]);
  });

  test('of a whole schema keep the metadata of their fields', () => {
    const fields = [
      new Field('n', new Utf8(), true, new Map([['PG:type', 'name']])),
      new Field('l', new List(new Field('i', new Int32())), true),
    ];
    const table = toArrow(new Schema(fields), [['x', [1]]]);
    expect(table.schema.fields).toEqual(fields);
    expect(readBack(table)).toEqual(['x']);
  });

  test('refuse NULL where the field does', () => {
    const strict = new Schema([new Field('n', new Int32(), false)]);
    expect(errorIn(() => toArrow(strict, [[1], [null]]))).toMatchObject({
      sqlstate: '22004',
      message: 'column "n" is of type Int32 but row 2 has no value',
    });
  });

  test('of no way to build them are refused', () => {
    const columns: SchemaDescription = JSON.parse('[{ "name": "x", "type": { "typeId": 99 } }]');
    expect(errorIn(() => toArrow(columns, []))).toMatchObject({ sqlstate: '0A000' });
  });
});

describe('cells that a type does not take', () => {
  test.each<[type: string, cell: unknown, found: string, state: string]>([
    ['int2', 32_768, 'a number out of range', '22003'],
    ['uint32', -1, 'a number out of range', '22003'],
    ['uint64', -1n, 'a bigint below zero', '22003'],
    ['int4', '5', 'a string', '42804'],
    ['real', 1e39, 'a number out of range', '22003'],
    ['real', -1e-50, 'a number out of range', '22003'],
    ['real', 2 ** -150, 'a number out of range', '22003'],
    ['float16', 65_520, 'a number out of range', '22003'],
    ['float16', 2 ** -25, 'a number out of range', '22003'],
    ['float16', -1e-8, 'a number out of range', '22003'],
    ['float4[]', [1, 1e-50], 'a number out of range at [1]', '22003'],
    ['numeric(4,2)', 100, 'a number out of range', '22003'],
    ['numeric(4,2)', '99.995', 'a string out of range', '22003'],
    ['numeric(4,2)', 'NaN', 'the string NaN', '22003'],
    ['numeric(4,2)', 'x', 'a string that is not a number', '22P02'],
    ['numeric', '1,5', 'a string, invalid input syntax for type numeric: "1,5"', '22P02'],
    ['varchar(2)', 'abc', 'a value that does not fit: value too long for type character varying(2)', '22001'],
    ['bytea', 'x', 'a string', '42804'],
    ['fixed_size_binary[2]', Uint8Array.of(1), '1 bytes', '42804'],
    ['time', '25:00', 'a time of day with a field out of range', '22008'],
    ['time', -1n, 'a time out of range', '22008'],
    ['numeric', '1e131072', 'a string, value overflows numeric format', '22003'],
    ['numeric', '1e-16384', 'a string, value overflows numeric format', '22003'],
    ['numeric(10,2)', '1e2001', 'a string out of range', '22003'],
    ['timestamp[ns]', 'infinity', 'a timestamp out of range', '22008'],
    // The largest integer is the infinity.
    ['timestamp', '294247-01-10 04:00:54.775807', 'a timestamp out of range', '22008'],
    ['timestamp', '294276-12-31 23:59:59', 'a timestamp out of range', '22008'],
    ['timestamp', '4714-11-23 23:59:59 BC', 'a timestamp out of range', '22008'],
    ['timestamp[s]', '294276-12-31 23:59:59.5', 'a timestamp out of range', '22008'],
    ['timestamp[ms]', '294277-01-01', 'a timestamp out of range', '22008'],
    ['timestamp[ns]', '2500-01-01', 'a timestamp out of range', '22008'],
    ['interval', '1 fortnight', 'a string that is not an interval', '22007'],
    ['interval', { days: 0.5 }, 'an interval out of range', '22015'],
    ['interval', '2562048:00:00', 'an interval out of range', '22015'],
    ['interval', { days: 1, hours: 2 }, 'an object of other parts', '42804'],
    ['interval', { microseconds: 2 ** 53 }, 'a number beyond 2^53, which has lost digits at .microseconds', '22015'],
    ['interval', { microseconds: 0.5 }, 'a number that is not whole at .microseconds', '42804'],
    ['interval', { months: '5' }, 'a string at .months', '42804'],
    ['interval', { days: 5n }, 'a bigint at .days', '42804'],
    ['interval', Object(5), 'a Number', '42804'],
    ['int4', Int32Array.of(1), 'an Int32Array', '42804'],
    ['text', new DataView(new ArrayBuffer(1)), 'a DataView', '42804'],
    ['int4[]', [1, BigInt64Array.of(1n)], 'a BigInt64Array at [1]', '42804'],
    ['bytea', Uint8ClampedArray.of(1), 'a Uint8ClampedArray', '42804'],
    ['month_interval', '1 day', 'an interval out of range', '22015'],
    ['uuid', 'x', 'a string of another form', '22P02'],
    ['uuid', 5, 'a number', '42804'],
    ['json', '{', 'a string of another form', '22P02'],
    ['inet', '10.0.0.1/33', 'a string of another form', '22P02'],
    ['int4[]', 5, 'a number', '42804'],
    ['int4[]', [1, 'x'], 'a string at [1]', '42804'],
    ['int4[][]', [1], 'a number at [0]', '42804'],
    ['int4[][]', [[1], [2, {}]], 'an object at [1][1]', '42804'],
    ['list<struct<a: list<int32>, "b c": int32>>', [null, { a: [1, 2, 'x'] }], 'a string at [1].a[2]', '42804'],
    ['list<map<utf8, int32>>', [{ a: 1 }, { b: 2, 'c d': new Map() }], 'a Map at [1]["c d"]', '42804'],
    [
      'list<map<int32, int32>>',
      [
        [],
        [
          [1, 2],
          ['x', 3],
        ],
      ],
      'a string at the key 1 of [1]',
      '42804',
    ],
    ['map<int32, int32>', [['x', 3]], 'a string at the key 0 of the map', '42804'],
    ['fixed_size_list<int32>[2]', [1], 'an array of 1', '42804'],
    ['struct<a: int32>', { a: 'x' }, 'a string at .a', '42804'],
    ['struct<a: int32>', 5, 'a number', '42804'],
    ['map<utf8, int32>', [[null, 1]], 'an entry without a key', '42804'],
    ['map<utf8, int32>', { a: 'x' }, 'a string at .a', '42804'],
    ['dictionary<values=string, indices=int8>', 5, 'a number', '42804'],
    ['list<uuid>', ['x'], 'a string of another form at [0]', '22P02'],
    ['list<dictionary<values=string>>', [5], 'a number at [0]', '42804'],
    ['null', 5, 'a number', '42804'],
  ])('%s: %o', (type, cell, found, state) => {
    const error = errorIn(() => column(type, [null, cell]));
    expect(error).toBeInstanceOf(PgError);
    expect(error.message).toBe(`column "x" is of type ${type} but row 2 has ${found}`);
    expect(error.sqlstate).toBe(state);
    expect(error.fields.hint).toMatch(/\.$/);
  });

  test('real: what is too large or too small is what PostgreSQL says is out of range', async () => {
    const least = 2 ** -149;
    const most = 2 ** 128 - 2 ** 104;
    const numbers = [0, 1e-50, least, least / 2, least * 0.51, -least / 2, -least, most, most * (1 + 2 ** -25), 1e39];
    const taken = numbers.map((number) => {
      try {
        const table = column('real', [number]);
        return String(encodeBatches(table.schema, table.batches, ['text'])[0]?.[0]);
      } catch (error) {
        return error instanceof PgError ? error.sqlstate : error;
      }
    });
    const assigned = await assign('float4', numbers.map(String));
    expect(taken).toEqual(assigned.map((value) => ('text' in value ? value.text : value.sqlstate)));
  });

  test.each(['bit(4)', 'varbit', 'varbit(6)', 'name'])(
    '%s: strings are read as PostgreSQL reads them',
    async (type) => {
      const texts = [
        'xF',
        'Xa5',
        'b1010',
        'B',
        'x',
        '',
        '101',
        '1111',
        '10101',
        'xFF',
        'xg',
        'b2',
        '12',
        'é'.repeat(40),
      ];
      const taken = texts.map((text) => {
        try {
          return column(type, [text]).getChildAt(0)?.get(0);
        } catch (error) {
          return error instanceof PgError ? error.sqlstate : error;
        }
      });
      const assigned = await assign(type, texts);
      expect(taken).toEqual(assigned.map((value) => ('text' in value ? value.text : value.sqlstate)));
    },
  );

  test.each([
    [
      [
        [[], null],
        [[], []],
      ],
      '{{"",NULL},{"",""}}',
    ],
    [[[[1, 2], []]], '{{"1 2",""}}'],
    [[['', null]], '{{"",NULL}}'],
    [[[null, [3]]], '{{NULL,"3"}}'],
    [[[], []], '{"",""}'],
    [[[1], null], '{1,NULL}'],
    [[], '{}'],
  ])('arrays of int2vector may have empty ones first: %j', async (cell, literal) => {
    const table = column('int2vector[]', [null, cell]);
    const rows = encodeBatches(table.schema, table.batches, ['text']);
    const [assigned] = await assign('int2vector[]', [literal]);
    expect(rows.map(([field]) => field?.toString())).toEqual([
      undefined,
      assigned && 'text' in assigned && assigned.text,
    ]);
  });

  test.each(['int4', 'int4[]', 'text[]', 'list<int32>', 'json'])('%s: an array that holds itself', (type) => {
    const cell: unknown[] = [];
    cell.push(cell, cell);
    const error = errorIn(() => column(type, [null, cell]));
    expect(error.message).toContain(`column "x" is of type ${type} but row 2 has an array`);
    expect(error.sqlstate).toBe('42804');
  });

  test('numeric takes as many digits as PostgreSQL has', () => {
    const made = column('numeric', ['1e131071', '-1.5e-16382', '0e999999', '0x10', 1e300]);
    expect(made.getChildAt(0)?.toJSON()).toEqual([
      `1${'0'.repeat(131_071)}`,
      `-0.${'0'.repeat(16_381)}15`,
      '0',
      '16',
      `1${'0'.repeat(300)}`,
    ]);
    expect(column('numeric(10,2)', ['1e-2001', '0e2001', '1.005']).getChildAt(0)?.toJSON().map(String)).toEqual([
      '0',
      '0',
      '101',
    ]);
  });

  test('the last timestamps of each unit are taken', () => {
    const last = { s: '294276-12-31 23:59:59', ms: '294276-12-31 23:59:59.999', us: '294247-01-10 04:00:54.775806' };
    for (const [unit, text] of Object.entries(last)) {
      const made = column(`timestamp[${unit}]`, [text, '4714-11-24 00:00:00 BC']);
      const rows = encodeBatches(made.schema, made.batches, ['text']);
      expect(rows.map(([field]) => String(field))).toEqual([text, '4714-11-24 00:00:00 BC']);
    }
    const hint = (type: string, cell: string) => errorIn(() => column(type, [cell])).fields.hint;
    expect(hint('timestamp', '294276-12-31')).toContain('up to 294247-01-10 04:00:54.775806: declare milliseconds');
    expect(hint('timestamp[s]', '294277-01-01')).toContain('to 294276-12-31');
  });

  test('a dictionary whose indices are too few', () => {
    const cells = Array.from({ length: 129 }, (_, at) => `value ${at}`);
    expect(errorIn(() => column('dictionary<values=string, indices=int8>', cells)).message).toBe(
      'column "x" is of type dictionary<values=string, indices=int8> but row 129 has more than 128 different values before it',
    );
  });
});

function int64(value: bigint): [number, number] {
  return [Number(BigInt.asUintN(32, value)), Number(BigInt.asUintN(32, value >> 32n))];
}
