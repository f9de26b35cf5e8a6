import { arrayOf, buildData, type PostgresType, postgresTypes, type Raw } from '@riffq/all-types';
import {
  Binary,
  BinaryView,
  type DataType,
  DateDay,
  DateMillisecond,
  DurationMicrosecond,
  Field,
  FixedSizeBinary,
  Float32,
  Float64,
  IntervalMonthDayNano,
  List,
  Struct,
  TimestampMicrosecond,
  TimestampSecond,
} from 'apache-arrow';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { outputSettings } from '../src/output-settings.js';
import { RowEncoder } from '../src/row-encoder.js';
import { readDataRows } from './data-rows.js';
import { oneColumn } from './encode-column.js';

let oracle: Client;
beforeAll(async () => {
  oracle = new Client({ ...inject('oracle') });
  await oracle.connect();
});
afterAll(() => oracle.end());

type Settings = Readonly<Record<string, string>>;

function encodeUnder(settings: Settings, type: DataType, raws: readonly (Raw | null)[]): (string | null)[] {
  const batch = oneColumn(buildData(type, raws));
  const encoder = new RowEncoder(batch.schema, ['text'], { settings: outputSettings((name) => settings[name]) });
  encoder.setBatch(batch);
  const target = Buffer.alloc(1 << 20);
  return readDataRows(target.subarray(0, encoder.encode(target, 0, raws.length))).map(
    ([field]) => field?.toString() ?? null,
  );
}

/** What PostgreSQL prints under the settings, of values that it makes from what stands in `expression` for `v`. */
async function oracleUnder(
  settings: Settings,
  { output }: PostgresType,
  expression: string,
  values: readonly unknown[],
): Promise<(string | null)[]> {
  for (const [name, value] of Object.entries(settings)) {
    await oracle.query('SELECT set_config($1, $2, false)', [name, value]);
  }
  const found: (string | null)[] = [];
  for (const value of values) {
    const { rows } = await oracle.query<{ t: string }>(`SELECT ${output}(${expression})::text AS t`, [value]);
    found.push(rows[0]?.t ?? null);
  }
  for (const name of Object.keys(settings)) await oracle.query(`RESET "${name}"`);
  return found;
}

const moments = [
  0n,
  1_720_000_000_120_000n,
  -1n,
  -62_168_377_600_000_000n,
  253_402_300_800_000_000n,
  // Either side of the hour that New York skips, and of the one that it has twice.
  1_710_053_999_999_999n,
  1_710_054_000_000_000n,
  1_730_613_599_000_000n,
  1_730_613_600_000_000n,
  // Local mean time.
  -5_000_000_000_000_000n,
  -2_717_640_000_000_000n,
  // The last year, whose rules are those of 400 years before.
  9_223_000_000_000_000_000n,
  -210_866_803_200_000_000n,
  2n ** 63n - 1n,
  -(2n ** 63n),
];
const asMoment = (type: string) =>
  `CASE $1::text WHEN '9223372036854775807' THEN 'infinity'::${type} WHEN '-9223372036854775808' THEN '-infinity'
   ELSE ${type} 'epoch' + make_interval(secs => 0) + ($1::int8 / 86400000000 || ' days')::interval + ($1::int8 % 86400000000 || ' us')::interval END`;
/** Zones that say when they change: north, south, by days of the year, beyond the year's end, always, in some years only. */
const ruled = [
  'EST5EDT4,M3.2.0,M11.1.0',
  'CET-1CEST,M3.5.0,M10.5.0/3',
  '<+1030>-10:30<+11>-11,M10.1.0,M4.1.0',
  'ABC3DEF,J60/0,J300',
  'ABC3DEF,59/12:30,365/-4',
  'ABC3DEF,M12.5.6/167,M1.1.0/-167',
  'ABC3DEF,0/0,J365/23',
  'ABC3DEF2,J60,J60/1',
  'ABC-12DEF-12:45',
];
const zones = [
  'America/New_York',
  'Europe/Amsterdam',
  'Asia/Kolkata',
  'Africa/Casablanca',
  'Pacific/Apia',
  'Asia/Kathmandu',
  '<+05:30>-05:30',
  'FOO-3',
  'EST5EDT,M3.2.0,M11.1.0',
  '<-03>3<-02>,M10.3.0/0,M2.3.0/0',
];

describe('TimeZone', () => {
  test.each(zones)('%s: timestamps with zone are printed as PostgreSQL does', async (timeZone) => {
    const expected = await oracleUnder(
      { TimeZone: timeZone },
      postgresTypes.timestamptz,
      `(${asMoment('timestamp')})::timestamp AT TIME ZONE 'UTC'`,
      moments,
    );
    expect(encodeUnder({ TimeZone: timeZone }, new TimestampMicrosecond('UTC'), moments)).toEqual(expected);
  });

  test('is nothing to timestamps without zone', () => {
    expect(encodeUnder({ TimeZone: 'Asia/Tokyo' }, new TimestampSecond(), [0n])).toEqual(['1970-01-01 00:00:00']);
  });

  test('holds in lists and json too', () => {
    const seen = new Field('seen', new TimestampMicrosecond('UTC'));
    expect(encodeUnder({ TimeZone: 'Asia/Kolkata' }, new List(seen), [[0n]])).toEqual([
      '{"1970-01-01 05:30:00+05:30"}',
    ]);
    const settings = { TimeZone: 'Asia/Kolkata', DateStyle: 'German' };
    expect(encodeUnder(settings, new Struct([seen]), [[0n]])).toEqual(['{"seen":"1970-01-01T05:30:00+05:30"}']);
  });

  test('random times in random zones are as PostgreSQL has them', async () => {
    const names = [
      'Europe/London',
      'America/Sao_Paulo',
      'Australia/Lord_Howe',
      'Asia/Tehran',
      'Europe/Moscow',
      ...ruled,
    ];
    const seconds = fc.sample(fc.integer({ min: -4_000_000_000, max: 16_000_000_000 }), { numRuns: 300, seed: 7 });
    for (const timeZone of names) {
      await oracle.query("SELECT set_config('TimeZone', $1, false)", [timeZone]);
      const { rows } = await oracle.query<{ t: string }>(
        'SELECT to_timestamp(v)::text AS t FROM unnest($1::float8[]) WITH ORDINALITY AS o(v, n) ORDER BY n',
        [seconds],
      );
      const found = encodeUnder({ TimeZone: timeZone }, new TimestampSecond('UTC'), seconds.map(BigInt));
      expect(found).toEqual(rows.map(({ t }) => t));
    }
    await oracle.query('RESET TimeZone');
  });

  test('that nobody knows is an error', () => {
    expect(() => encodeUnder({ TimeZone: 'Moon/Base' }, new TimestampSecond('UTC'), [0n])).toThrow(
      expect.objectContaining({ sqlstate: '22023' }),
    );
  });
});

describe('DateStyle', () => {
  const styles = ['Postgres, MDY', 'Postgres, DMY', 'SQL, MDY', 'SQL, DMY', 'German, DMY', 'ISO, DMY'];
  const days = [0, 19_907, -2_440_588, 2_145_042_905, -800_000, 2 ** 31 - 1, -(2 ** 31)];

  test.each(styles)('%s: dates', async (DateStyle) => {
    const expected = await oracleUnder(
      { DateStyle },
      postgresTypes.date,
      "CASE $1::int8 WHEN 2147483647 THEN 'infinity'::date WHEN -2147483648 THEN '-infinity' ELSE date '1970-01-01' + $1::int8::int4 END",
      days,
    );
    expect(encodeUnder({ DateStyle }, new DateDay(), days)).toEqual(expected);
    expect(encodeUnder({ DateStyle }, new DateMillisecond(), [86_400_000n])).toEqual(
      encodeUnder({ DateStyle }, new DateDay(), [1]),
    );
  });

  test.each(styles)('%s: timestamps', async (DateStyle) => {
    const expected = await oracleUnder({ DateStyle }, postgresTypes.timestamp, asMoment('timestamp'), moments);
    expect(encodeUnder({ DateStyle }, new TimestampMicrosecond(), moments)).toEqual(expected);
  });

  test.each([
    'UTC',
    'America/New_York',
    'Europe/Berlin',
    'America/Sao_Paulo',
    'Asia/Tokyo',
    'America/St_Johns',
    'Africa/Nairobi',
    '<+05:30>-05:30',
    '-03:30',
    'FOO123',
    'Etc/GMT+5',
    'etc/gmt-14',
    'Etc/GMT+13',
    'Etc/GMT0',
    'Etc/GMT',
    'GMT+0',
    'Etc/Zulu',
    'Factory',
    'Asia/Dubai',
    'Australia/Lord_Howe',
    'Pacific/Chatham',
    'America/Miquelon',
  ])('timestamps in %s end with its abbreviation', async (TimeZone) => {
    for (const DateStyle of styles) {
      const recent = moments.slice(0, 2);
      const settings = { DateStyle, TimeZone };
      const expected = await oracleUnder(
        settings,
        postgresTypes.timestamptz,
        `(${asMoment('timestamp')})::timestamp AT TIME ZONE 'UTC'`,
        recent,
      );
      expect(encodeUnder(settings, new TimestampMicrosecond('UTC'), recent)).toEqual(expected);
    }
  });
});

describe('abbreviations of the past', () => {
  const instants = [
    '1850-01-01',
    '1900-01-01',
    '1918-07-01',
    '1944-01-15',
    '1944-07-01',
    '1970-01-15',
    '1988-07-01',
    '1995-01-15',
  ];

  test.each([
    'Europe/London',
    'America/New_York',
    'Asia/Kolkata',
    'Asia/Dubai',
    'America/St_Johns',
    'Africa/Windhoek',
    'America/Adak',
    'Europe/Amsterdam',
    'Europe/Berlin',
  ])('timestamps in %s are the same when PostgreSQL reads them back', async (TimeZone) => {
    const seconds = instants.map((instant) => BigInt(Date.parse(`${instant}T12:00:00Z`) / 1000));
    const printed = encodeUnder({ DateStyle: 'SQL, MDY', TimeZone }, new TimestampSecond('UTC'), seconds);
    await oracle.query("SELECT set_config('DateStyle', 'SQL, MDY', false), set_config('TimeZone', $1, false)", [
      TimeZone,
    ]);
    const { rows } = await oracle.query<{ second: string }>(
      'SELECT extract(epoch FROM t::timestamptz)::int8 AS second FROM unnest($1::text[]) t',
      [printed],
    );
    expect(rows.map(({ second }) => BigInt(second))).toEqual(seconds);
  });

  test('British Standard Time of 1970 is BST', () => {
    const settings = { DateStyle: 'SQL, MDY', TimeZone: 'Europe/London' };
    expect(encodeUnder(settings, new TimestampSecond('UTC'), [0n])).toEqual(['01/01/1970 01:00:00 BST']);
  });
});

describe('IntervalStyle', () => {
  const intervals: readonly (readonly [number, number, bigint])[] = [
    [0, 0, 0n],
    [14, -3, 14_706_700_000_000n],
    [-14, 3, -14_706_700_000_000n],
    [-1, 0, 0n],
    [0, 1, 0n],
    [0, 0, -1_000_000n],
    [0, 0, 1_000_000_000n],
    [12, 0, -1_500_000_000n],
    [0, -1, 61_000_000_000n],
    [1, 1, 1_000n],
    [-13, -1, -3_600_000_000_000n],
    [0, 0, 360_000_000_000_000n],
  ];

  test.each(['postgres', 'postgres_verbose', 'sql_standard', 'iso_8601'])('%s', async (IntervalStyle) => {
    const expected = await oracleUnder(
      { IntervalStyle },
      postgresTypes.interval,
      "make_interval(months => split_part($1::text, ' ', 1)::int, days => split_part($1::text, ' ', 2)::int) + (split_part($1::text, ' ', 3)::int8 / 1000 || ' us')::interval",
      intervals.map((parts) => parts.join(' ')),
    );
    expect(encodeUnder({ IntervalStyle }, new IntervalMonthDayNano(), intervals)).toEqual(expected);
    const [, , days] = await oracleUnder({ IntervalStyle }, postgresTypes.interval, '$1::interval', ['0', '0', '1 us']);
    expect(encodeUnder({ IntervalStyle }, new DurationMicrosecond(), [1n])).toEqual([days]);
  });
});

describe('extra_float_digits', () => {
  const numbers = [0, -0, 0.1, 1 / 3, 1e15, 123456789012345680, 1e-5, 0.0001, 1e300, -2.5, 5e-324, 999999.5, 1e22];
  const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const halfWay = [2 ** 49 + 0.5, 2 ** 49 + 1.5, 2 ** 50 + 0.5, 2 ** 50 + 1.5];

  test.each(['0', '-5', '-15', '1', '3'])('%s', async (digits) => {
    const settings = { extra_float_digits: digits };
    const wide = [...numbers, ...special, ...halfWay];
    const text = wide.map((value) => (Object.is(value, -0) ? '-0' : String(value)));
    expect(encodeUnder(settings, new Float64(), wide)).toEqual(
      await oracleUnder(settings, postgresTypes.float8, '$1::float8', text),
    );
    const narrow = wide.map(Math.fround).filter((value) => value !== 0 && Number.isFinite(value));
    expect(encodeUnder(settings, new Float32(), narrow)).toEqual(
      await oracleUnder(settings, postgresTypes.float4, '$1::float8::float4', narrow.map(String)),
    );
  });
});

describe('bytea_output', () => {
  const values = ['', 'plain', 'back\\slash', '\u0000\u0001\u007f\u0080é', "it's"].map((text) => Buffer.from(text));

  test('escape: printable bytes as they are, others in octal', async () => {
    const settings = { bytea_output: 'escape' };
    const expected = await oracleUnder(settings, postgresTypes.bytea, '$1::bytea', values);
    expect(encodeUnder(settings, new Binary(), values)).toEqual(expected);
    expect(encodeUnder(settings, new BinaryView(), values)).toEqual(expected);
    expect(encodeUnder(settings, new FixedSizeBinary(2), [Buffer.from('a\\')])).toEqual(['a\\\\']);
  });

  test('escape in a list is quoted as arrays are', async () => {
    const settings = { bytea_output: 'escape' };
    const expected = await oracleUnder(settings, arrayOf(postgresTypes.bytea, 1001), 'ARRAY[$1::bytea]', values);
    const lists = values.map((value) => [value]);
    expect(encodeUnder(settings, new List(new Field('item', new Binary())), lists)).toEqual(expected);
  });
});
