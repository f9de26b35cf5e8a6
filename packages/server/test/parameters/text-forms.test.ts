import { defaultTextSettings, inputSettings } from '@riffq/arrow-helpers';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import type { ParameterValue } from '../../src/query-context.js';
import { inputs } from './input-texts.js';
import { type OracleError, ParameterOracle } from './parameter-oracle.js';
import { readParameter } from './read-parameter.js';

const deep = 3000;

/** What belongs to nobody's values, and what only parameters may be. */
const more: Readonly<Record<string, readonly string[]>> = {
  date: ['2023-02-29', '1999-01-08 BC', '4714-11-24 BC', '4714-11-23 BC', '5874898-01-01', '99-01-08', '08-Jan-99'],
  time: ['04:05:60', '04:05:61', '16:05 PM', '04:05:06-8', '2003-04-12 04:05:06 America/New_York', '04:05:06.7899999'],
  timetz: [
    ...['5874898-05-31 12:00 America/New_York', '5874898-06-01 12:00 America/New_York', '9999999-07-01 12:00 EST5EDT'],
    ...[
      '4714-11-01 BC 12:00 Europe/Berlin',
      '4714-10-31 BC 12:00 Europe/Berlin',
      '2147483647-07-01 12:00 Europe/Berlin',
    ],
    ...['04:05:06+16', '04:05 Nowhere/Zone', '04:05 PST', '', '04:05:06+05:30:10'],
  ],
  timestamp: [
    ...['2024-01-01T00:00:00Z', '294276-12-31 23:59:59.999999', '294277-01-01', '4713-01-01 00:00:00 BC'],
    ...['4714-11-24 00:00:00 BC', '4714-11-23 BC', '2024-01-01 24:00', '2024-01-01 24:00:01', '2024-01-01 00:00 foo'],
    ...['-infinity', '2024-01-01 00:00:00+05', '2024-01-01 12:00 Europe/Berlin'],
  ],
  timestamptz: ['2024-01-01 00:00 +16:00', '2024-01-01 00:00:00 Nowhere/Zone', '4714-11-24 00:00+01 BC', '-infinity'],
  interval: [
    ...['1-2', '1 2:03:04', 'PT', 'P', '-1 day +2:00', '1.5 months', '-infinity', '1 foo', '1', '1e5 days'],
    ...['178956970 years', '178956971 years', '1 day 1 day', '10:11', 'P0001-02-03T04:05:06', '1 mon -1 day'],
    ...['1 decade 2 centuries', '5 5 5', 'P1W', '1:2:3:4', 'P1.5D', '1 year 2 mons -3 days +04:05:06.789'],
    ...['2147483647 days', '2147483648 days', '-2147483648 months', '99999999999999999999 days', 'P1Y-2M', '1 day -'],
  ],
  json: [
    ...[
      '{}',
      ' {"a" : [1, 2.5e3, true, null, "x\\u0000\\ud800"]} ',
      "{'a':1}",
      '',
      '  ',
      'nul',
      'nullx',
      '[1,]',
      '[,1]',
    ],
    ...[
      '"\t"',
      '01',
      '1.',
      '-',
      '-x',
      '1e',
      '1.5.5',
      '1x',
      '.5',
      '+1',
      '{"a":1,}',
      '{"a" 1}',
      '{1:2}',
      '{"a":}',
      '{"a"',
    ],
    ...[
      '[',
      '[1',
      '[1 2]',
      '{"a":1 "b":2}',
      '1 2',
      '{} x',
      '"abc',
      '"\\q"',
      '"\\u12g4"',
      '"\\',
      '"\\u1',
      ']',
      '}',
      ':',
    ],
    ...[
      'é',
      '"\\é"',
      '[é]',
      `["${'x'.repeat(60)}", y]`,
      `["${'é'.repeat(40)}", y, z]`,
      '[1,\n2,\n x,\n3]',
      '{\n"a":\n',
      '@',
    ],
    ...[
      `["${'x'.repeat(46)}" y]`,
      '{"a":1,"a":2}',
      `${'['.repeat(deep)}${']'.repeat(deep)}`,
      '"\\u0041"',
      '[1}',
      '{"a":1]',
    ],
  ],
  jsonb: [
    ...['"\\u0000"', '"\\ud800"', '"\\ud800x"', '"\\ud800\\n"', '"\\ud800\\ud800"', '"\\udc00"', '"\\ud83d\\ude00"'],
    ...['{"a":"\\u0000"}', '1e1000000', '1e100', '[1, 1e131072]', '"1e1000000"', 'nul', '"\\u12"', '"\\ud800\\u0041"'],
    ...[
      ' {"b":[1e2,-0,1.50] , "a" : {"é":"\\u00e9\\n","z":null,"z":true},"aa":"\\/"} ',
      `${'['.repeat(deep)}${']'.repeat(deep)}`,
      `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`,
      '["\\u0041", 1e1000000',
      '[1e1000000',
    ],
  ],
  inet: [
    '1.2.3.4/32',
    '1.2.3',
    '::ffff:1.2.3.4',
    '::1.2.3.4',
    '::g',
    '1.2.3.4/',
    '1.2.3.4/-1',
    'FE80:0:0:0:1::/64',
    '::/0',
  ],
  cidr: ['10.1.2.3/8', '::1/64', '10/33', '1.2.3.4', '192.168', '2001:DB8:0:0::/32', '::ffff:1.2.3.4/128'],
  pg_lsn: [
    '16/B374D848',
    '0/0',
    'ffffffff/abcdef12',
    '00000001/1',
    '/1',
    '1/',
    '1',
    'x/1',
    '123456789/1',
    ' 1/1',
    '1/1 ',
    '',
  ],
  tid: [
    '(0,1)',
    '(4294967295,65535)',
    '(4294967296,1)',
    '(0,65536)',
    '(0,1',
    '0,1',
    'x',
    '',
    ' (0,1)',
    '(0,1)x',
    '( 0, 1)',
    '(0 ,1)',
  ],
  'date[]': ['{2024-02-29}', '{2024-02-30}', '{"Jan 8, 1999",NULL}', '{{today},{x}}', '{{infinity}}'],
  'timestamptz[]': ['{"2024-01-01 00:00+01",infinity}', '{x}'],
  'interval[]': ['{"1 day",x}', '{"1 day 2 hours"}'],
  'jsonb[]': ['{"{\\"a\\":1}",x}'],
  'inet[]': ['{1.2.3.4,x}'],
  'macaddr[]': ['{08002b010203}', '{x}'],
};

const types = [
  ...['date', 'time', 'timetz', 'timestamp', 'timestamptz', 'interval', 'json', 'jsonb', 'inet', 'cidr', 'macaddr'],
  ...['macaddr8', 'money', 'pg_lsn', 'tid', 'date[]', 'timestamptz[]', 'interval[]', 'jsonb[]', 'inet[]', 'macaddr[]'],
];

/** What every type of dates is asked in sessions that read them otherwise. */
const ordered = [
  ...[
    '01/02/2024',
    '1/2/24',
    '13/02/2024',
    '02/13/2024',
    '24/02/01',
    '01-02-2024',
    '01.02.2024',
    '8 Jan 99',
    '99 Jan 8',
  ],
  ...['2024-03-31 02:30:00', '2024-10-27 02:30:00', '2024-03-10 02:30:00', '2024-11-03 01:30:00', '2024-07-01 12:30'],
  ...[
    '2024-01-01 00:00 CET',
    '2024-07-01 00:00 CEST',
    '2024-01-01 00:00 EST',
    '2024-01-01 00:00+03',
    'epoch',
    '990108',
  ],
  ...['2024-01-01 00:00 IST', '0044-03-15 BC', '1880-01-01', '01/02/70 03:04 PM', '31/04/2024', '1.2.69', '2024.100'],
];
const intervals = ['-1 2:03:04', '-1-2 +3 4:05:06', '-1 day 2 hours', '-1-2 3 4:05:06', '1 day ago', '-1', '-1.5 days'];

/** Of arrays only what is wrong with them is compared. */
function shown(value: ParameterValue | { error: OracleError }): unknown {
  return Array.isArray(value) ? 'an array' : value;
}

async function expectSame(
  type: string,
  texts: readonly string[],
  given: Readonly<Record<string, string>> = {},
): Promise<void> {
  await using oracle = await ParameterOracle.connect(given);
  const settings = { ...defaultTextSettings, ...inputSettings((name) => given[name]) };
  const ours: unknown[] = [];
  const theirs: unknown[] = [];
  for (const text of texts) {
    const answer = await oracle.bind(type, text);
    ours.push([text, shown(readParameter(type, text, settings))]);
    const value = type.endsWith('[]') ? 'an array' : type === 'json' ? text : answer;
    theirs.push([text, typeof answer === 'string' ? value : { error: answer }]);
  }
  expect(ours).toEqual(theirs);
}

test.each(types)('text of %s is refused as PostgreSQL refuses it, and else is what it prints', async (type) => {
  await expectSame(type, [...(inputs[type as keyof typeof inputs] ?? []), ...(more[type] ?? [])]);
});

test.each([
  ['DMY', 'Europe/Berlin'],
  ['YMD', 'America/New_York'],
  ['MDY', 'Asia/Kolkata'],
  ['DMY', 'UTC'],
])('dates are read by DateStyle %s in %s', async (order, zone) => {
  for (const type of ['date', 'timestamp']) {
    await expectSame(type, ordered, { DateStyle: `ISO, ${order}`, TimeZone: zone });
  }
});

test.each(['Europe/Berlin', 'America/New_York'])(
  'moments without a zone are those of %s, and arrive in UTC',
  async (zone) => {
    await using oracle = await ParameterOracle.connect({ TimeZone: zone });
    const settings = { ...defaultTextSettings, timeZone: zone };
    for (const text of ordered) {
      const theirs = await oracle.bind('timestamptz', text);
      const ours = readParameter('timestamptz', text, settings);
      // PostgreSQL prints it in the session's zone, so it is told ours.
      if (typeof ours === 'string') expect([text, await oracle.bind('timestamptz', ours)]).toEqual([text, theirs]);
      else expect(ours).toEqual({ error: theirs });
      if (typeof ours === 'string') expect(ours).toMatch(/\+00( BC)?$/);
    }
  },
);

test('today and now are those of the session', () => {
  const clock = () => BigInt(Date.UTC(2024, 5, 30, 23, 30)) * 1000n;
  const settings = { ...defaultTextSettings, timeZone: 'Asia/Tokyo', clock };
  expect(readParameter('date', 'today', settings)).toBe('2024-07-01');
  expect(readParameter('date', 'now', settings)).toBe('2024-07-01');
  expect(readParameter('timestamp', 'now', settings)).toBe('2024-07-01 08:30:00');
  expect(readParameter('timestamptz', 'now', settings)).toBe('2024-06-30 23:30:00+00');
  expect(readParameter('timestamptz', 'tomorrow', settings)).toBe('2024-07-01 15:00:00+00');
  expect(readParameter('time', 'now', settings)).toBe('08:30:00');
  expect(readParameter('timetz', '12:00', settings)).toBe('12:00:00+09');
});

test('a lone sign is that of all of an interval in sql_standard', async () => {
  const client = new pg.Client(inject('oracle'));
  await client.connect();
  const settings = { ...defaultTextSettings, intervalStyle: 'sql_standard' } as const;
  const theirs: unknown[] = [];
  for (const text of intervals) {
    // Read in one style and, in the same statement, printed in the other.
    await client.query('set IntervalStyle to sql_standard');
    const { rows } = await client.query(
      "select format('%s', $1::interval) as output from set_config('IntervalStyle', 'postgres', false)",
      [text],
    );
    theirs.push([text, rows[0].output]);
  }
  await client.end();
  expect(intervals.map((text) => [text, readParameter('interval', text, settings)])).toEqual(theirs);
});
