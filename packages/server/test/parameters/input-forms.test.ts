import { RowEncoder, toArrow } from '@riffq/arrow-helpers';
import { isPgError, typeOid } from '@riffq/wire';
import { expect, test } from 'vitest';
import { stringConversions } from '../../src/conversion/string-conversions.js';
import { decodeParameter } from '../../src/parameters/decode-parameter.js';
import { ParameterOracle } from './parameter-oracle.js';

/** Texts in forms other than PostgreSQL prints, and some that it takes for none of the type's. */
const inputs = {
  macaddr: [
    ...['08:00:2b:01:02:03', '08-00-2B-01-02-03', '08002b:010203', '08002b-010203', '0800.2b01.0203'],
    ...['0800-2b01-0203', '08002b010203', '8:0:2B:1:2:3', ' 08:00:2b:01:02:03 ', '08:00:2b:01:02', '08.00.2b.01.02.03'],
    ...['08:00:2b-01:02:03', '', '08:00:2b:01:02:0g'],
  ],
  macaddr8: [
    ...['08:00:2b:01:02:03:04:05', '08-00-2B-01-02-03-04-05', '08002b:0102030405', '08002b01:02030405'],
    ...['0800.2b01.0203.0405', '08002b0102030405', '08:00:2b:01:02:03', '0800.2b01.0203', ' 08002b010203 '],
    ...['08:00-2b:01:02:03', '08:00:2b:01:02', ''],
  ],
  inet: [
    ...[
      '10.0.0.1',
      '10.0.0.1/32',
      '10.1/16',
      '192.168/24',
      '10/8',
      '10',
      '10.1.2',
      '10.1/24',
      '10.0.0.1/33',
      '256.0.0.1',
    ],
    ...['FE80::1', '::ffff:1.2.3.4', '2001:db8::/32', 'fe80::1/129', 'fe80::1%1', '', '1.2.3.4.5', '010.1.2.3'],
  ],
  cidr: [
    ...['10', '10.1', '10.1.2', '10.1.2.3', '128', '128.1', '192', '192.168.1', '224', '240', '10/16', '10.0.0.0/8'],
    ...['192.168.1.0/24', '2001:DB8::/32', '::1', '10.0.0.0/33', '256', ''],
  ],
  jsonb: [
    ...['{"b":1,"a":2}', '{"aa":1,"b":2,"a":3,"b":4}', '"\\u0041\\n\\u001f\\/"', '[1, 2,[],{}]', 'true', ' null '],
    ...[
      '1.0',
      '1e2',
      '1.50e1',
      '1E-3',
      '-0',
      '12345678901234567890.5',
      '{"__proto__":{"10":1,"9":"é"}}',
      '{"é":1,"zz":2,"b":3}',
    ],
    ...['{a:1}', '', '[1,]', '01'],
  ],
  time: [
    ...[
      '04:05',
      '04:05:06.789',
      '040506',
      '0405',
      '04:05 PM',
      '04:05:06 am',
      '12:00 AM',
      '12:00PM',
      '13:00 PM',
      'allballs',
    ],
    ...['23:59:60', '24:00:00', '04:60', '4:05', '040506.5', ' 04:05 '],
  ],
  date: ['2024-02-29', '20240229', '0044-03-15 BC', ' 2024-02-29 ', '2024-02-30', '2024-13-01', 'x'],
  timestamp: [
    '20240101T010203',
    '20240101 010203',
    '20240101T010203.5',
    '2024-06-30 23:59:60',
    ' 2024-06-30 23:59:59 ',
    '2024-06-30 24:00:00',
    '2024-06-30 25:00',
  ],
  timetz: [
    ...[
      '12:00:00',
      '12:00 PM+1',
      '12:00:00.5 -07:30',
      '040506+02',
      '04:05:06.789Z',
      '04:05 UTC',
      'allballs',
      '24:00:00+00',
    ],
    ...['04:05+05:30:10', '04:05-00', 'x', ''],
  ],
  interval: [
    ...[
      '1-2',
      '-1-2',
      '1-2 3 4:05:06',
      '3 4:05:06',
      '1-12',
      '@ 1 day ago',
      '@ 1 year 2 mons ago',
      '1 day ago',
      '@ 5',
      '1.5',
    ],
    ...[
      '1.5 months',
      '1.5 years',
      '1.5 weeks',
      '1.5 days',
      '-1.5 days',
      '1.5 hours',
      '0.1 days',
      '0.7 mons',
      '2 decades',
    ],
    ...[
      '1 century',
      '2 centuries',
      '1 millennium',
      '5 ms',
      '5 milliseconds',
      '7 us',
      '1d 2h 3m 4s',
      '1 y 2 mon',
      '2 weeks',
    ],
    ...['1 day 04:05', '-04:05:06.5', '4:5:6', 'P1Y2M3DT4H5M6S', 'infinity', '1 fortnight', 'ago', '', 'x', '1 day x'],
  ],
  timestamptz: ['20240101T010203Z', '20240101T010203+05', '2024-06-30 23:59:60+00'],
} as const;

function echoed(type: keyof typeof inputs, input: string): unknown {
  try {
    const value = decodeParameter(Buffer.from(input), 'text', typeOid[type], 1);
    const table = toArrow([{ name: 'x', type }], [[value]]);
    return ['text', 'binary'].map((format) => {
      const encoder = new RowEncoder(table.schema, [format === 'text' ? 'text' : 'binary'], stringConversions);
      for (const batch of table.batches) encoder.setBatch(batch);
      const bytes = new Uint8Array(encoder.nextRowSize());
      // Behind the message's header, the count of columns and the length.
      const cell = Buffer.from(bytes.subarray(11, encoder.encode(bytes, 0, 1)));
      return cell.toString(format === 'text' ? 'utf8' : 'hex');
    });
  } catch (error) {
    return isPgError(error) ? error.sqlstate : error;
  }
}

const types = [
  'macaddr',
  'macaddr8',
  'inet',
  'cidr',
  'jsonb',
  'time',
  'date',
  'timestamp',
  'timetz',
  'interval',
  'timestamptz',
] as const;

test.each(types)('what PostgreSQL reads as %s goes from a parameter through toArrow as its own text', async (type) => {
  await using oracle = await ParameterOracle.connect();
  const theirs = await oracle.read(type, inputs[type]);
  const answers = theirs.map((answer) => [
    answer.input,
    'error' in answer ? answer.error.sqlstate : [answer.output, answer.binary.toString('hex')],
  ]);
  expect(inputs[type].map((input) => [input, echoed(type, input)])).toEqual(answers);
});
