import { allTypes, buildData, type TypeCase } from '@riffq/all-types';
import { expect, test } from 'vitest';
import { outputSettings } from '../src/output-settings.js';
import { RowEncoder } from '../src/row-encoder.js';
import { readDataRows } from './data-rows.js';
import { oneColumn } from './encode-column.js';
import { askOracleAbout } from './oracle.js';

const sessions: readonly Readonly<Record<string, string>>[] = [
  { TimeZone: 'America/New_York' },
  { TimeZone: 'Asia/Kolkata', DateStyle: 'SQL, DMY' },
  { TimeZone: 'Europe/Berlin', DateStyle: 'Postgres, MDY', IntervalStyle: 'sql_standard' },
  { DateStyle: 'German, DMY', IntervalStyle: 'iso_8601', bytea_output: 'escape' },
  { IntervalStyle: 'postgres_verbose', extra_float_digits: '-2' },
];

const cases = sessions.flatMap((settings) =>
  allTypes
    .filter(({ values }) => values.length > 0)
    .map((typeCase): [string, string, typeof settings, TypeCase] => [
      String(typeCase.type),
      JSON.stringify(settings),
      settings,
      typeCase,
    ]),
);

test.each(cases)(
  '%s in a session of %s is what PostgreSQL prints, and the same in binary',
  async (_, __, settings, typeCase) => {
    const batch = oneColumn(
      buildData(
        typeCase.type,
        typeCase.values.map(([raw]) => raw),
      ),
      typeCase.metadata,
    );
    const written = (['text', 'binary'] as const).map((format) => {
      const encoder = new RowEncoder(batch.schema, [format], { settings: outputSettings((name) => settings[name]) });
      encoder.setBatch(batch);
      const target = Buffer.alloc(1 << 20);
      const rows = readDataRows(target.subarray(0, encoder.encode(target, 0, batch.numRows)));
      return rows.map(([field]) => field?.toString(format === 'text' ? 'utf8' : 'hex'));
    });
    const expected = await askOracleAbout(typeCase, settings);
    expect(written[0]).toEqual(expected.map(({ text }) => text));
    // Documents are text in binary too.
    if (typeCase.postgres.name !== 'json') expect(written[1]).toEqual(typeCase.values.map(([, , binary]) => binary));
  },
);
