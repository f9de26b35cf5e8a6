import { buildData, type Raw } from '@riffq/all-types';
import {
  Bool,
  DataType,
  DateDay,
  DateMillisecond,
  Dictionary,
  DurationSecond,
  Field,
  Float32,
  Float64,
  Int8,
  Int32,
  List,
  Struct,
  TimestampMicrosecond,
  TimestampSecond,
} from 'apache-arrow';
import { Client } from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { encodeBinary, encodeText } from './encode-column.js';

const TRUTH_AS_NAME = '(SELECT to_json(r) FROM (SELECT false::name AS a) AS r)';

/** Scalars, then lists: Arrow type, what is stored, what is declared, and the value as PostgreSQL's. */
const values: readonly (readonly [type: DataType, raw: Raw, declared: string, sql: string])[] = [
  [new DateDay(), 19_723, 'text', "date '2024-01-01'::text"],
  [new DateMillisecond(), 1_704_067_200_000n, 'varchar', "date '2024-01-01'::varchar"],
  [new DateDay(), 19_723, 'varchar(20)', "date '2024-01-01'::varchar(20)"],
  [new DateDay(), 2 ** 31 - 1, 'text', "date 'infinity'::text"],
  [new TimestampSecond(), 1_704_067_201n, 'text', "timestamp '2024-01-01 00:00:01'::text"],
  [new TimestampMicrosecond('UTC'), 1_704_067_201_500_000n, 'text', "timestamptz '2024-01-01 00:00:01.5+00'::text"],
  [new TimestampMicrosecond('UTC'), 0n, 'char(40)', "timestamptz '1970-01-01 00:00:00+00'::char(40)"],
  [new Float64(), 1 / 3, 'text', '(1.0::float8 / 3)::text'],
  [new Float32(), Math.fround(0.1), 'name', '0.1::float4::name'],
  [new DurationSecond(), 90_061n, 'text', "(interval '25:01:01')::text"],
  [new Bool(), true, 'text', 'true::text'],
  [new Bool(), false, 'varchar(5)', 'false::varchar(5)'],
  [new Bool(), true, 'name', 'true::name'],
  [new Struct([new Field('a', new Bool(), true, new Map([['PG:type', 'name']]))]), [false], 'json', TRUTH_AS_NAME],
  [new Int32(), -7, 'text', '(-7)::text'],
  [new List(new Field('item', new DateDay())), [19_723], 'text[]', "ARRAY[date '2024-01-01'::text]"],
  [new List(new Field('item', new Bool())), [true, false, null], 'text[]', 'ARRAY[true, false, NULL]::text[]'],
  [new List(new Field('item', new Bool())), [true, false, null], 'name[]', 'ARRAY[true, false, NULL]::name[]'],
  [new List(new Field('item', new Dictionary(new Bool(), new Int8()))), [true], 'name[]', 'ARRAY[true]::name[]'],
];

const sessions: readonly Readonly<Record<string, string>>[] = [
  {},
  { DateStyle: 'German, DMY', TimeZone: 'Europe/Berlin', IntervalStyle: 'iso_8601', extra_float_digits: '-3' },
  { DateStyle: 'SQL, DMY', TimeZone: 'Asia/Kolkata', IntervalStyle: 'sql_standard', extra_float_digits: '0' },
  { DateStyle: 'ISO, MDY', TimeZone: 'America/New_York', IntervalStyle: 'postgres_verbose' },
];

describe.each(sessions)('in a session of %j', (session) => {
  test('what is declared to be text is what a cast to text makes of it, in both formats', async () => {
    const client = new Client({ ...inject('oracle') });
    await client.connect();
    for (const [name, value] of Object.entries({ TimeZone: 'UTC', ...session })) {
      await client.query('SELECT set_config($1, $2, false)', [name, value]);
    }
    const printed = values.map(([, , , sql]) => `format('%s', ${sql})`).join(', ');
    const { rows } = await client.query<{ texts: string[] }>(`SELECT ARRAY[${printed}] AS texts`);
    await client.end();
    const expected = rows[0]?.texts ?? [];
    const columns = values.map(([type, raw, declared]) => [buildData(type, [null, raw]), declared] as const);
    const texts = columns.map(([data, declared]) => encodeText(data, new Map([['PG:type', declared]]), session)[1]);
    expect(texts).toEqual(expected);
    const scalars = columns.filter(([{ type }]) => !DataType.isList(type));
    const bytes = scalars.map(([data, declared]) => encodeBinary(data, new Map([['PG:type', declared]]), session)[1]);
    expect(bytes).toEqual(expected.slice(0, scalars.length).map((text) => Buffer.from(text).toString('hex')));
  });
});
