import { PgError } from '@riffq/wire';
import { isArrowTable, type RecordBatch, type Table, tableFromIPC, tableToIPC } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import type { SchemaDescription } from '../src/schema-description.js';
import { toArrow } from '../src/to-arrow.js';
import { encodeBatches } from './data-rows.js';

/** The cells of the first column as PostgreSQL would print them. */
function texts(table: Table): (string | null)[] {
  const formats = table.schema.fields.map(() => 'text' as const);
  return encodeBatches(table.schema, table.batches, formats).map(([field]) => field?.toString('utf8') ?? null);
}

function column(type: string, cells: readonly unknown[]): (string | null)[] {
  return texts(
    toArrow(
      [{ name: 'x', type }],
      cells.map((cell) => [cell]),
    ),
  );
}

/** The error for a single cell in the second row. */
function errorOf(type: string, cell: unknown): PgError {
  try {
    toArrow([{ name: 'x', type }], [[null], [cell]]);
  } catch (error) {
    if (error instanceof PgError) return error;
    throw error;
  }
  throw new Error('no error was thrown');
}

describe('cells that are taken', () => {
  test('null and undefined are NULL in every type', () => {
    for (const type of ['int', 'float', 'bool', 'str', 'string', 'date', 'datetime']) {
      expect(column(type, [null, undefined])).toEqual([null, null]);
    }
  });

  test('int: whole numbers and bigints', () => {
    const cells = [1, 1.0, -0, -5, 2 ** 53 - 1, -(2 ** 53 - 1), 2n ** 63n - 1n, -(2n ** 63n), -1n];
    const expected = [
      '1',
      '1',
      '0',
      '-5',
      '9007199254740991',
      '-9007199254740991',
      '9223372036854775807',
      '-9223372036854775808',
      '-1',
    ];
    expect(column('int', cells)).toEqual(expected);
  });

  test('float: numbers, NaN and infinities, and bigints that lose nothing', () => {
    const cells = [1, 1.5, -0, Number.NaN, Number.POSITIVE_INFINITY, 2n ** 53n, 10n ** 20n];
    expect(column('float', cells)).toEqual(['1', '1.5', '-0', 'NaN', 'Infinity', '9.007199254740992e+15', '1e+20']);
  });

  test('bool: true and false', () => {
    expect(column('bool', [true, null, false, true])).toEqual(['t', null, 'f', 't']);
  });

  test.each(['str', 'string'])('%s: strings and UTF-8 bytes', (type) => {
    const cells = ['', 'naïve', '🐘', Buffer.from('bytes'), new TextEncoder().encode('é')];
    expect(column(type, cells)).toEqual(['', 'naïve', '🐘', 'bytes', 'é']);
  });

  test('date: Dates by their UTC day, ISO strings, bigints of days', () => {
    const cells = [
      new Date('2024-02-29T23:59:59.999Z'),
      new Date(-1),
      '2024-02-29',
      '2024-02-29T23:30:00-01:00',
      '2000-01-01 12:00:00',
      '0044-03-15 BC',
      '12024-01-01',
      '+012024-01-01',
      '-000043-03-15T00:00:00.000Z',
      'infinity',
      '-infinity',
      0n,
      -719_163n,
    ];
    expect(column('date', cells)).toEqual([
      '2024-02-29',
      '1969-12-31',
      '2024-02-29',
      '2024-03-01',
      '2000-01-01',
      '0044-03-15 BC',
      '12024-01-01',
      '12024-01-01',
      '0044-03-15 BC',
      'infinity',
      '-infinity',
      '1970-01-01',
      '0001-12-31 BC',
    ]);
  });

  test('datetime: Dates, ISO strings taken to UTC, bigints of microseconds', () => {
    const cells = [
      new Date('2024-02-29T23:59:59.999Z'),
      '2024-02-29',
      '2024-02-29T12:30',
      '2024-02-29T12:30:15.123456Z',
      '2024-02-29 12:30:15.1234565',
      '2024-02-29 12:30:15.9999999',
      '2024-02-29 00:30:00+01',
      '2024-02-29T12:30:00+0530',
      '1883-11-18 12:00:00-04:56:02',
      '0044-03-15 12:00:00 BC',
      'infinity',
      -1n,
    ];
    expect(column('datetime', cells)).toEqual([
      '2024-02-29 23:59:59.999',
      '2024-02-29 00:00:00',
      '2024-02-29 12:30:00',
      '2024-02-29 12:30:15.123456',
      '2024-02-29 12:30:15.123456',
      '2024-02-29 12:30:16',
      '2024-02-28 23:30:00',
      '2024-02-29 07:00:00',
      '1883-11-18 16:56:02',
      '0044-03-15 12:00:00 BC',
      'infinity',
      '1969-12-31 23:59:59.999999',
    ]);
  });
});

describe('words that need a clock', () => {
  test('mean the same moment in all rows of a call', () => {
    const before = Date.now();
    const [now = 0, later, ...others] = toArrow(
      [{ name: 'x', type: 'timestamptz' }],
      ['now', 'NOW', 'today', 'tomorrow', 'yesterday', 'today 04:05', 'tomorrow 12:00 Asia/Tokyo'].map((cell) => [
        cell,
      ]),
    )
      .toArray()
      .map(({ x }) => Number(x));
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
    expect(later).toBe(now);
    const [hour, day] = [3_600_000, 86_400_000];
    const midnight = now - (now % day);
    expect(others).toEqual([
      midnight,
      midnight + day,
      midnight - day,
      midnight + 4 * hour + 5 * 60_000,
      midnight + day + 3 * hour,
    ]);
    const days = toArrow([{ name: 'x', type: 'date' }], [['today'], ['now']]);
    expect([...(days.getChild('x') ?? [])].map(Number)).toEqual([midnight, midnight]);
  });

  test('are times of day too', () => {
    const [time] = column('time', ['now']);
    expect(time).toMatch(/^\d\d:\d\d:\d\d/);
    expect(column('timetz', ['now'])[0]).toMatch(/^\d\d:\d\d:\d\d(\.\d+)?\+00$/);
  });
});

describe('cells that are refused', () => {
  test.each([
    ['int', 1.5, 'a number that is not whole', '42804'],
    ['int', '5', 'a string', '42804'],
    ['int', true, 'a boolean', '42804'],
    ['int', Number.NaN, 'the number NaN', '42804'],
    ['int', 2 ** 53, 'a number beyond 2^53, which has lost digits', '22003'],
    ['int', 2n ** 63n, 'a bigint of more than 64 bits', '22003'],
    ['float', 2n ** 53n + 1n, 'a bigint that a float cannot hold exactly', '22003'],
    ['float', 10n ** 400n, 'a bigint that a float cannot hold exactly', '22003'],
    ['float', '1.5', 'a string', '42804'],
    ['bool', 1, 'a number', '42804'],
    ['bool', 'true', 'a string', '42804'],
    ['str', 5, 'a number', '42804'],
    ['str', Buffer.of(0xff), 'bytes that are not UTF-8', '22021'],
    ['str', Buffer.of(0x61, 0), 'a NUL character', '22021'],
    ['str', 'a\0b', 'a NUL character', '22021'],
    ['str', 'a\ud800b', 'half of a surrogate pair', '22021'],
    ['varchar(9)', '\udc00', 'half of a surrogate pair', '22021'],
    ['json', '"\ud83d"', 'half of a surrogate pair', '22021'],
    ['text[]', ['\u{1f600}', '\ud83d'], 'half of a surrogate pair at [1]', '22021'],
    ['date', 19_782, 'a number', '42804'],
    ['date', 'some day', 'a string that is not a date', '22007'],
    ['date', '2023-02-29', 'a date with a field out of range', '22008'],
    ['date', '2023-02-28 00:00 Europe/Nowhere', 'a date in an unknown time zone', '22023'],
    ['timestamptz', '2023-02-28 00:00+16', 'a timestamp in a time zone that is too far from UTC', '22009'],
    ['timestamptz', 'Wed Dec 17 1997 07:37:16 GMT+0100 (CET)', 'a timestamp in an unknown time zone', '22023'],
    ['timetz', '25:00', 'a time of day with a field out of range', '22008'],
    ['date', 2n ** 40n, 'a date out of range', '22008'],
    ['date', new Date(Number.NaN), 'an invalid Date', '42804'],
    ['datetime', 1_700_000_000, 'a number', '42804'],
    ['datetime', '2024-01-01T25:00:00', 'a timestamp with a field out of range', '22008'],
    ['datetime', 2n ** 64n, 'a timestamp out of range', '22008'],
    ['datetime', [], 'an array', '42804'],
    ['datetime', {}, 'an object', '42804'],
  ] as const)('%s does not take %o: %s', (type, cell, found, state) => {
    const error = errorOf(type, cell);
    expect(error.message).toBe(`column "x" is of type ${type} but row 2 has ${found}`);
    expect(error.sqlstate).toBe(state);
    expect(error.fields.hint).toMatch(/\.$/);
  });

  test('a row that is too short or too long, and one that is no array', () => {
    const schema = [
      { name: 'a', type: 'int' },
      { name: 'b', type: 'int' },
    ];
    expect(() => toArrow(schema, [[1, 2], [3]])).toThrow(
      expect.objectContaining({
        sqlstate: '22023',
        message: 'row 2 has 1 cell instead of 2: column "b" of type int has none',
        fields: expect.objectContaining({ hint: 'Give null for a cell without a value.' }),
      }),
    );
    expect(() =>
      toArrow(schema, [
        [1, 2],
        [3, 4, 'left over'],
      ]),
    ).toThrow(
      expect.objectContaining({
        sqlstate: '22023',
        message: 'row 2 has 3 cells instead of 2: there is no column for a string',
        fields: expect.objectContaining({ hint: 'Give as many cells as the schema has columns.' }),
      }),
    );
    expect(() => toArrow(schema, JSON.parse('[[1, 2], {"a": 3}]'))).toThrow(
      'row 2 is an object instead of an array of 2 cells',
    );
  });
});

describe('schemas', () => {
  test('of an unknown type, or without name or type, are refused', () => {
    expect(() => toArrow([{ name: 'x', type: 'Integers' }], [])).toThrow(
      expect.objectContaining({ sqlstate: '22023', message: 'column "x" has the unknown type "Integers"' }),
    );
    const broken: SchemaDescription[] = JSON.parse('[[{"type": "int"}], [{"name": "x"}], [null]]');
    for (const schema of broken) expect(() => toArrow(schema, [])).toThrow(PgError);
  });

  test('may name two columns alike', () => {
    const table = toArrow(
      [
        { name: 'n', type: 'int' },
        { name: 'n', type: 'str' },
      ],
      [[1, 'one']],
    );
    expect(String(table.schema)).toBe('Schema<{ 0: n: Int64, 1: n: Utf8 }>');
    expect(encodeBatches(table.schema, table.batches, ['text', 'text'])).toEqual([
      [Buffer.from('1'), Buffer.from('one')],
    ]);
  });

  test('without rows still give a batch, and without columns still count rows', () => {
    const empty = toArrow([{ name: 'x', type: 'date' }], []);
    expect([empty.numRows, empty.batches.length, String(empty.schema)]).toEqual([
      0,
      1,
      'Schema<{ 0: x: Date32<DAY> }>',
    ]);
    expect(toArrow([], [[], []]).numRows).toBe(2);
  });
});

describe('rows', () => {
  test('may come from a generator', () => {
    function* rows(): Generator<[number]> {
      yield [1];
      yield [2];
    }
    expect(texts(toArrow([{ name: 'x', type: 'int' }], rows()))).toEqual(['1', '2']);
  });

  test('become an Arrow table that goes through IPC unchanged', () => {
    const schema = ['int', 'float', 'bool', 'str', 'date', 'datetime'].map((type) => ({ name: type, type }));
    const rows = Array.from({ length: 1000 }, (_, row) =>
      row % 7 === 0
        ? schema.map(() => null)
        : [row, row / 8, row % 2 === 0, `row ${row}`, BigInt(row), BigInt(row) * 1_000_000n],
    );
    const table = toArrow(schema, rows);
    expect(isArrowTable(table)).toBe(true);
    const formats = schema.map(() => 'text' as const);
    const copy = tableFromIPC(tableToIPC(table));
    const expected = encodeBatches(table.schema, table.batches, formats);
    expect(encodeBatches(copy.schema, copy.batches, formats)).toEqual(expected);
    expect(expected[8]?.map(String)).toEqual(['8', '1', 't', 'row 8', '1970-01-09', '1970-01-01 00:00:08']);
  });
});

describe('rows that arrive over time', () => {
  async function* count(rows: number): AsyncGenerator<[number]> {
    for (let row = 1; row <= rows; row++) yield [row];
  }

  async function collect(batches: Iterable<RecordBatch> | AsyncIterable<RecordBatch>): Promise<RecordBatch[]> {
    const list: RecordBatch[] = [];
    for await (const batch of batches) list.push(batch);
    return list;
  }

  test('come in batches of batchRows, the schema known before', async () => {
    const { schema, batches } = toArrow([{ name: 'x', type: 'int' }], count(25), { batchRows: 10 });
    expect(String(schema)).toBe('Schema<{ 0: x: Int64 }>');
    const list = await collect(batches);
    expect(list.map((batch) => batch.numRows)).toEqual([10, 10, 5]);
    const rows = encodeBatches(schema, list, ['text']);
    expect(rows.map(([field]) => Number(field))).toEqual(Array.from({ length: 25 }, (_, row) => row + 1));
  });

  test('may be none', async () => {
    expect(await collect(toArrow([{ name: 'x', type: 'int' }], count(0)).batches)).toEqual([]);
  });

  test('are asked for one batch ahead of nobody, and told when no more are wanted', async () => {
    let asked = 0;
    let closed = false;
    async function* endless(): AsyncGenerator<[number]> {
      try {
        for (;;) yield [++asked];
      } finally {
        closed = true;
      }
    }
    const { batches } = toArrow([{ name: 'x', type: 'int' }], endless(), { batchRows: 4 });
    expect(asked).toBe(0);
    for await (const batch of batches) {
      expect([batch.numRows, asked]).toEqual([4, 4]);
      break;
    }
    expect(closed).toBe(true);
  });

  test('are numbered through all batches in errors', async () => {
    async function* rows(): AsyncGenerator<[unknown]> {
      yield* count(12);
      yield ['thirteen'];
    }
    const { batches } = toArrow([{ name: 'x', type: 'int' }], rows(), { batchRows: 5 });
    await expect(collect(batches)).rejects.toThrow('column "x" is of type int but row 13 has a string');
  });

  test('need a batch size above zero', () => {
    for (const batchRows of [0, -1, 1.5, Number.NaN]) {
      expect(() => toArrow([{ name: 'x', type: 'int' }], count(1), { batchRows })).toThrow(
        expect.objectContaining({ sqlstate: '22023' }),
      );
    }
  });
});
