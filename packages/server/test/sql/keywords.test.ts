import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { isReserved, needsQuotes } from '../../src/sql/keywords.js';

test('keywords are those of PostgreSQL', async () => {
  const { host, port, user, password, database } = inject('oracle');
  const client = new pg.Client({ host, port, user, password, database });
  await client.connect();
  const { rows } = await client.query<{ word: string; catcode: string; quoted: boolean }>(
    'SELECT word, catcode, quote_ident(word) <> word AS quoted FROM pg_get_keywords()',
  );
  await client.end();
  expect(rows.filter(({ word }) => isReserved(word.toUpperCase()))).toEqual(
    rows.filter(({ catcode }) => catcode === 'R'),
  );
  expect(rows.filter(({ word }) => needsQuotes(word))).toEqual(rows.filter(({ quoted }) => quoted));
});
