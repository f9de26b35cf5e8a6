import { RowEncoder, toArrow } from '@riffq/arrow-helpers';
import { type Format, isPgError, typeOid } from '@riffq/wire';
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
  name: [
    '',
    'a',
    'x'.repeat(63),
    'x'.repeat(64),
    `${'x'.repeat(62)}é`,
    `${'x'.repeat(61)}éé`,
    `${'x'.repeat(60)}🐘b`,
    '漢'.repeat(30),
  ],
  money: [
    ...[
      '12.30',
      '$12.30',
      '-$12.30',
      '$-12.30',
      '($12.3)',
      '1,234,567.895',
      '12.994',
      '12.995',
      '-0.005',
      '-0.004',
      '.5',
      '5.',
    ],
    ...[
      '',
      ' ',
      '$',
      '12.3.4',
      '12 3',
      '12,',
      '+5',
      '5-',
      '5 $',
      '$ 5',
      '- 5',
      '-(5',
      '5x',
      '1e3',
      '92233720368547758.07',
    ],
    ...[
      '92233720368547758.08',
      '-92233720368547758.08',
      '-92233720368547758.09',
      '1,2,3',
      '$$5',
      '12.3,4',
      '12.345,6',
      '--5',
    ],
  ],
  int4range: [
    ...[
      '[1,5]',
      '(1,5)',
      '(1,2)',
      '[1,1]',
      '(1,1]',
      '[1,1)',
      '[5,1]',
      '(,5]',
      '[3,]',
      '(,)',
      '[,]',
      'empty',
      ' EMPTY ',
      ' [ 1 , 5 ] ',
    ],
    ...[
      '[2147483647,]',
      '[1,2147483647]',
      '(2147483647,)',
      '[1,2147483648]',
      '[a,5]',
      '["1",5)',
      '[1,5',
      '1,5',
      '[1,2,3]',
      '[1,5) x',
    ],
    ...['[1 5]', '', '["",5)', '[\\1,5)', 'emptyx', '[0x10,1_000)', '[-5,-1)', '[(1,5)', '[1;5)', '["1,5)'],
  ],
  int8range: ['[1,9223372036854775806]', '[1,9223372036854775807]', '[-9223372036854775808,0)'],
  numrange: [
    ...[
      '[1.50,5]',
      '(1,1.0)',
      '[1,1.0]',
      '[NaN,NaN]',
      '[Infinity,NaN)',
      '[-inf,1)',
      '[NaN,1]',
      '[1e2,1e3]',
      '["",1]',
      '[ 1.5 , 2 ]',
    ],
  ],
  daterange: [
    ...[
      '[2024-01-01,2024-12-31]',
      '(2024-02-28,2024-03-01)',
      '(2024-02-28,2024-02-29)',
      '[-infinity,infinity]',
      '(infinity,)',
    ],
    ...[
      '["Jan 8, 1999",1999-01-09]',
      '[2024-13-01,]',
      '[x,]',
      '[2024-01-01,5874897-12-31]',
      '(2024-01-01,infinity)',
      '[0044-03-15 BC,]',
    ],
  ],
  tsrange: [
    ...[
      '[2024-01-01,2024-01-02)',
      '["2024-01-01 12:30:00.5",)',
      '[2024-01-01 00:00,2024-01-01]',
      '(2024-01-01,2024-01-01)',
      '[epoch,infinity]',
    ],
    ...['["0044-03-15 12:00 BC",)', '[2024-01-01 25:00,)'],
  ],
  tstzrange: [
    '[2024-01-01,2024-01-01 00:00 America/New_York]',
    '[2024-01-01 00:00+01,)',
    '(-infinity,2024-01-01 00:00 Foo/Bar)',
  ],
  int4multirange: [
    ...[
      '{}',
      '{[1,5],[3,9]}',
      '{[7,9),[1,5)}',
      '{[1,5),[5,9)}',
      '{[1,5],[7,9]}',
      '{empty,[1,2)}',
      ' { [1,2) , (,0] } ',
      '{(,)}',
    ],
    ...[
      '{[1,5}',
      '[1,5)',
      '{[1,5),}',
      '{,}',
      '{[5,1)}',
      '{[1,5)} x',
      '',
      '{[1,9),[2,3)}',
      '{[3,),[1,2]}',
      '{[3,),[1,]}',
    ],
  ],
  nummultirange: ['{[1,2),(2,3)}', '{[1,2],(2,3)}', '{[1,2),[2,3)}', '{(1,2),[1,2]}', '{(1,5),[1,2)}'],
  datemultirange: ['{[2024-01-01,2024-01-31],[2024-02-01,2024-02-05]}'],
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
    ...['23:59:60', '24:00:00', '04:60', '4:05', '040506.5', ' 04:05 ', '04:05:06+01', '04:05 PST', '040506+0730'],
    ...[
      '2003-04-12 04:05:06',
      '2003-04-12 04:05 America/New_York',
      '04:05 America/New_York',
      '04:',
      '4',
      '0405PM',
      'T040506',
    ],
    ...[
      '04:05.5',
      '24:00:01',
      '25:00',
      '04:05 AM PM',
      '04:05+99',
      'epoch',
      'today',
      '04:05 Foo',
      '04:05 am America/Nowhere',
    ],
  ],
  date: [
    ...['2024-02-29', '20240229', '0044-03-15 BC', ' 2024-02-29 ', '2024-02-30', '2024-13-01', 'x', ''],
    ...['Jan 8, 1999', 'January 8, 1999', '8 January 1999', '8-Jan-1999', '1999-Jan-08', 'Jan-08-1999', '08-Jan-99'],
    ...[
      'Jan-08-99',
      '99-Jan-08',
      'January 8 99 BC',
      '1999.008',
      '2024.366',
      '2023.366',
      '1/8/1999',
      '1/18/1999',
      '18/1/1999',
    ],
    ...['01/02/03', '1-2-3', '990108', '1.8.1999', 'J2451187', 'Julian 2451187', '2451187', 'epoch', 'infinity'],
    ...[
      '-infinity',
      '+infinity',
      'Wednesday January 8 1999',
      'Jan 8',
      'Jan 1999',
      '8 Foo 1999',
      'Jan 32, 1999',
      '0-1-1',
    ],
    ...[
      '0000-01-01',
      '69-1-1',
      '70-1-1',
      '8 Jan 1999 AD',
      '1999 Jan 8',
      '1999 1 8',
      '1 8 1999',
      'Jan Feb 8 1999',
      'today today',
    ],
    ...[
      '2024-01-01 allballs',
      'epoch 2024',
      'Sept 3 2020',
      'Fri, 3 Sep 2020',
      '2024-01',
      '2024',
      '2024-01-01-01',
      '-2024-01-01',
    ],
    ...['1999-01-08 04:05:06', '5874897-12-31', 'January  8 , 1999', 'Jan. 8, 1999', '(1999-01-08)', '1999_01_08', 'ñ'],
  ],
  timestamp: [
    '20240101T010203',
    '20240101 010203',
    '20240101T010203.5',
    '2024-06-30 23:59:60',
    ' 2024-06-30 23:59:59 ',
    '2024-06-30 24:00:00',
    '2024-06-30 25:00',
    ...['Jan 8, 1999 04:05 PM', 'January 8 04:05:06 1999', '8 January 1999 12:00 AM', '1999-01-08 040506', 'epoch'],
    ...['1999-01-08T04:05', '1999-01-08 T 04:05', '19990108 0405', '19990108T0405', 'J2451187.5', '04:05 1999-01-08'],
    ...[
      'Mon Feb 10 17:32:01 1997',
      'Feb 10 17:32:01 1997 BC',
      '1999-01-08 13:00 PM',
      '1999-01-08 04:05 04:05',
      '04:05',
    ],
    ...[
      '1999.008 04:05',
      '990108 040506',
      '1999-01-08 at 04:05',
      '1999-01-08 4',
      'x',
      '',
      '1999-01-08 04:05:06.1234567',
    ],
    ...[
      '12345678-01-01',
      '1/8/1999 04:05:60',
      '1/8/1999 04:05:61',
      '2024-02-30 00:00',
      'infinity 04:05',
      'epoch epoch',
    ],
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
    ...['04:05+05:30:10', '04:05-00', 'x', '', '04:05 PST', '04:05 EST', '2003-07-12 04:05:06 America/New_York'],
    ...[
      '2003-01-12 04:05:06 America/New_York',
      '04:05 America/New_York',
      '04:05 Foo',
      '2003-01-12 04:05 Foo/Bar',
      '25:00+01',
    ],
    ...[
      '04:05+16',
      '04:05-15:59:59',
      '04:05+05:60',
      '04:05 Zulu',
      '04:05:06.789 PM +0530',
      '04:05 UTC+3',
      '040506-08',
      '24:00:01+00',
    ],
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
  timestamptz: [
    ...['20240101T010203Z', '20240101T010203+05', '2024-06-30 23:59:60+00', '2024-01-01 00:00 Europe/Berlin'],
    ...['2024-07-01 00:00 Europe/Berlin', '2024-07-01 12:00 america/new_york', '2024-03-31 02:30 Europe/Berlin'],
    ...['2024-10-27 02:30 Europe/Berlin', '2024-10-27 01:59:59 Europe/Berlin', '2024-03-10 02:00 America/New_York'],
    ...['2024-11-03 01:30 America/New_York', '2024-03-31 03:00 Europe/Berlin', '1890-01-01 00:00 Europe/Berlin'],
    ...['Wed Dec 17 07:37:16 1997 PST', 'Wed, 17 Dec 1997 07:37:16 GMT'],
    ...['2024-01-01 00:00 EST', '2024-01-01 00:00 PST8PDT', '2024-07-01 00:00 EST5EDT', '2024-01-01 00:00 UTC+3'],
    ...['2024-01-01 00:00 CET', '2024-01-01 00:00 IST', '2024-01-01 00:00 Foo', '2024-01-01 00:00 Foo/Bar'],
    ...['2024-01-01 00:00 +5', '2024-01-01 00:00+0530', '2024-01-01 00:00 -07:30:15', '2024-01-01 00:00+16', 'epoch'],
    ...[
      '2024-01-01 00:00 UTC UTC',
      '2024-01-01 Europe/Berlin',
      '2024-01-01 00:00 Z',
      '2024-01-01T00:00 zulu',
      'allballs',
    ],
    ...['2024-01-01 allballs', '2024-01-01 04:05 PM CEST', '0044-03-15 12:00 Europe/Rome BC', '2024-01-01 00:00 Japan'],
    ...[
      'Europe/Berlin 2024-01-01 00:00',
      '00:00 Europe/Berlin 2024-01-01',
      '20240101 040506-08',
      '20240101T040506.5-08',
    ],
    ...['2024-01-01 00:00 America/Argentina/Buenos_Aires', '2024-01-01 00:00 Etc/GMT+5', '2024-01-01 00:00:00.5+01 BC'],
  ],
} as const;

/** Of ranges and money we send the text alone. */
function formatsOf(type: keyof typeof inputs): readonly Format[] {
  return /range$|^money$/.test(type) ? ['text'] : ['text', 'binary'];
}

function echoed(type: keyof typeof inputs, input: string): unknown {
  try {
    const value = decodeParameter(Buffer.from(input), 'text', typeOid[type], 1);
    const table = toArrow([{ name: 'x', type }], [[value]]);
    return formatsOf(type).map((format) => {
      const encoder = new RowEncoder(table.schema, [format], stringConversions);
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
  'name',
  'money',
  'int4range',
  'int8range',
  'numrange',
  'daterange',
  'tsrange',
  'tstzrange',
  'int4multirange',
  'nummultirange',
  'datemultirange',
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
    'error' in answer
      ? answer.error.sqlstate
      : formatsOf(type).map((format) => (format === 'text' ? answer.output : answer.binary.toString('hex'))),
  ]);
  expect(inputs[type].map((input) => [input, echoed(type, input)])).toEqual(answers);
});
