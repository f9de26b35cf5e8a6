import { defaultTextSettings } from '@riffq/arrow-helpers';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { ParameterOracle } from './parameter-oracle.js';
import { readParameter } from './read-parameter.js';

const dates = fc.constantFrom(
  ...['2024-02-29', '2023-02-29', '24-02-29', '2/3/24', '3.2.2024', '2024.060', '20240229', '240229', '990108'],
  ...['Feb 29 2024', '29-Feb-2024', 'feb-29-24', '2024-Feb-29', '29-Feb-2024Z', '2024Jan01', '2024-Jan-', 'Jan1-2024'],
  ...['1-Jan 2024', 'jan-1x-2024', '2024-02-29x', 'J2451187', 'j2451187.5', '2024-13-01', '2024-00-10', '0000-01-01'],
  ...[
    '10000-01-01',
    '294276-12-31',
    '294277-01-01',
    '5874897-12-31',
    '5874898-01-01',
    '4714-11-24 BC',
    '0044-03-15 BC',
  ],
  ...['1-2-3', '2024', '2024/1/2', '12.31.1999', 'epoch', 'infinity', '-infinity', 'y2024m02d03', '2024-02', '99-1-1'],
);
const times = fc.constantFrom(
  ...[
    '04:05',
    '04:05:06',
    '04:05:06.789',
    '04:05:60',
    '24:00',
    '24:00:01',
    '25:00',
    '04:60',
    '040506',
    '0405',
    'T040506',
  ],
  ...['t04:05', '04:05:06.7899999', '23:59:59.9999999', '12:00', '00:00', '1:2:3', '04:05 pm', '13:00 pm', '12:30 am'],
  ...['4pm', 'allballs', 'noon', '04.05', '040506.789', '20240229T040506', '04:05:06,789', '256070'],
);
const zones = fc.constantFrom(
  ...[
    'Z',
    'z',
    'UTC',
    '+00',
    '+01',
    '-08',
    '+05:30',
    '+0530',
    '+05:30:15',
    '-15:59',
    '+16',
    '+15:59:59',
    'PST',
    'pdt',
    'CET',
  ],
  ...[
    'CEST',
    'Europe/Berlin',
    'America/New_York',
    'EST5EDT',
    'UTC+3',
    '<+03>-3',
    'Nowhere/Zone',
    'Japan',
    'GMT+0',
    '+1',
  ],
  ...['+1:2', 'zulu', 'IST', 'MSK', 'WET', 'WEST', 'dst', 'PST DST', 'Etc/GMT-14', '+13:75'],
);
const words = fc.constantFrom(
  ...[
    'BC',
    'AD',
    'on',
    'at',
    'Mon',
    'tuesday',
    'of',
    'foo',
    'am',
    'pm',
    'T',
    'J',
    'y',
    'm',
    'd',
    '1',
    '12',
    '-',
    '/',
    '.',
  ],
);
const space = fc.constantFrom(' ', ' ', ' ', 'T', '', '  ', ',');
const some = (part: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constant(''),
    fc.tuple(space, part).map((parts) => parts.join('')),
  );
const dateTime = fc.tuple(dates, some(times), some(zones)).map((parts) => parts.join(''));
const texts = fc.oneof(
  dateTime,
  dateTime,
  fc.tuple(times, some(zones)).map((parts) => parts.join('')),
  fc.tuple(dateTime, words).map((parts) => parts.join(' ')),
  fc.tuple(words, space, dateTime).map((parts) => parts.join('')),
  fc.tuple(times, dates, some(zones)).map(([time, date, zone]) => `${time} ${date}${zone}`),
);

test.each([
  ['MDY', 'UTC'],
  ['DMY', 'Europe/Berlin'],
  ['YMD', 'America/New_York'],
] as const)('odd dates and times are read as PostgreSQL reads them in %s, %s', async (dateOrder, timeZone) => {
  await using oracle = await ParameterOracle.connect({ DateStyle: `ISO, ${dateOrder}`, TimeZone: timeZone });
  await using inUtc = await ParameterOracle.connect({ DateStyle: `ISO, ${dateOrder}` });
  const settings = { ...defaultTextSettings, dateOrder, timeZone };
  for (const type of ['date', 'time', 'timetz', 'timestamp', 'timestamptz']) {
    for (const text of fc.sample(texts, { seed: 11, numRuns: 120 })) {
      const theirs = await oracle.bind(type, text);
      const ours = readParameter(type, text, settings);
      const context = [type, text, ours];
      if (typeof theirs !== 'string') expect(context).toEqual([type, text, { error: theirs }]);
      // Ours is in UTC, theirs in the session's zone.
      else if (type === 'timestamptz') expect([...context, await inUtc.bind(type, theirs)]).toEqual([...context, ours]);
      else expect(context).toEqual([type, text, theirs]);
    }
  }
});
