import { Client } from 'pg';
import { expect, inject, test } from 'vitest';
import { encodingOfName } from '../src/encoding-name.js';

const numbered = (name: string, least: number, most: number): readonly string[] =>
  Array.from({ length: most - least + 1 }, (_, index) => `${name}${least + index}`);

const names = [
  ...['', ' ', 'utf8', "'utf-8'", 'Unicode', 'UTF-16', 'utf', 'SQL_ASCII', 'ascii', 'none', 'binary', 'é', 'LATIN-1'],
  ...['abc', 'alt', 'big5', 'johab', 'koi8', 'koi8-r', 'koi8u', 'mskanji', 'shift_jis', 'sjis', 'tcvn', 'tcvn5712'],
  ...['uhc', 'vscii', 'win', 'windows', 'iso-8859-1', 'iso8859'],
  ...[...numbered('iso8859', 0, 17), ...numbered('latin', 0, 11)],
  ...['win', 'windows'].flatMap((name) => [...numbered(name, 860, 960), ...numbered(name, 1240, 1260)]),
];

test('names of encodings are those that PostgreSQL knows', async () => {
  const client = new Client({ ...inject('oracle') });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; means: string | null }>(
      `SELECT name, CASE pg_char_to_encoding(name) WHEN -1 THEN NULL
         ELSE pg_encoding_to_char(pg_char_to_encoding(name)) END AS means
       FROM (SELECT unnest($1::text[]) UNION ALL
             SELECT pg_encoding_to_char(i) FROM generate_series(0, 60) i WHERE pg_encoding_to_char(i) <> '') AS n(name)`,
      [names],
    );
    const spoken = (means: string | null) =>
      means === null ? undefined : /^(UTF8|SQL_ASCII)$/.test(means) ? means : 'other';
    expect(rows.map(({ name }) => [name, encodingOfName(name)])).toEqual(
      rows.map(({ name, means }) => [name, spoken(means)]),
    );
  } finally {
    await client.end();
  }
});
