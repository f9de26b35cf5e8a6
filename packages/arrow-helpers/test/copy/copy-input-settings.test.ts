import { afterAll, beforeAll, expect, test } from 'vitest';
import { inputSettings } from '../../src/input-settings.js';
import { type Columns, copyIntoArrow, type PostgresType } from './copy-in.js';
import { CopyOracle } from './copy-oracle.js';

let oracle: CopyOracle;
beforeAll(async () => {
  oracle = await CopyOracle.open();
});
afterAll(() => oracle[Symbol.asyncDispose]());

const moments = ['timestamptz', 'timestamp', 'date'] as const;
const iso = [
  ...['2024-01-01 00:00', '2024-01-01 00:00:00', '2024-07-01 12:30:00.5', '2024-01-01', '0044-03-15 12:00 BC'],
  ...['2024-01-01 00:00:00+00', '2024-01-01 00:00:00Z', '2024-01-01 00:00-03:30', 'epoch', 'infinity'],
  // In Berlin, and in New York, one hour comes twice, one never.
  ...['2024-03-31 02:30:00', '2024-10-27 02:30:00', '2024-03-10 02:30:00', '2024-11-03 01:30:00', '2024-10-27 03:00'],
  ...['1893-04-01 00:03:00', '1880-01-01 00:00:00', '2100-07-01 00:00:00', '290000-07-01 00:00:00', '20240701T000000'],
];
const ordered = [
  ...[
    '01/02/2024',
    '1/2/24',
    '13/02/2024',
    '02/13/2024',
    '24/02/01',
    '2024/02/01',
    '01-02-2024',
    '01.02.2024',
    '1.2.69',
  ],
  ...[
    '01/02/70',
    '31/04/2024',
    '01/02/2024 03:04:05',
    '01-02-2024 03:04',
    '01.02.2024 03:04:05.25',
    '1/2/2024 3:04 PM',
  ],
  ...[
    '01/02/2024 12:30 AM',
    '01/02/2024 13:30 PM',
    '01/02',
    '01/02/',
    '1/2/3/4',
    '01/02/2024 BC',
    '00/02/2024',
    '01/02-2024',
  ],
];
const named = [
  ...['Jan 8, 1999', 'January 8 1999', '8 Jan 1999', '08-Jan-1999', 'Jan-08-1999', '1999-Jan-08', '08-Jan-99', 'Jan 8'],
  ...[
    'Mon Jan 08 04:05:06.5 1999',
    'Fri 08 Jan 04:05:06 1999',
    'Fri Jan 08 04:05:06 1999 BC',
    'Foo 8, 1999',
    'Sept 8 1999',
  ],
  ...['Jan 1999 8', '8 Jan Feb 1999', 'Mon', '12:30', 'Jan 32, 1999', '1999 January 8', '1999-Jan'],
];
const zoned = [
  ...['2024-01-01 00:00 CET', '2024-07-01 00:00:00 CEST', '2024-01-01 00:00 CEST', '2024-07-01 12:00 Europe/Berlin'],
  ...[
    '2024-07-01 12:00 America/New_York',
    '2024-07-01 12:00 Nowhere/Land',
    '2024-07-01 12:00 XYZ',
    '07/04/2024 12:00 UTC',
  ],
  ...[
    '04.07.2024 12:00 CEST',
    'Mon Jul 01 12:00:00 2024 CEST',
    'Mon Jul 01 12:00:00 0044 CEST BC',
    '07/04/2024 12:00+02',
  ],
  ...['2024-07-01 12:00 pm CEST', '07/04/2024 12:00 -03:30', '07/04/2024 12:00 -99', '2024-07-01 Europe/Berlin'],
];
const intervals = [
  ...[
    '-1 2:03:04',
    '-1-2 3 4:05:06',
    '-1-2 -3 4:05:06',
    '-1-2 +3 -4:05:06',
    '1-2 3 4:05:06',
    '-1 day 2 hours',
    '-2:03:04',
  ],
  ...[
    '-1 day -2 hours',
    '-1-2',
    ' -1 year 2 mons 3 days',
    '-infinity',
    'P-1Y2M',
    '-1 day 2 hours ago',
    '-0.5 days 1 hour',
    '+1 -2:00',
  ],
];

const cases: readonly (readonly [settings: Readonly<Record<string, string>>, PostgresType, readonly string[]])[] = [
  ...['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'UTC', '<+05>-05', 'CET-1CEST,M3.5.0,M10.5.0/3'].flatMap(
    (TimeZone) => moments.map((type) => [{ TimeZone }, type, iso] as const),
  ),
  ...['ISO, MDY', 'ISO, DMY', 'ISO, YMD', 'German, DMY', 'SQL, DMY'].flatMap((DateStyle) =>
    moments.map((type) => [{ DateStyle, TimeZone: 'Europe/Berlin' }, type, [...ordered, ...named]] as const),
  ),
  ...moments.map((type) => [{ TimeZone: 'Europe/Berlin' }, type, zoned] as const),
  ...['postgres', 'postgres_verbose', 'sql_standard', 'iso_8601'].map(
    (IntervalStyle) => [{ IntervalStyle }, 'interval', intervals] as const,
  ),
];

test.each(cases.map(([settings, type, texts]) => [type, JSON.stringify(settings), settings, texts] as const))(
  '%s is read under %s as PostgreSQL does',
  async (type, _, settings, texts) => {
    const columns: Columns = { a: type };
    const lines = texts.map((text) => Buffer.from(`\\N\n${text}\n`));
    const read = inputSettings((name) => settings[name]);
    const theirs: unknown[] = [];
    for (const [index, text] of texts.entries()) {
      const set = Object.entries(settings).map(([name, value]) => `SET ${name} = '${value}'`);
      await oracle.run(`RESET ALL; ${set.join('; ')}; DROP TABLE IF EXISTS t; CREATE TEMPORARY TABLE t (a ${type})`);
      const { error } = await oracle.run('COPY t FROM STDIN', [lines[index]!]);
      await oracle.run("SET DateStyle = 'ISO'; SET TimeZone = 'UTC'; SET IntervalStyle = 'postgres'");
      const { data } = await oracle.run('COPY t TO STDOUT');
      theirs.push([text, error && [error.sqlstate, error.message, error.where], data.map(String)]);
    }
    const ours = texts.map((text, index) => {
      const { rows, error } = copyIntoArrow(columns, [], [lines[index]!], undefined, read);
      return [text, error && [error.sqlstate, error.message, error.where], rows];
    });
    expect(ours).toEqual(theirs);
  },
);
