import { expect, test } from 'vitest';
import { freeName } from '../src/index.js';
import { askOracle } from './oracle.js';

test('columns of an index that has one of them again are named as PostgreSQL names them', async () => {
  const names = ['id', `${'n'.repeat(62)}`, `${'ä'.repeat(31)}`];
  for (const name of names) {
    const rows = await askOracle(`
      BEGIN; CREATE TEMP TABLE repeated ("${name}" int);
      CREATE INDEX repeated_idx ON repeated (${Array(12).fill(`"${name}"`).join()});
      SELECT attname FROM pg_attribute WHERE attrelid = 'repeated_idx'::regclass ORDER BY attnum`);
    const ours = new Set<string>();
    for (const _ of rows) ours.add(freeName(name, (taken) => ours.has(taken)));
    expect([...ours]).toEqual(rows.map(({ attname }) => attname));
  }
});
