import { defaultTextSettings } from '@riffq/arrow-helpers';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { readParameter } from './read-parameter.js';

/** Before and after the clocks of Russia were moved, in its and other countries' summers, and when some had another time. */
const days = ['1960-01-01', '1995-07-01', '2012-07-01', '2024-01-01', '2024-07-01'];

/** Zones for whose clocks ICU and the IANA database have different names. */
const zones = [
  ...['Africa/Casablanca', 'America/Adak', 'America/Havana', 'America/Hermosillo', 'Asia/Shanghai', 'Asia/Taipei'],
  ...['Asia/Jakarta', 'Asia/Jerusalem', 'Asia/Karachi', 'Asia/Makassar', 'Asia/Manila', 'Asia/Seoul', 'Asia/Colombo'],
  ...['Europe/Dublin', 'Europe/Moscow', 'Europe/Jersey', 'Europe/Lisbon', 'Pacific/Guam', 'Pacific/Pago_Pago'],
];

async function connect(): Promise<pg.Client> {
  const client = new pg.Client(inject('oracle'));
  await client.connect();
  await client.query("set DateStyle to ISO; set TimeZone to 'UTC'");
  return client;
}

test('every abbreviation that PostgreSQL knows means what it means there, at any time', async () => {
  const client = await connect();
  const { rows } = await client.query({
    text: `select text, text::timestamptz::text as moment
      from pg_timezone_abbrevs_abbrevs(), unnest($1::text[]) as day, lateral (select day || ' 12:00 ' || abbrev as text)
      order by text`,
    values: [days],
  });
  await client.end();
  expect(rows.length).toBeGreaterThan(500);
  expect(rows.map(({ text }) => [text, readParameter('timestamptz', text)])).toEqual(
    rows.map(({ text, moment }) => [text, moment]),
  );
});

test.each(zones)('what the clocks of %s are called today is read in a session there', async (zone) => {
  const client = await connect();
  await client.query('select set_config($1, $2, false)', ['TimeZone', zone]);
  const { rows } = await client.query("select to_char(day::timestamptz, 'TZ') as name from unnest($1::text[]) as day", [
    ['2024-01-01', '2024-07-01'],
  ]);
  const words = [...rows.map(({ name }) => name).filter((name) => /^[a-z]/i.test(name)), 'WEST', 'IST', 'CET', 'nope'];
  const settings = { ...defaultTextSettings, timeZone: zone };
  for (const text of words.map((word) => `2024-07-01 12:00 ${word}`)) {
    const theirs = await client.query("select ($1::timestamptz at time zone 'UTC')::text || '+00' as utc", [text]).then(
      ({ rows: [row] }) => row?.utc,
      ({ code }) => code,
    );
    const ours = readParameter('timestamptz', text, settings);
    expect([text, typeof ours === 'object' && ours !== null && 'error' in ours ? ours.error.sqlstate : ours]).toEqual([
      text,
      theirs,
    ]);
  }
  await client.end();
});
