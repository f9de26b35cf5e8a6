import { expect, test } from 'vitest';
import { inputSettings } from '../src/input-settings.js';
import { formerAbbreviations } from '../src/text-values/former-abbreviations.js';
import { copyIntoArrow } from './copy/copy-in.js';
import { CopyOracle } from './copy/copy-oracle.js';

const meanings = Object.entries(formerAbbreviations).flatMap(([abbreviation, used]) =>
  used.map(([, zones]) => [abbreviation, zones.split(' ')] as const),
);

test('what PostgreSQL prints with an abbreviation that a zone no longer uses is read as the same moment', async () => {
  await using oracle = await CopyOracle.open();
  for (const [abbreviation, [zone = '']] of meanings) {
    const values: Readonly<Record<string, string>> = {
      TimeZone: zone,
      DateStyle: 'SQL, DMY',
      IntervalStyle: 'postgres',
    };
    await oracle.run(`SET TimeZone='${zone}'; SET DateStyle='${values.DateStyle}'`);
    const { data } = await oracle.run(
      `COPY (SELECT t::text, to_char(t AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') || '+00'
         FROM generate_series('1880-01-01'::timestamptz, '2020-01-01', '5 days') t
         WHERE to_char(t, 'TZ') = '${abbreviation}') TO STDOUT`,
    );
    const printed = data.map((line) => String(line).trimEnd().split('\t'));
    expect(printed.length, `${abbreviation} in ${zone}`).toBeGreaterThan(0);
    const texts = [Buffer.from(printed.map(([text]) => `${text}\n`).join(''))];
    const read = copyIntoArrow(
      { t: 'timestamptz' },
      [],
      texts,
      undefined,
      inputSettings((name) => values[name]),
    );
    const moments = printed.map(([, moment]) => `${moment}\n`);
    expect(read, `${abbreviation} in ${zone}`).toEqual({ rows: moments, error: undefined });
  }
});
