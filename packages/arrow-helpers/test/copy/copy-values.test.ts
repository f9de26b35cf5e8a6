import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RawCopyOption } from '../../src/copy/copy-options.js';
import { copyIntoArrow, copyIntoOracle, type PostgresType } from './copy-in.js';
import { CopyOracle } from './copy-oracle.js';

/** Texts, good and bad, that are read as a value each. */
const inputs: Readonly<Record<Exclude<PostgresType, 'int2' | 'int8' | 'float4' | 'timestamptz'>, readonly string[]>> = {
  int4: [
    ...['0', '-0', '+5', '1', '-1', '32767', '32768', '-32768', '-32769', '2147483647', '2147483648', '-2147483648'],
    ...['-2147483649', '9223372036854775807', '-9223372036854775808', '9223372036854775808', '000000000000001', ' 7 '],
    ...['1_000', '1__0', '_1', '1_', '0x1F', '0X_ff', '-0x80000000', '0b101', '0o17', '0o8', '0x', '', ' ', '-', '+-1'],
    ...['1.0', '1e3', 'one', '12x', 'NaN', '1 2', '\u00a07', '99999999999999999999999'],
  ],
  float8: [
    ...[
      '0',
      '-0',
      '1',
      '1.5',
      '-1.5e3',
      '.5',
      '5.',
      '.',
      '',
      'e5',
      '1e',
      '1e400',
      '-1e400',
      '1e-400',
      '1e-310',
      '1e39',
    ],
    ...['0.1', '0.30000000000000004', '123456789012345678', '3.4028235e38', '3.5e38', '1e-46', '1e-45', 'NaN', 'nan'],
    ...[
      'Infinity',
      '-infinity',
      '+inf',
      'inf',
      'infi',
      ' 1 ',
      '1 2',
      'x',
      '1_000',
      '1.17549435e-38',
      '16777217',
      '--1',
    ],
    ...['9007199254740993', '0.000000000000001', '1234567.8901234567', '2.5E-3', '999999999999999', '0.0e5', '-0.0'],
  ],
  'numeric(10,2)': [
    ...[
      '0',
      '-0',
      '1',
      '1.5',
      '-1.005',
      '1.004999',
      '1.995',
      '99999999.99',
      '99999999.994',
      '99999999.995',
      '100000000',
    ],
    ...[
      '-99999999.99',
      '-99999999.995',
      '.5',
      '5.',
      '.',
      '',
      '1e3',
      '1E-2',
      '4e-3',
      '5e-3',
      '-5e-3',
      '1e7',
      '1e8',
      '1e',
    ],
    ...[
      '1_000.5_0',
      '1__0',
      '0x1F',
      '0x_ff',
      '0b11',
      '-0o17',
      ' 7.1 ',
      '7 1',
      'x',
      '--1',
      '1.2.3',
      '0e9',
      '1e131072',
      '1e1073741823',
      '1e-1073741823',
      '0e99999999999',
    ],
    ...['1e-20000', '000000000000000000000001.5', '0.00000000000000000001', 'Infinity', '-inf', '12345678.9', '+3.456'],
  ],
  bool: [
    ...[
      't',
      'tr',
      'true',
      'TRUE',
      'trues',
      'y',
      'yes',
      'on',
      'o',
      'of',
      'off',
      'f',
      'false',
      'n',
      'no',
      'nope',
      '0',
      '1',
    ],
    ...['2', '', ' t ', '10', 'T', 'F', 'ye', 'fals'],
  ],
  text: ['', 'x', 'é', '🐘', ' x ', 'a\u0001b'],
  bytea: [
    ...['\\x', '\\x00ff', '\\xAb', '\\x0', '\\x0g', '\\xé0', '\\x00 11', '\\x0 0', '', 'abc', 'a\\\\b', 'a\\001b'],
    ...['\\377', '\\400', '\\8', 'a\\', 'é', '\\x00\t11', 'x00', '\\00'],
  ],
  date: [
    ...[
      '2024-02-29',
      '2023-02-29',
      '2024-13-01',
      '2024-12-32',
      '0001-01-01',
      '0000-01-01',
      '4714-11-24 BC',
      '4714-11-23 BC',
    ],
    ...['5874897-12-31', '5874898-01-01', '10000-01-01', '20240229', '2024-2-9', 'infinity', '-infinity', 'epoch', ''],
    ...[
      '2024-02-29 12:30:00',
      '2024-02-29T12:30',
      'x',
      '2024-02',
      ' 2024-02-29 ',
      '0044-03-15 bc',
      '1900-02-29',
      '2000-02-29',
    ],
  ],
  time: [
    ...[
      '00:00:00',
      '23:59:59.999999',
      '24:00:00',
      '24:00:00.000001',
      '25:00:00',
      '12:60:00',
      '12:30',
      '1:2:3',
      '12:30:60',
    ],
    ...['12:30:00.1234567', '23:59:59.9999999', '12:30:00+05', '', 'x', '12', '12:30:61', ' 12:30:00 ', '12:30:00.5'],
  ],
  timestamp: [
    ...['2024-02-29 12:30:00', '2024-02-29T12:30:00.5', '2024-02-29', '2024-02-29 24:00:00', '2024-02-29 25:00:00'],
    ...[
      '2024-02-29 12:30:00+05',
      '2024-02-29 12:30:00.123456-03:30',
      '2024-02-29 12:30:00Z',
      '2024-02-29 12:30:00 UTC',
    ],
    ...[
      'infinity',
      '-infinity',
      'epoch',
      '294247-01-10 04:00:54.775806',
      '294277-01-01 00:00:00',
      '4714-11-24 00:00:00 BC',
    ],
    ...['4714-11-23 23:59:59 BC', '2024-02-30 00:00:00', '2024-02-29 12:30:60', '2024-02-29 12:61:00', 'x', ''],
    ...[
      '0001-01-01 00:00:00 BC',
      '2024-02-29 12:30:00+16',
      '2024-02-29 12:30:00+15:59:59',
      '1969-12-31 23:59:59.999999',
    ],
    ...[
      '20240229 12:30:00',
      '2024-02-29 1:2',
      '0044-03-15 12:00:00+02 BC',
      '2024-02-29 12:30:00.9999999',
      '99999-01-01 00:00:00',
    ],
  ],
};

const types: readonly (readonly [PostgresType, readonly string[]])[] = [
  ['int2', inputs.int4],
  ['int4', inputs.int4],
  ['int8', inputs.int4],
  ['float4', inputs.float8],
  ['float8', inputs.float8],
  ['numeric(10,2)', inputs['numeric(10,2)']],
  ['bool', inputs.bool],
  ['text', inputs.text],
  ['bytea', inputs.bytea],
  ['date', inputs.date],
  ['time', inputs.time],
  ['timestamp', inputs.timestamp],
  ['timestamptz', inputs.timestamp],
];

/** Random values of a type, as SQL over `i`. */
const randomValues: Readonly<Record<PostgresType, string>> = {
  int2: '(random() * 65535 - 32768)::int2',
  int4: '(random() * 4294967295 - 2147483648)::int4',
  int8: '((random() - 0.5) * 2.0 ^ (random() * 63))::int8',
  float4: '((random() - 0.5) * 10 ^ (random() * 76 - 38))::float4',
  float8: '(random() - 0.5) * 10 ^ (random() * 600 - 300)',
  'numeric(10,2)': '((random() - 0.5) * 10 ^ (random() * 8))::numeric(10,2)',
  bool: 'random() < 0.5',
  text: 'repeat(chr(1 + (random() * 300)::int), (random() * 9)::int) || chr(92) || chr(9) || i',
  bytea: "decode(md5(random()::text), 'hex')",
  date: "'2000-01-01'::date + ((random() - 0.4) * 10 ^ (random() * 6))::int",
  time: "'00:00'::time + random() * interval '24 hours'",
  timestamp: "'2000-01-01'::timestamp + (random() - 0.4) * 10 ^ (random() * 6) * interval '1 day'",
  timestamptz: "'2000-01-01'::timestamptz + (random() - 0.4) * 10 ^ (random() * 6) * interval '1 day'",
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
      const data = [Buffer.from(`"${text}"\n`, 'utf8')];
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
