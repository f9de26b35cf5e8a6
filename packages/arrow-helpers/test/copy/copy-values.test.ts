import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RawCopyOption } from '../../src/copy/options/copy-options.js';
import { copyIntoArrow, copyIntoOracle, type PostgresType } from './copy-in.js';
import { inputs } from './copy-inputs.js';
import { CopyOracle } from './copy-oracle.js';

const types: readonly (readonly [PostgresType, readonly string[]])[] = [
  ['int2', inputs.int4],
  ['int4', inputs.int4],
  ['int8', inputs.int4],
  ['float4', inputs.float8],
  ['float8', inputs.float8],
  ['numeric(10,2)', inputs['numeric(10,2)']],
  ['numeric(38,10)', inputs['numeric(10,2)']],
  ['bool', inputs.bool],
  ['text', inputs.text],
  ['bytea', inputs.bytea],
  ['date', inputs.date],
  ['time', inputs.time],
  ['timestamp', inputs.timestamp],
  ['timestamptz', inputs.timestamp],
  ['interval', inputs.interval],
  ['uuid', inputs.uuid],
  ['int4[]', inputs['int4[]']],
  ['text[]', inputs['text[]']],
  ['bytea[]', inputs['bytea[]']],
];

/** Random values of a type, as SQL over `i`. */
const randomValues: Readonly<Record<PostgresType, string>> = {
  int2: '(random() * 65535 - 32768)::int2',
  int4: '(random() * 4294967295 - 2147483648)::int4',
  int8: '((random() - 0.5) * 2.0 ^ (random() * 63))::int8',
  float4: '((random() - 0.5) * 10 ^ (random() * 76 - 38))::float4',
  float8: '(random() - 0.5) * 10 ^ (random() * 600 - 300)',
  'numeric(10,2)': '((random() - 0.5) * 10 ^ (random() * 8))::numeric(10,2)',
  'numeric(38,10)': '((random() - 0.5) * 10::numeric ^ ((random() * 28)::int) + random()::numeric)::numeric(38,10)',
  bool: 'random() < 0.5',
  text: 'repeat(chr(1 + (random() * 300)::int), (random() * 9)::int) || chr(92) || chr(9) || i',
  bytea: "decode(md5(random()::text), 'hex')",
  date: "'2000-01-01'::date + ((random() - 0.4) * 10 ^ (random() * 6))::int",
  time: "'00:00'::time + random() * interval '24 hours'",
  timestamp: "'2000-01-01'::timestamp + (random() - 0.4) * 10 ^ (random() * 6) * interval '1 day'",
  timestamptz: "'2000-01-01'::timestamptz + (random() - 0.4) * 10 ^ (random() * 6) * interval '1 day'",
  interval:
    'make_interval(months => (random() * 99 - 50)::int, days => (random() * 9)::int, secs => random() * 1e6 - 5e5)',
  uuid: 'gen_random_uuid()',
  'int4[]': 'ARRAY[i, NULL, (random() * 1000)::int]',
  'text[]': `CASE WHEN i % 3 = 0 THEN '{}' ELSE ARRAY[chr(1 + (random() * 300)::int), NULL, 'NULL', '', 'a "b", {c} \\\\ d'] END`,
  'bytea[]': "ARRAY[decode(md5(random()::text), 'hex'), '', NULL]",
};

const formats: readonly (readonly RawCopyOption[])[] = [
  [],
  [{ name: 'format', value: 'csv' }],
  [{ name: 'format', value: 'binary' }],
];

let oracle: CopyOracle;
beforeAll(async () => {
  oracle = await CopyOracle.open();
  await oracle.run("SET TimeZone = 'UTC'");
});
afterAll(() => oracle[Symbol.asyncDispose]());

describe('values are taken and refused as PostgreSQL does', () => {
  test.each(types)('%s', async (type, texts) => {
    const ours: unknown[] = [];
    const theirs: unknown[] = [];
    for (const text of texts) {
      // After a first line with NULL: then it is known how lines end, and the row loop reads the second.
      const data = [Buffer.from(`\n${/^$|[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text}\n`, 'utf8')];
      const csv: readonly RawCopyOption[] = [{ name: 'format', value: 'csv' }];
      theirs.push({ text, ...(await copyIntoOracle(oracle, { a: type }, csv, data)) });
      ours.push({ text, ...copyIntoArrow({ a: type }, csv, data) });
    }
    expect(ours).toEqual(theirs);
  });
});

describe('what PostgreSQL writes is read back to the same values', () => {
  test.each(types.map(([type]) => type))('%s', async (type) => {
    const query = `SELECT CASE WHEN i % 10 > 0 THEN ${randomValues[type]} END AS a FROM generate_series(1, 2000) i`;
    await oracle.run(`DROP TABLE IF EXISTS random_values; CREATE TEMPORARY TABLE random_values AS ${query}`);
    const { data: expected } = await oracle.run('COPY random_values TO STDOUT');
    for (const options of formats) {
      const format = options[0]?.value ?? 'text';
      const { data } = await oracle.run(`COPY random_values TO STDOUT WITH (format '${format}')`);
      const { rows, error } = copyIntoArrow({ a: type }, options, data, 300);
      expect(error).toBeUndefined();
      expect(rows).toEqual(expected.map(String));
    }
  });
});

test('what an Arrow type cannot hold is refused', () => {
  const last = Buffer.from('294247-01-10 04:00:54.775807\n');
  expect(copyIntoArrow({ a: 'timestamp' }, [], [last]).error).toMatchObject({
    sqlstate: '22008',
    message: 'timestamp out of range: "294247-01-10 04:00:54.775807"',
  });
  expect(copyIntoArrow({ a: 'numeric(10,2)' }, [], [Buffer.from('NaN\n')]).error).toMatchObject({
    sqlstate: '22003',
    message: 'numeric field overflow',
  });
});
